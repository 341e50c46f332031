import { PoseMendError } from '../../contract/errors.ts';
import type { ToEngine } from '../../contract/host.ts';

/** The engine, as far as pipes need it: EngineSupervisor is one. */
export interface EngineLine {
  send(message: ToEngine, transfer?: readonly unknown[]): boolean;
  whenReady(milliseconds: number): Promise<void>;
  onExit(listener: () => void): unknown;
}

/** The end of a window: takes one port of a channel, and hears when the engine at the other has gone. */
export interface WindowEnd<Port> {
  /** Tells windows apart. */
  readonly id: number;
  takePort(pipe: number, port: Port): void;
  engineGone(pipe: number): void;
}

/** Longest wait for an engine that is being started. */
const PATIENCE_MS = 20_000;

/** Joins windows to the engine through message channels, over as many engines as it takes. */
export class EnginePipes<Port> {
  readonly #engine: EngineLine;
  readonly #makeChannel: () => readonly [Port, Port];
  /** Open pipes and the windows at their ends. */
  readonly #pipes = new Map<number, WindowEnd<Port>>();
  /** How many pages each window has left behind. */
  readonly #pages = new Map<number, number>();
  #nextPipe = 1;

  constructor(engine: EngineLine, makeChannel: () => readonly [Port, Port]) {
    this.#engine = engine;
    this.#makeChannel = makeChannel;
    engine.onExit(() => {
      const gone = [...this.#pipes];
      this.#pipes.clear();
      for (const [pipe, window] of gone) window.engineGone(pipe);
    });
  }

  /**
   * A new pipe between a window and the engine, once there is one; returns its number.
   * Throws PoseMendError if none comes.
   */
  async connect(window: WindowEnd<Port>): Promise<number> {
    const page = this.#pages.get(window.id) ?? 0;
    await this.#engine.whenReady(PATIENCE_MS);
    // The page that asked may be gone by now; nobody would take its port.
    if (page !== (this.#pages.get(window.id) ?? 0)) throw new PoseMendError('cancelled', 'The page is gone.');
    const pipe = this.#nextPipe++;
    const [ofEngine, ofWindow] = this.#makeChannel();
    this.#pipes.set(pipe, window);
    this.#engine.send({ kind: 'connect', pipe }, [ofEngine]);
    window.takePort(pipe, ofWindow);
    return pipe;
  }

  /** A window shows another page or is gone: what its pipes were running ends. */
  disconnect(windowId: number): void {
    this.#pages.set(windowId, (this.#pages.get(windowId) ?? 0) + 1);
    for (const [pipe, window] of this.#pipes) {
      if (window.id !== windowId) continue;
      this.#pipes.delete(pipe);
      this.#engine.send({ kind: 'disconnect', pipe });
    }
  }
}
