import type { FromEngine, ToEngine } from '../../contract/host.ts';
import type { EngineChild } from '../../native-model/process/engine-supervisor.ts';

/** Electron's UtilityProcess, as far as an engine needs it. */
export interface UtilityChild<Port> {
  postMessage(message: ToEngine, transfer?: Port[]): void;
  on(event: 'message', listener: (message: FromEngine) => void): unknown;
  on(event: 'exit', listener: (code: number) => void): unknown;
  kill(): boolean;
}

/** The engine in a utility process. A message may carry ports. */
export function engineChild<Port>(child: UtilityChild<Port>): EngineChild {
  return {
    send: (message, transfer) => child.postMessage(message, transfer as Port[] | undefined),
    onMessage: (listener) => child.on('message', listener),
    onExit: (listener) => child.on('exit', (code) => listener(`it ended with exit code ${code}`)),
    kill: () => child.kill(),
  };
}
