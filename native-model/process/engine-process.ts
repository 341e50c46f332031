/**
 * The engine as a process of its own, so that inference never blocks a window and a crash takes no window along.
 * Started by `child_process.fork` (browser host) or Electron's `utilityProcess.fork`; speaks `contract/host.ts`.
 */
import { RPCHandler } from '@orpc/server/message-port';
import type { FromEngine, ToEngine } from '../../contract/host.ts';
import { defaultModelName } from '../index.ts';
import { EngineSession } from '../service/engine-session.ts';
import { createRouter } from '../service/router.ts';
import { PipePort } from './pipe-port.ts';

/** What Electron gives a utility process in place of `process.send`. */
interface ParentPort {
  postMessage(message: FromEngine): void;
  on(
    event: 'message',
    listener: (event: { readonly data: ToEngine; readonly ports: readonly ElectronPort[] }) => void,
  ): void;
}

/** Electron's MessagePortMain. */
interface ElectronPort {
  postMessage(data: string | Uint8Array): void;
  on(event: 'message', listener: (event: { readonly data: string | Uint8Array }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  close(): void;
}

/** One window: its calls come through a port of its own, or through the host. */
interface Pipe {
  readonly port: PipePort;
  readonly electronPort: ElectronPort | undefined;
}

const workspace = process.env.POSEMEND_WORKSPACE;
if (workspace === undefined) {
  process.stderr.write(
    'engine: POSEMEND_WORKSPACE names no folder; this process is started by posemend serve\n',
  );
  process.exit(4);
}

const session = new EngineSession(workspace);
const handler = new RPCHandler(createRouter(session));
const pipes = new Map<number, Pipe>();
const parentPort = (process as { parentPort?: ParentPort }).parentPort;

function tell(message: FromEngine): void {
  if (parentPort !== undefined) parentPort.postMessage(message);
  else process.send?.(message);
}

function hear(message: ToEngine, ports: readonly ElectronPort[]): void {
  switch (message.kind) {
    case 'grant':
      session.clips.grant(message.token, message.path);
      return;
    case 'connect':
      connect(message.pipe, ports[0]);
      return;
    case 'data':
      pipes.get(message.pipe)?.port.receive(message.data);
      return;
    case 'disconnect':
      disconnect(message.pipe);
  }
}

function connect(pipe: number, electronPort: ElectronPort | undefined): void {
  const port = new PipePort((data) => {
    if (electronPort === undefined) tell({ kind: 'data', pipe, data });
    else electronPort.postMessage(data);
  });
  pipes.set(pipe, { port, electronPort });
  handler.upgrade(port, { context: {} });
  electronPort?.on('message', ({ data }) => port.receive(data));
  electronPort?.on('close', () => disconnect(pipe));
  electronPort?.start();
}

/** A window has gone: what it was running ends. Told by the host, by the port, or by both. */
function disconnect(pipe: number): void {
  const gone = pipes.get(pipe);
  pipes.delete(pipe);
  gone?.port.disconnect();
  gone?.electronPort?.close();
}

// The handler leaves a message that is no call, or an answer that cannot be sent, to this; neither may cost the
// other windows their engine.
process.on('unhandledRejection', (reason) => {
  const { message } = reason instanceof Error ? reason : { message: String(reason) };
  process.stderr.write(`engine: a message could not be handled: ${message}\n`);
});

if (parentPort !== undefined) {
  parentPort.on('message', ({ data, ports }) => hear(data, ports));
} else {
  process.on('message', (message) => hear(message as ToEngine, []));
  // Nobody to work for.
  process.on('disconnect', () => process.exit(0));
}
tell({ kind: 'ready' });
// Starting a network blocks for a third of a second; better now than when somebody waits or wants to cancel.
session.resources
  .session(defaultModelName(), 'auto', () => {})
  .catch(() => {
    // Whoever refines is told why.
  });
