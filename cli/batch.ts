import { isInterrupt, reportFailure } from './errors.ts';
import { throwIfInterrupted } from './interrupt.ts';
import { type Session, writeLine } from './io.ts';

export interface BatchOptions<T> {
  readonly items: readonly T[];
  /** Problems found before; they count as failed. */
  readonly problems: readonly Error[];
  /** Names an item in messages. */
  readonly nameOf: (item: T) => string;
  readonly action: (item: T) => Promise<void>;
  /** Called for an item that failed, with what was thrown. */
  readonly onFailure?: (item: T, error: unknown) => void;
}

/**
 * Does something to every item. A failure is told and the rest goes on; the session's exit code becomes the
 * worst one. An interrupt is thrown.
 */
export async function forEachItem<T>(session: Session, options: BatchOptions<T>): Promise<void> {
  const { items, problems, nameOf, action, onFailure } = options;
  const { io } = session;
  let done = 0;
  let failed = 0;
  const fail = (error: unknown, subject?: string) => {
    failed++;
    session.exitCode = Math.max(session.exitCode, reportFailure(io, error, subject));
  };
  const isSeveral = items.length + problems.length > 1;

  for (const problem of problems) fail(problem);
  for (const item of items) {
    try {
      throwIfInterrupted(io.signal);
      await action(item);
      done++;
    } catch (error) {
      if (isInterrupt(error)) {
        if (isSeveral)
          writeLine(io.stderr, `${done} done, ${failed} failed, ${items.length - done - failed} not done`);
        throw error;
      }
      fail(error, nameOf(item));
      onFailure?.(item, error);
    }
  }
  if (isSeveral && failed > 0) writeLine(io.stderr, `${done} done, ${failed} failed`);
}
