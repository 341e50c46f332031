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
  postMessage(data: unknown): void;
  on(event: string, listener: (event: { readonly data: unknown }) => void): void;
  start(): void;
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
const pipes = new Map<number, PipePort>();
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
    case 'connect': {
      const [port] = ports;
      if (port !== undefined) {
        // biome-ignore lint/suspicious/noExplicitAny: the adapter's type of a port is structural and knows Electron's
        handler.upgrade(port as any, { context: {} });
        port.start();
        return;
      }
      const { pipe } = message;
      const pipePort = new PipePort((data) => tell({ kind: 'data', pipe, data }));
      pipes.set(pipe, pipePort);
      handler.upgrade(pipePort, { context: {} });
      return;
    }
    case 'data':
      pipes.get(message.pipe)?.receive(message.data);
      return;
    case 'disconnect':
      pipes.get(message.pipe)?.disconnect();
      pipes.delete(message.pipe);
  }
}

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
