import type { PickleSession } from './pickle-context.ts';
import { PICKLE_LIMITS } from './py-limits.ts';

/** A session in which nothing has been read yet. */
export function newPickleSession(
  fileBytes: number,
  parts: Partial<Omit<PickleSession, 'used' | 'fileBytes'>> = {},
): PickleSession {
  return {
    limits: PICKLE_LIMITS,
    hasInlineArrays: false,
    resolvePersistent: null,
    readTorchBytes: null,
    ...parts,
    fileBytes,
    used: { values: 0, containers: 0, madeBytes: 0 },
  };
}
