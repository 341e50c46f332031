import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { FromEngine } from '../contract/host.ts';
import type { EngineSupervisor } from '../native-model/process/engine-supervisor.ts';
import { refuseUpgrade } from './answers.ts';

/** Close codes of the sockets, from the range for applications. */
export const CLOSE_CODES = { engineEnded: 4001 } as const;

/** How long a window waits for an engine that starts. */
const START_MILLISECONDS = 20_000;
/** What a window may leave unread before it is cut off. */
const MOST_UNREAD_BYTES = 1024 ** 3;
/** More windows than anybody looks at. */
const MOST_WINDOWS = 32;
/** Calls are small; files come by upload. */
const MOST_MESSAGE_BYTES = 16 * 1024 ** 2;

/** One pipe to the engine for each window's WebSocket: text is a string, binary is bytes. */
export class EngineSockets {
  readonly #supervisor: EngineSupervisor;
  readonly #pipes = new Map<number, WebSocket>();
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MOST_MESSAGE_BYTES,
  });
  #lastPipe = 0;
  /** Open sockets, and connections that wait to become one. */
  #windows = 0;

  constructor(supervisor: EngineSupervisor) {
    this.#supervisor = supervisor;
    supervisor.onMessage((message) => this.#deliver(message));
    supervisor.onExit(() => this.#closeAll(CLOSE_CODES.engineEnded, 'the engine ended'));
  }

  /** Makes a WebSocket of an admitted connection, once there is an engine to talk to. */
  async attach(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (this.#windows >= MOST_WINDOWS) {
      refuseUpgrade(socket, { status: 503, message: 'too many windows are open; close some of them' });
      return;
    }
    this.#windows++;
    socket.once('close', () => this.#windows--);
    const onError = () => socket.destroy();
    socket.on('error', onError);
    try {
      await this.#supervisor.whenReady(START_MILLISECONDS);
    } catch (error) {
      refuseUpgrade(socket, { status: 503, message: (error as Error).message });
      return;
    }
    socket.off('error', onError);
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#open(webSocket));
  }

  dispose(): void {
    this.#closeAll(1001, 'PoseMend is closing');
    this.#server.close();
  }

  #open(socket: WebSocket): void {
    const pipe = ++this.#lastPipe;
    if (!this.#supervisor.send({ kind: 'connect', pipe })) {
      socket.close(CLOSE_CODES.engineEnded, 'the engine ended');
      return;
    }
    this.#pipes.set(pipe, socket);
    socket.on('message', (data, isBinary) => {
      // After the engine's end a socket's last messages have nobody to reach.
      if (this.#pipes.has(pipe))
        this.#supervisor.send({ kind: 'data', pipe, data: received(data, isBinary) });
    });
    // A close follows each error.
    socket.on('error', () => {});
    socket.on('close', () => {
      if (this.#pipes.delete(pipe)) this.#supervisor.send({ kind: 'disconnect', pipe });
    });
  }

  #deliver(message: FromEngine): void {
    if (message.kind !== 'data') return;
    const socket = this.#pipes.get(message.pipe);
    if (socket === undefined) return;
    if (socket.bufferedAmount + message.data.length > MOST_UNREAD_BYTES) socket.terminate();
    else socket.send(message.data);
  }

  #closeAll(code: number, reason: string): void {
    const sockets = [...this.#pipes.values()];
    this.#pipes.clear();
    for (const socket of sockets) socket.close(code, reason);
  }
}

/** With `noServer` and default options binary messages are single buffers, views of the socket's own memory. */
function received(data: RawData, isBinary: boolean): string | Uint8Array {
  const buffer = data as Buffer;
  if (!isBinary) return buffer.toString('utf8');
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
