import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { EngineChild } from '../native-model/process/engine-supervisor.ts';
import { forkEngine } from '../native-model/process/fork-engine.ts';
import { type RunningServer, startServer } from '../server/start-server.ts';
import { temporaryFolder } from './run-command.ts';

/**
 * Stands for the engine: gives each message back through its pipe, except `grants` (the granted paths as JSON),
 * `pipes` (the open ones), `many N` (N bytes of 7) and `die`.
 */
const ECHO_ENGINE = `
const grants = [];
const pipes = new Set();
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  const { kind, pipe, data } = message;
  const reply = (data) => process.send({ kind: 'data', pipe, data });
  if (kind === 'grant') grants.push(message.path);
  if (kind === 'connect') pipes.add(pipe);
  if (kind === 'disconnect') pipes.delete(pipe);
  if (kind !== 'data') return;
  if (data === 'die') process.kill(process.pid, 'SIGKILL');
  else if (data === 'grants') reply(JSON.stringify(grants));
  else if (data === 'pipes') reply(String(pipes.size));
  else if (typeof data === 'string' && data.startsWith('many ')) reply(new Uint8Array(Number(data.slice(5))).fill(7));
  else reply(data);
});
process.send({ kind: 'ready' });
`;

export interface TestServer extends RunningServer {
  /** For the files of a test; its `page` is what is served. */
  readonly folder: string;
  readonly token: string;
  /** Where uploads and the engine's files go. */
  readonly workspace: string;
}

export interface TestServerOptions {
  readonly files?: readonly string[];
  /** Takes the engine's place. */
  readonly spawnEngine?: (workspace: string) => EngineChild;
}

/** Serves a folder of one page, with the echo engine behind it; `close` removes everything. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const { path: folder, remove } = temporaryFolder();
  const renderer = join(folder, 'page');
  mkdirSync(join(renderer, 'assets'), { recursive: true });
  writeFileSync(join(renderer, 'index.html'), '<!doctype html><title>PoseMend</title>');
  writeFileSync(join(renderer, 'assets', 'index-Bx1c_9Zq.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'not to be served');
  const engine = join(folder, 'echo-engine.mjs');
  writeFileSync(engine, ECHO_ENGINE);
  const spawn = options.spawnEngine ?? ((place: string) => forkEngine(place, engine));
  let workspace = '';
  const server = await startServer({
    port: 0,
    files: options.files ?? [],
    renderer,
    spawnEngine: (place) => {
      workspace = place;
      return spawn(place);
    },
  });
  return {
    ...server,
    folder,
    workspace,
    token: new URLSearchParams(new URL(server.url).hash.slice(1)).get('token') ?? '',
    close: async () => {
      await server.close();
      remove();
    },
  };
}

export interface Asked {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks as a program that may send any header; `fetch` may not. The path goes out as it is given. */
export function ask(
  server: RunningServer,
  path: string,
  options: {
    readonly method?: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  } = {},
): Promise<Asked> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const asking = request(
      { host: '127.0.0.1', port: server.port, path, method, headers, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
        );
      },
    );
    asking.on('error', reject);
    asking.end(body);
  });
}

/** The headers of the window's own calls. */
export function ownHeaders(server: TestServer): Record<string, string> {
  return { authorization: `Bearer ${server.token}`, origin: `http://127.0.0.1:${server.port}` };
}

/** Opens the engine's WebSocket as the window does; rejects if it is refused, with the status in the message. */
export function openSocket(
  server: TestServer,
  { token = server.token, headers = { origin: `http://127.0.0.1:${server.port}` } } = {},
): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/api/engine`, `posemend.${token}`, { headers });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** Sends and resolves to the next message: text or bytes. */
export function exchange(socket: WebSocket, message: string | Uint8Array): Promise<string | Uint8Array> {
  return new Promise((resolve) => {
    socket.once('message', (data: Buffer, isBinary) => resolve(isBinary ? data : data.toString('utf8')));
    socket.send(message);
  });
}
