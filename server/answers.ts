import { type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Refusal } from './request-guard.ts';

export function answerJson(response: ServerResponse, value: unknown, status = 200): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  });
  response.end(body);
}

/** A failure as `{ message }`. What the client still sends is read and dropped, so that it gets the answer. */
export function answerRefusal(response: ServerResponse, { status, message }: Refusal): void {
  response.req.resume();
  answerJson(response, { message }, status);
}

/** Refuses to make a WebSocket of a connection. */
export function refuseUpgrade(socket: Duplex, { status, message }: Refusal): void {
  const body = `${message}\n`;
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: text/plain; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
      '',
      body,
    ].join('\r\n'),
    () => socket.destroy(),
  );
}
