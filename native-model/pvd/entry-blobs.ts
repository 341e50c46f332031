import { decodeFloat16, encodeFloat16 } from './float16.ts';
import { DamagedLibraryError } from './library-errors.ts';
import type { NewEntry } from './pose-store.ts';
import { type StoreSchema, windowSize } from './store-schema.ts';

/** How windows are kept. float16 halves them at 0.25 to 0.5 mm of rounding, see `float16.ts`. */
export type WindowNumbers = 'float32' | 'float16';

/** An entry as its columns. */
export interface EncodedEntry {
  readonly clip: {
    readonly clip: string;
    readonly person: string;
    readonly fps: number;
    /** JSON array, sorted and without repeats, so that equal sets are equal texts. */
    readonly tags: string;
    readonly licence: string;
    readonly sourceHash: string;
  };
  /** Equal for entries of the same source. */
  readonly clipKey: string;
  readonly startFrame: number;
  readonly endFrame: number;
  readonly vector: Uint8Array;
  readonly window: Uint8Array;
}

/** Throws RangeError on an entry that does not fit the schema or holds NaN or infinity. */
export function encodeEntry(entry: NewEntry, schema: StoreSchema, numbers: WindowNumbers): EncodedEntry {
  const { clip, person, fps, licence, sourceHash, startFrame, endFrame } = entry;
  if (!(fps > 0 && Number.isFinite(fps))) throw new RangeError(`fps is ${fps}, expected a number above 0`);
  if (
    !Number.isInteger(startFrame) ||
    !Number.isInteger(endFrame) ||
    startFrame < 0 ||
    endFrame < startFrame
  ) {
    throw new RangeError(`frames ${startFrame}..${endFrame} are no range of frames`);
  }
  requireFinite('vector', entry.vector, schema.vectorDim);
  requireFinite('window', entry.window, windowSize(schema));
  const tags = JSON.stringify([...new Set(entry.tags)].sort());
  const columns = { clip, person, fps, tags, licence, sourceHash };
  const window = numbers === 'float16' ? encodeFloat16(entry.window) : Float32Array.from(entry.window);
  return {
    clip: columns,
    clipKey: JSON.stringify(columns),
    startFrame,
    endFrame,
    vector: bytesOf(Float32Array.from(entry.vector)),
    window: bytesOf(window),
  };
}

export function decodeVector(blob: Uint8Array, schema: StoreSchema, file: string, id: number): Float32Array {
  requireBytes('vector', blob, schema.vectorDim * 4, file, id);
  return new Float32Array(new Uint8Array(blob).buffer);
}

export function decodeWindow(
  blob: Uint8Array,
  schema: StoreSchema,
  numbers: WindowNumbers,
  file: string,
  id: number,
): Float32Array {
  requireBytes('window', blob, windowSize(schema) * (numbers === 'float16' ? 2 : 4), file, id);
  // Copied: SQLite's buffers start at any byte, typed arrays only at multiples of their size.
  const { buffer } = new Uint8Array(blob);
  return numbers === 'float16' ? decodeFloat16(new Uint16Array(buffer)) : new Float32Array(buffer);
}

function bytesOf(array: Float32Array | Uint16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function requireFinite(what: string, values: ArrayLike<number>, length: number): void {
  if (values.length !== length) {
    throw new RangeError(`the ${what} has ${values.length} numbers, the library's schema says ${length}`);
  }
  for (let n = 0; n < length; n++) {
    if (!Number.isFinite(values[n])) throw new RangeError(`number ${n} of the ${what} is ${values[n]}`);
  }
}

function requireBytes(what: string, blob: Uint8Array, expected: number, file: string, id: number): void {
  if (blob.length === expected) return;
  const problem = `the ${what} of entry ${id} has ${blob.length} bytes, expected ${expected}`;
  throw new DamagedLibraryError(file, problem);
}
