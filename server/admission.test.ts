import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { ask, openSocket, ownHeaders, startTestServer, type TestServer } from '../test/test-server.ts';
import { RequestGuard } from './request-guard.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const FOREIGN = 'http://evil.example';

test('the address carries the token where no log and no Referer gets it', () => {
  const url = new URL(server.url);
  expect(url.hash).toBe(`#token=${server.token}`);
  expect(url.href.replace(url.hash, '')).toBe(`http://127.0.0.1:${server.port}/`);
  expect(Buffer.from(server.token, 'base64url').length).toBe(32);
});

test('a name that leads to this machine by DNS is refused, page and call alike', async () => {
  for (const path of ['/', '/api/files']) {
    const headers = { ...ownHeaders(server), host: `evil.example:${server.port}` };
    expect(await ask(server, path, { headers })).toMatchObject({ status: 421 });
  }
  const wrongPort = { ...ownHeaders(server), host: '127.0.0.1:1' };
  expect((await ask(server, '/', { headers: wrongPort })).status).toBe(421);
  const byName = { host: `localhost:${server.port}`, authorization: `Bearer ${server.token}` };
  expect((await ask(server, '/api/files', { headers: byName })).status).toBe(200);
});

test('a call needs the token, the whole token and nothing but the token', async () => {
  const { token } = server;
  const wrong = [undefined, '', token, `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `bearer${token}`];
  for (const authorization of wrong) {
    const headers = authorization === undefined ? {} : { authorization };
    const { status, body } = await ask(server, '/api/files', { headers });
    expect({ status, authorization }).toEqual({ status: 401, authorization });
    expect(JSON.parse(body).message).toContain('open the address');
  }
  expect((await ask(server, '/api/files', { headers: ownHeaders(server) })).status).toBe(200);
});

test('a page of another site cannot call, even with the token', async () => {
  for (const headers of [
    { ...ownHeaders(server), origin: FOREIGN },
    { ...ownHeaders(server), origin: 'null' },
    // Another port of this machine is another site.
    { ...ownHeaders(server), origin: `http://127.0.0.1:${server.port + 1}` },
    { ...ownHeaders(server), origin: `https://127.0.0.1:${server.port}` },
    { authorization: `Bearer ${server.token}`, 'sec-fetch-site': 'cross-site' },
  ]) {
    expect((await ask(server, '/api/files', { headers })).status).toBe(403);
  }
  const headers = { authorization: `Bearer ${server.token}` };
  expect((await ask(server, '/api/files?name=a.bvh', { method: 'PUT', headers, body: 'x' })).status).toBe(
    403,
  );
});

test('a ticket gets the token once, within a minute, and only where our page asks', async () => {
  const origin = `http://127.0.0.1:${server.port}`;
  const redeem = (ticket: string, from = origin) =>
    ask(server, '/api/token', {
      method: 'POST',
      headers: { authorization: `Ticket ${ticket}`, origin: from },
    });
  const url = new URL(server.ticketUrl());
  expect(url.href).not.toContain(server.token);
  const ticket = url.hash.replace('#ticket=', '');
  expect((await redeem(ticket, FOREIGN)).status).toBe(403);
  expect((await redeem('')).status).toBe(401);
  expect((await redeem(`${ticket}x`)).status).toBe(401);
  expect(JSON.parse((await redeem(ticket)).body)).toEqual({ token: server.token });
  const again = await redeem(ticket);
  expect(again.status).toBe(401);
  expect(again.body).not.toContain(server.token);
  // It opens nothing by itself, and the token is no ticket.
  expect((await ask(server, '/api/files', { headers: { authorization: `Ticket ${ticket}` } })).status).toBe(
    401,
  );
  expect((await redeem(server.token)).status).toBe(401);
});

test('a ticket is void once another was made, or a minute has passed', () => {
  const guard = new RequestGuard(8717);
  const redeem = (ticket: string) => {
    const headers = {
      host: 'localhost:8717',
      origin: 'http://localhost:8717',
      authorization: `Ticket ${ticket}`,
    };
    return guard.refuseTicket({ method: 'POST', headers } as IncomingMessage)?.status ?? 'admitted';
  };
  vi.useFakeTimers();
  const [first, second] = [guard.makeTicket(), guard.makeTicket()];
  expect(redeem(first)).toBe(401);
  vi.advanceTimersByTime(60_001);
  expect(redeem(second)).toBe(401);
  expect(redeem(guard.makeTicket())).toBe('admitted');
  vi.useRealTimers();
});

test('a socket needs the token, the origin and the host', async () => {
  const origin = `http://127.0.0.1:${server.port}`;
  await expect(openSocket(server, { token: 'wrong' })).rejects.toThrow('401');
  await expect(openSocket(server, { headers: { origin: FOREIGN } })).rejects.toThrow('403');
  await expect(openSocket(server, { headers: {} as never })).rejects.toThrow('403');
  const rebound = { origin, host: `evil.example:${server.port}` };
  await expect(openSocket(server, { headers: rebound })).rejects.toThrow('421');
  const socket = await openSocket(server);
  expect(socket.protocol).toBe(`posemend.${server.token}`);
  socket.close();
});

test('the engine can be killed in a test run only', async () => {
  const kill = () => ask(server, '/api/test/kill-engine', { method: 'POST', headers: ownHeaders(server) });
  expect((await kill()).status).toBe(404);
  process.env.POSEMEND_TEST = '1';
  try {
    expect((await kill()).status).toBe(200);
  } finally {
    delete process.env.POSEMEND_TEST;
  }
});

test('what is no call is told so, also by names that every object has', async () => {
  for (const path of ['/api/', '/api/nothing', '/api/constructor']) {
    expect((await ask(server, path, { headers: ownHeaders(server) })).status).toBe(404);
  }
});
