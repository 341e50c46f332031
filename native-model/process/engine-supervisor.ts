import { PoseMendError } from '../../contract/errors.ts';
import type { FromEngine, ToEngine } from '../../contract/host.ts';

/** A started engine process: a child of Node's, or a utility process of Electron's. */
export interface EngineChild {
  /** `transfer` hands ports over, where the platform can. */
  send(message: ToEngine, transfer?: readonly unknown[]): void;
  onMessage(listener: (message: FromEngine) => void): void;
  /** Called once. The reason completes a sentence: "the engine ended: ...". */
  onExit(listener: (reason: string) => void): void;
  /** Ends it at once. */
  kill(): void;
}

export interface EngineExit {
  /** Completes a sentence: "the engine ended: ...". */
  readonly reason: string;
  readonly willRestart: boolean;
}

type State = 'idle' | 'starting' | 'ready' | 'waiting' | 'stopped' | 'disposed';

/** Milliseconds before the next start, after the first, second, ... death within a minute. */
const RESTART_DELAYS = [0, 500, 2000, 4000];
/** So many deaths within a minute mean that another start would not help. */
const MOST_DEATHS = 5;
const MINUTE = 60_000;
/** A killed process that does not end is left behind rather than waited for. */
const KILL_MILLISECONDS = 2000;

/**
 * Keeps one engine running: starts it, tells it every file the user gave, and starts it again when it dies.
 * What went through its pipes is lost with it, so a host closes them on `onExit`.
 */
export class EngineSupervisor {
  readonly #spawn: () => EngineChild;
  readonly #grants = new Map<string, string>();
  readonly #ready = new Set<() => void>();
  readonly #exit = new Set<(exit: EngineExit) => void>();
  readonly #message = new Set<(message: FromEngine) => void>();
  /** Told when an engine is ready, or that none will be. */
  readonly #settled = new Set<() => void>();
  #state: State = 'idle';
  #child: EngineChild | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Times of the deaths within the last minute. */
  #deaths: number[] = [];
  #lastReason = '';

  constructor(spawn: () => EngineChild) {
    this.#spawn = spawn;
  }

  get isReady(): boolean {
    return this.#state === 'ready';
  }

  /** Why no engine is running and none will be started by itself; null while one runs or comes. */
  get problem(): string | null {
    if (this.#state === 'disposed') return 'PoseMend is closing';
    if (this.#state !== 'stopped') return null;
    return `the engine ended ${MOST_DEATHS} times within a minute (the last time: ${this.#lastReason}); try again in a minute, and if that does not help, start PoseMend anew`;
  }

  /** Starts an engine unless one runs or is about to. */
  start(): void {
    if (this.#state !== 'idle' && this.#state !== 'stopped') return;
    this.#startChild();
  }

  /** Lets this engine, and each one after it, open the file by its token. */
  grant(token: string, path: string): void {
    this.#grants.set(token, path);
    if (this.#state === 'ready') this.#child?.send({ kind: 'grant', token, path });
  }

  /** Returns false, and sends nothing, while no engine is ready. */
  send(message: ToEngine, transfer?: readonly unknown[]): boolean {
    if (this.#state !== 'ready' || this.#child === null) return false;
    this.#child.send(message, transfer);
    return true;
  }

  /** Each time an engine became ready; it knows the granted files already. Returns how to stop listening. */
  onReady(listener: () => void): () => void {
    return listen(this.#ready, listener);
  }

  /** Each time an engine died (not when it was disposed of). Returns how to stop listening. */
  onExit(listener: (exit: EngineExit) => void): () => void {
    return listen(this.#exit, listener);
  }

  /** What an engine says, except that it is ready. Returns how to stop listening. */
  onMessage(listener: (message: FromEngine) => void): () => void {
    return listen(this.#message, listener);
  }

  /**
   * Resolves once an engine is ready. Where starting was given up, tries again if the last minute was quiet.
   * Throws PoseMendError ('failed') if there is none within `milliseconds`, or at once if none will come.
   */
  async whenReady(milliseconds: number): Promise<void> {
    if (this.#state === 'stopped' && this.#recentDeaths().length === 0) this.start();
    if (this.#state === 'starting' || this.#state === 'waiting') await this.#settledWithin(milliseconds);
    if (this.#state === 'ready') return;
    const problem = this.problem ?? 'the engine did not start in time; try again, or start PoseMend anew';
    throw new PoseMendError('failed', problem);
  }

  /** Ends the engine at once, as a crash would; it is started again. */
  kill(): void {
    this.#child?.kill();
  }

  /** Ends the engine for good. Resolves once its process is gone. */
  async dispose(): Promise<void> {
    if (this.#state === 'disposed') return;
    this.#state = 'disposed';
    clearTimeout(this.#timer);
    this.#settle();
    const child = this.#child;
    this.#child = null;
    if (child === null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, KILL_MILLISECONDS);
      child.onExit(() => {
        clearTimeout(timer);
        resolve();
      });
      child.kill();
    });
  }

  #startChild(): void {
    this.#state = 'starting';
    let child: EngineChild;
    try {
      child = this.#spawn();
    } catch (error) {
      this.#died(error instanceof Error ? error.message : String(error));
      return;
    }
    this.#child = child;
    // A child that was replaced or disposed of has nothing more to say.
    child.onMessage((message) => {
      if (this.#child === child) this.#hear(child, message);
    });
    child.onExit((reason) => {
      if (this.#child === child) this.#died(reason);
    });
  }

  #hear(child: EngineChild, message: FromEngine): void {
    if (message.kind !== 'ready') {
      for (const listener of this.#message) listener(message);
      return;
    }
    this.#state = 'ready';
    for (const [token, path] of this.#grants) child.send({ kind: 'grant', token, path });
    for (const listener of this.#ready) listener();
    this.#settle();
  }

  #died(reason: string): void {
    this.#child = null;
    this.#lastReason = reason;
    this.#deaths = [...this.#recentDeaths(), Date.now()];
    const willRestart = this.#deaths.length < MOST_DEATHS;
    this.#state = willRestart ? 'waiting' : 'stopped';
    if (willRestart) {
      const delay = RESTART_DELAYS[Math.min(this.#deaths.length, RESTART_DELAYS.length) - 1];
      this.#timer = setTimeout(() => this.#startChild(), delay);
    }
    for (const listener of this.#exit) listener({ reason, willRestart });
    if (!willRestart) this.#settle();
  }

  #recentDeaths(): number[] {
    const earliest = Date.now() - MINUTE;
    return this.#deaths.filter((time) => time > earliest);
  }

  #settle(): void {
    for (const listener of [...this.#settled]) listener();
  }

  #settledWithin(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        this.#settled.delete(done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      this.#settled.add(done);
    });
  }
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
