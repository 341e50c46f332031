import { PoseMendError } from '../../contract/errors.ts';

/** To be awaited between pieces of work of a few milliseconds each. */
export type GiveWay = () => Promise<void>;

/** Longest a job keeps the event loop to itself, ms, besides its single pieces: shorter than anyone notices. */
const BUSY_MS = 25;

/**
 * Lets other work of this process go on (requests, timers, a cancel) whenever a job has been busy for a while.
 * What it returns throws PoseMendError('cancelled') once the signal is aborted. `onPause` is called before each
 * pause, so as often as progress is worth telling.
 */
export function createGiveWay(signal: AbortSignal | undefined, onPause?: () => void): GiveWay {
  let since = performance.now();
  return async () => {
    if (performance.now() - since > BUSY_MS) {
      onPause?.();
      await new Promise(setImmediate);
      since = performance.now();
    }
    if (signal?.aborted) throw new PoseMendError('cancelled', 'the refine was cancelled');
  };
}
