import { setImmediate } from 'node:timers/promises';
import { PoseMendError } from '../contract/errors.ts';

/** Throws PoseMendError ('cancelled') once `signal` is aborted. */
export function throwIfInterrupted(signal: AbortSignal): void {
  if (signal.aborted) throw interrupted();
}

/** The promise's value, or PoseMendError ('cancelled') as soon as `signal` is aborted. */
export function untilInterrupted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => {});
    return Promise.reject(interrupted());
  }
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(interrupted());
    signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/**
 * Throws PoseMendError ('cancelled') if an interrupt came while long work kept the event loop busy. To be
 * awaited before anything is written.
 */
export async function noticeInterrupt(signal: AbortSignal): Promise<void> {
  // The first turn may end the loop's current round; only a full round looks for signals.
  await setImmediate();
  await setImmediate();
  throwIfInterrupted(signal);
}

function interrupted(): PoseMendError {
  return new PoseMendError('cancelled', 'interrupted');
}
