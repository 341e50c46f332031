import { PoseMendError } from '../../contract/errors.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { RETRIEVAL_DIM, RETRIEVAL_VERSION } from '../../motion/windows/retrieval-vector.ts';

/** What the numbers in a store mean. Written at creation, compared at every opening. */
export interface StoreSchema {
  /** Version of the tables and of this record. */
  readonly schemaVersion: number;
  readonly layout: 'body17';
  /** Frames in a window. */
  readonly windowLength: number;
  /** Frames per second of the windows. */
  readonly windowFps: number;
  readonly vectorDim: number;
  /** The recipe of the vectors, e.g. `RETRIEVAL_VERSION`. */
  readonly vectorVersion: string;
  readonly units: 'm';
}

/** What this program reads and writes. */
export const BODY17_SCHEMA: StoreSchema = {
  schemaVersion: 1,
  layout: 'body17',
  windowLength: 8,
  windowFps: 30,
  vectorDim: RETRIEVAL_DIM,
  vectorVersion: RETRIEVAL_VERSION,
  units: 'm',
};

/** Numbers in one window. */
export function windowSize(schema: StoreSchema): number {
  return schema.windowLength * BODY17_COUNT * 3;
}

/**
 * Throws a PoseMendError that names every field in which `found`, a parsed JSON value, differs from what this
 * program expects: numbers made by another recipe would be compared without any sign that they are nonsense.
 */
export function checkSchema(found: unknown, expected: StoreSchema, file: string): void {
  const record = typeof found === 'object' && found !== null ? (found as Record<string, unknown>) : {};
  const differences = (Object.keys(expected) as (keyof StoreSchema)[])
    .filter((key) => record[key] !== expected[key])
    .map((key) => `${key} is ${JSON.stringify(record[key])}, expected ${JSON.stringify(expected[key])}`);
  if (differences.length === 0) return;
  const isNewer = typeof record.schemaVersion === 'number' && record.schemaVersion > expected.schemaVersion;
  const advice = isNewer
    ? 'a newer PoseMend made this library: update PoseMend, or use another library'
    : 'make a new library and add the clips again (posemend library add), or use the PoseMend that made it';
  throw new PoseMendError(
    'input',
    `${file}: the library cannot be used here: ${differences.join('; ')}; ${advice}`,
  );
}
