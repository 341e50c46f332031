import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { PoseMendError } from '../contract/errors.ts';
import { type EngineChild, EngineSupervisor } from '../native-model/process/engine-supervisor.ts';
import { FileGrants } from '../native-model/process/file-grants.ts';
import { forkEngine } from '../native-model/process/fork-engine.ts';
import { answerRefusal, refuseUpgrade } from './answers.ts';
import { type ApiContext, answerApi } from './api.ts';
import { EngineSockets } from './engine-sockets.ts';
import { rendererFolder } from './renderer-folder.ts';
import { type Refusal, RequestGuard } from './request-guard.ts';
import { securityHeaders } from './security-headers.ts';
import { answerStatic } from './static-files.ts';
import { makeWorkspace } from './workspace.ts';

export interface ServerOptions {
  /** 0: any free one. */
  readonly port: number;
  /** Paths of clips to open. */
  readonly files: readonly string[];
  /** The built window; absent: the one that ships, or POSEMEND_RENDERER. */
  readonly renderer?: string;
  /** Starts an engine that keeps its files in `workspace`; absent: a child process. */
  readonly spawnEngine?: (workspace: string) => EngineChild;
}

export interface RunningServer {
  /** The address with its token; who has it may do what the window can. */
  readonly url: string;
  readonly port: number;
  /** An address that opens one window and no more: for a program's command line, which others on this machine can read. */
  ticketUrl(): string;
  /** Ends the engine, cuts every connection and removes the workspace. */
  close(): Promise<void>;
}

/** Only this machine reaches it. */
const ADDRESS = '127.0.0.1';
const GOODBYE_MILLISECONDS = 300;

/**
 * Serves the window, and the engine behind it, to browsers on this machine. Throws PoseMendError ('failed') if
 * the window is not built or the port cannot be had.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const folder = options.renderer ?? rendererFolder();
  const http = createServer({
    // An upload from a slow disk takes the time it takes.
    requestTimeout: 0,
  });
  const workspace = makeWorkspace();
  await listenAt(http, options.port).catch((error) => {
    workspace.remove();
    throw error;
  });
  const { port } = http.address() as AddressInfo;
  const spawnEngine = options.spawnEngine ?? forkEngine;
  const supervisor = new EngineSupervisor(() => spawnEngine(workspace.folder));
  const grants = new FileGrants((token, path) => supervisor.grant(token, path));
  const files = options.files.map((path) => grants.grant(path));
  const guard = new RequestGuard(port);
  const sockets = new EngineSockets(supervisor);
  const uploads = join(workspace.folder, 'files');
  const site: Site = { folder, port, guard, api: { supervisor, grants, files, uploads, guard } };
  const connections = new Set<Socket>();
  http.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  http.on('request', (request, response) => {
    answer(site, request, response).catch(() => response.destroy());
  });
  http.on('upgrade', (request, socket, head) => upgrade(guard, sockets, request, socket, head));
  supervisor.start();

  let closing: Promise<void> | undefined;
  const close = async () => {
    sockets.dispose();
    await Promise.all([supervisor.dispose(), closeHttp(http, connections)]);
    workspace.remove();
  };
  return {
    // A fragment reaches no log and no Referer.
    url: `http://${ADDRESS}:${port}/#token=${guard.token}`,
    port,
    ticketUrl: () => `http://${ADDRESS}:${port}/#ticket=${guard.makeTicket()}`,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Whether `startServer` failed because another program has the port. */
export function isPortTaken(error: unknown): boolean {
  const cause = error instanceof PoseMendError ? error.cause : undefined;
  return (cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE';
}

interface Site {
  readonly folder: string;
  readonly port: number;
  readonly guard: RequestGuard;
  readonly api: ApiContext;
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  for (const [name, value] of Object.entries(securityHeaders(site.port)))
    response.setHeader(name, value ?? '');
  const [pathname] = (request.url ?? '/').split('?', 1);
  const isCall = pathname.startsWith('/api/');
  const refusal =
    site.guard.refuseHost(request) ?? (isCall ? refuseCall(site.guard, pathname, request) : null);
  if (refusal !== null) answerRefusal(response, refusal);
  else if (isCall) await answerApi(site.api, pathname, request, response);
  else await answerStatic(site.folder, pathname, request, response);
}

function refuseCall(guard: RequestGuard, pathname: string, request: IncomingMessage): Refusal | null {
  return pathname === '/api/token' ? guard.refuseTicket(request) : guard.refuseCall(request);
}

function upgrade(
  guard: RequestGuard,
  sockets: EngineSockets,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const isEngine = request.url === '/api/engine';
  const refusal = isEngine
    ? guard.refuseSocket(request)
    : { status: 404, message: 'there is no such socket' };
  if (refusal === null) {
    void sockets.attach(request, socket, head);
    return;
  }
  socket.on('error', () => {});
  refuseUpgrade(socket, refusal);
}

/** Stops listening and ends what is connected; WebSockets get a moment to say goodbye. */
async function closeHttp(http: Server, connections: ReadonlySet<Socket>): Promise<void> {
  const isClosed = new Promise<void>((resolve) => http.close(() => resolve()));
  http.closeAllConnections();
  const timer = setTimeout(() => {
    for (const socket of connections) socket.destroy();
  }, GOODBYE_MILLISECONDS);
  await isClosed;
  clearTimeout(timer);
}

function listenAt(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) => reject(explainListen(error, port)));
    http.listen(port, ADDRESS, () => resolve());
  });
}

function explainListen(error: NodeJS.ErrnoException, port: number): PoseMendError {
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program uses it; choose another one, or leave --port out',
    EACCES: 'the system keeps it to itself; choose one above 1023',
  };
  const message = `port ${port} cannot be had: ${why[error.code ?? ''] ?? error.message}`;
  return new PoseMendError('failed', message, { cause: error });
}
