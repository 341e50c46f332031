import { existsSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WebSocket } from 'ws';
import {
  ask,
  exchange,
  openSocket,
  ownHeaders,
  startTestServer,
  type TestServer,
} from '../test/test-server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(() => server.close());

const closed = (socket: WebSocket) =>
  new Promise<number>((resolve) => socket.once('close', (code) => resolve(code)));

test('text comes back as text and bytes as the same bytes', async () => {
  const socket = await openSocket(server);
  expect(await exchange(socket, 'größer')).toBe('größer');
  const bytes = new Uint8Array(15 * 1024 ** 2).map((_, index) => (index * 31) % 251);
  const back = (await exchange(socket, bytes)) as Uint8Array;
  expect(Buffer.compare(back, bytes)).toBe(0);
  const many = (await exchange(socket, `many ${64 * 1024 ** 2}`)) as Uint8Array;
  expect(many.length).toBe(64 * 1024 ** 2);
});

test('windows do not hear each other, and a closed one is taken leave of', async () => {
  const [first, second] = [await openSocket(server), await openSocket(server)];
  const [one, two] = await Promise.all([exchange(first, 'one'), exchange(second, 'two')]);
  expect([one, two]).toEqual(['one', 'two']);
  expect(await exchange(first, 'pipes')).toBe('2');
  second.close();
  await closed(second);
  await vi.waitFor(async () => expect(await exchange(first, 'pipes')).toBe('1'));
});

test('a message larger than any call ends its window and no other', async () => {
  const [first, second] = [await openSocket(server), await openSocket(server)];
  const told = closed(first);
  first.send(new Uint8Array(17 * 1024 ** 2));
  expect(await told).toBe(1009);
  expect(await exchange(second, 'still here')).toBe('still here');
});

test('windows beyond all use are refused until one is closed', async () => {
  const sockets: WebSocket[] = [];
  for (let count = 0; count < 32; count++) sockets.push(await openSocket(server));
  await expect(openSocket(server)).rejects.toThrow('503');
  sockets[0].close();
  await closed(sockets[0]);
  await vi.waitFor(async () => sockets.push(await openSocket(server)));
});

test('when the engine dies every window is told, and a new one finds the next engine', async () => {
  const [first, second] = [await openSocket(server), await openSocket(server)];
  const told = Promise.all([closed(first), closed(second)]);
  first.send('die');
  expect(await told).toEqual([4001, 4001]);
  const next = await openSocket(server);
  expect(await exchange(next, 'pipes')).toBe('1');
});

test('where no engine can be started a window is refused and can ask why', async () => {
  await server.close();
  server = await startTestServer({
    spawnEngine: () => {
      throw new Error('no such program');
    },
  });
  await expect(openSocket(server)).rejects.toThrow('503');
  const { body } = await ask(server, '/api/engine', { headers: ownHeaders(server) });
  expect(JSON.parse(body)).toEqual({ isReady: false, problem: expect.stringContaining('no such program') });
});

test('closing ends the sockets, frees the port and removes the workspace', async () => {
  const socket = await openSocket(server);
  expect(existsSync(server.workspace)).toBe(true);
  const told = closed(socket);
  await server.close();
  expect(await told).toBe(1001);
  expect(existsSync(server.workspace)).toBe(false);
  await expect(ask(server, '/')).rejects.toThrow('ECONNREFUSED');
});
