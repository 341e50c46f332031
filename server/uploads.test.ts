import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { FileGrants } from '../native-model/process/file-grants.ts';
import { temporaryFolder } from '../test/run-command.ts';
import {
  ask,
  exchange,
  openSocket,
  ownHeaders,
  startTestServer,
  type TestServer,
} from '../test/test-server.ts';
import { answerUpload } from './uploads.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ files: ['/takes/given walk.bvh'] });
});
afterAll(() => server.close());

const left = () => readdirSync(join(server.workspace, 'files'));

async function grantedPaths(): Promise<string[]> {
  const socket = await openSocket(server);
  const paths = JSON.parse(String(await exchange(socket, 'grants')));
  socket.close();
  return paths;
}

test('an uploaded file is granted to the engine under its name, and the window never sees its path', async () => {
  const headers = ownHeaders(server);
  const name = encodeURIComponent('../läuft schnell.bvh');
  const found = await ask(server, `/api/files?name=${name}`, { method: 'PUT', headers, body: 'HIERARCHY' });
  expect(found.status).toBe(201);
  const file = JSON.parse(found.body);
  expect(file).toEqual({ token: expect.any(String), name: 'läuft schnell.bvh', folder: '' });
  const path = (await grantedPaths()).at(-1)!;
  expect(basename(path)).toBe('läuft schnell.bvh');
  // Beside no other file.
  expect(dirname(dirname(path))).toBe(join(server.workspace, 'files'));
  expect(readFileSync(path, 'utf8')).toBe('HIERARCHY');
});

test('two files of one name do not meet', async () => {
  const headers = ownHeaders(server);
  const put = (body: string) => ask(server, '/api/files?name=a.npy', { method: 'PUT', headers, body });
  const [first, second] = [await put('1'), await put('2')].map(({ body }) => JSON.parse(body));
  expect(first.token).not.toBe(second.token);
  const contents = (await grantedPaths()).slice(-2).map((path) => readFileSync(path, 'utf8'));
  expect(contents).toEqual(['1', '2']);
});

test('an upload that breaks off leaves nothing', async () => {
  const before = left();
  await new Promise<void>((resolve) => {
    const headers = { ...ownHeaders(server), 'content-length': '1000000' };
    const path = '/api/files?name=b.bvh';
    const sending = request({ host: '127.0.0.1', port: server.port, path, method: 'PUT', headers });
    sending.on('error', () => resolve());
    sending.write('x'.repeat(1000));
    vi.waitFor(() => expect(left().length).toBe(before.length + 1)).then(() => sending.destroy());
  });
  await vi.waitFor(() => expect(left()).toEqual(before));
});

test('where the temporary folder is gone the sender is told, and the server stays', async () => {
  const own = await startTestServer();
  rmSync(own.workspace, { recursive: true });
  const headers = ownHeaders(own);
  const found = await ask(own, '/api/files?name=a.bvh', { method: 'PUT', headers, body: 'x' });
  expect(found.status).toBe(500);
  expect(JSON.parse(found.body).message).toContain('a.bvh: the temporary folder of this run is gone');
  expect((await ask(own, '/api/files', { headers })).status).toBe(200);
  await own.close();
});

test('a file said to be too large is refused before it is written', async () => {
  const before = left();
  const answer = await new Promise<{ status: number | undefined; body: string }>((resolve) => {
    const headers = { ...ownHeaders(server), 'content-length': String(3 * 1024 ** 3) };
    const path = '/api/files?name=huge.npy';
    const sending = request({ host: '127.0.0.1', port: server.port, path, method: 'PUT', headers });
    sending.on('error', () => {});
    sending.on('response', (response) => {
      response.on('data', (part) => {
        resolve({ status: response.statusCode, body: String(part) });
        sending.destroy();
      });
    });
    sending.flushHeaders();
  });
  expect(answer.status).toBe(413);
  expect(answer.body).toContain('huge.npy: files above 2 GB');
  expect(left()).toEqual(before);
});

test('a file that turns out too large is refused on the way and leaves nothing', async () => {
  const { path: folder, remove } = temporaryFolder();
  const granted: string[] = [];
  const grants = new FileGrants((_token, path) => granted.push(path));
  const http = createServer((asked, response) => answerUpload(folder, grants, asked, response, 100_000));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const send = (bytes: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'transfer-encoding': 'chunked' };
      const sending = request({ host: '127.0.0.1', port, path: '/?name=c.npy', method: 'PUT', headers });
      sending.on('response', (response) => resolve(response.resume().statusCode));
      sending.on('error', reject);
      sending.end(Buffer.alloc(bytes));
    });
  expect(await send(100_001)).toBe(413);
  expect({ granted, left: readdirSync(folder) }).toEqual({ granted: [], left: [] });
  expect(await send(100_000)).toBe(201);
  expect(granted.length).toBe(1);
  http.close();
  remove();
});

test('files of the command line are known by token, name and folder, without their path', async () => {
  const { body } = await ask(server, '/api/files', { headers: ownHeaders(server) });
  expect(JSON.parse(body)).toEqual([
    {
      token: expect.any(String),
      name: 'given walk.bvh',
      folder: expect.stringMatching(/^takes \([0-9a-f]{6}\)$/),
    },
  ]);
  expect(await grantedPaths()).toContain('/takes/given walk.bvh');
});

test('the sample is one file, however often it is asked for', async () => {
  const headers = ownHeaders(server);
  const tokens = [
    await ask(server, '/api/sample', { headers }),
    await ask(server, '/api/sample', { headers }),
  ];
  expect(new Set(tokens.map(({ body }) => JSON.parse(body).token)).size).toBe(1);
});
