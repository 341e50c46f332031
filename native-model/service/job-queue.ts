import { PoseMendError } from '../../contract/errors.ts';

interface Waiting {
  readonly start: () => void;
  readonly tellPosition: (jobsAhead: number) => void;
}

/** Runs jobs one after another: two refines at once would only take turns on the same cores. */
export class JobQueue {
  #isBusy = false;
  readonly #waiting: Waiting[] = [];

  /**
   * Runs a job when its turn comes.
   * @param onPosition hears how many jobs are ahead, again whenever that changes; never called for a job that
   *   starts at once
   * @throws PoseMendError('cancelled') if the signal fires while it waits; whatever the job throws
   */
  async run<T>(
    job: () => Promise<T>,
    signal: AbortSignal | undefined,
    onPosition: (jobsAhead: number) => void,
  ): Promise<T> {
    if (this.#isBusy) await this.#turn(signal, onPosition);
    this.#isBusy = true;
    try {
      return await job();
    } finally {
      this.#isBusy = false;
      this.#waiting.shift()?.start();
      this.#tellPositions();
    }
  }

  #turn(signal: AbortSignal | undefined, onPosition: (jobsAhead: number) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', leave);
          // Taken before anything else can run, so that nobody overtakes.
          this.#isBusy = true;
          resolve();
        },
        tellPosition: onPosition,
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        this.#tellPositions();
        reject(new PoseMendError('cancelled', 'the refine was cancelled'));
      };
      if (signal?.aborted) {
        reject(new PoseMendError('cancelled', 'the refine was cancelled'));
        return;
      }
      signal?.addEventListener('abort', leave, { once: true });
      this.#waiting.push(entry);
      onPosition(this.#waiting.length);
    });
  }

  #tellPositions(): void {
    for (const [at, { tellPosition }] of this.#waiting.entries()) tellPosition(at + 1);
  }
}
