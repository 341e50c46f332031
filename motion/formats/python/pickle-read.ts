import { ByteCursor } from './byte-cursor.ts';
import type { PickleSession } from './pickle-context.ts';
import { runPickle } from './pickle-machine.ts';
import { newPickleSession } from './pickle-session.ts';
import { PICKLE_LIMITS, type PickleLimits } from './py-limits.ts';
import { checkUnfolded } from './py-unfold.ts';
import type { PyValue } from './py-value.ts';
import { readTorchStorageBytes } from './torch-legacy.ts';

/**
 * Reads a Python pickle, protocols 0 to 5. Nothing in it is run: classes are looked up in an allow-list
 * (`pickle-globals.ts`), and what is made of them is plain data.
 * @throws FormatError for any other class, for damage, and for files that would unfold without bound.
 */
export function readPickle(bytes: Uint8Array, source: string, limits: PickleLimits = PICKLE_LIMITS): PyValue {
  return readPickleAt(new ByteCursor(bytes, source), limits);
}

/** The same from a cursor to the end of its bytes. */
export function readPickleAt(
  cursor: ByteCursor,
  limits: PickleLimits = PICKLE_LIMITS,
  hasInlineArrays = false,
): PyValue {
  const session = newPickleSession(cursor.bytes.length, {
    limits,
    hasInlineArrays,
    readTorchBytes: (bytes, outer) => readTorchStorageBytes(bytes, outer, session),
  });
  return readWhole(cursor, session);
}

/** One pickle, and nothing behind it. */
function readWhole(cursor: ByteCursor, session: PickleSession): PyValue {
  const value = runPickle(cursor, session);
  const end = cursor.at;
  if (cursor.remaining > 0) {
    const problem = `${cursor.remaining} bytes follow the pickled value`;
    throw cursor.failAt(end, problem, 'save one value: several pickles in one file are not read');
  }
  checkUnfolded(value, session, (problem, advice = '') => cursor.failAt(end, problem, advice));
  return value;
}
