import { FormatError } from '../../errors.ts';
import { readZip, type ZipEntry } from '../zip.ts';
import { ZIP_LIMITS, type ZipLimits } from '../zip-limits.ts';
import { lazyNpy, NPY_FIRST_BYTES, npyHeaderBytes } from './py-npy.ts';
import type { PyArray } from './py-value.ts';

/** An NPZ file: named arrays, each read when it is asked for. */
export interface Npz {
  readonly keys: readonly string[];
  /**
   * The array of a key, or undefined. Its header is read at once, its numbers when they are asked for; texts and
   * objects as well.
   * @throws FormatError with the key as the place.
   */
  get(key: string): PyArray | undefined;
}

const SUFFIX = '.npy';

/**
 * Reads an NPZ file, as `np.savez` and `np.savez_compressed` write it.
 * @throws FormatError for a damaged archive, one without arrays, names that occur twice, and zip bombs.
 */
export function readNpz(bytes: Uint8Array, source: string, limits: ZipLimits = ZIP_LIMITS): Npz {
  return npzOf(readZip(bytes, source, limits), source);
}

/** Whether an archive holds arrays. */
export function isNpz(entries: readonly ZipEntry[]): boolean {
  return entries.length === 0 || entries.some(({ name }) => name.endsWith(SUFFIX));
}

export function npzOf(entries: readonly ZipEntry[], source: string): Npz {
  const arrays = entries.filter(({ name }) => name.endsWith(SUFFIX));
  if (arrays.length === 0 && entries.length > 0) {
    const advice = 'save arrays with np.savez(path, poses=...)';
    throw new FormatError(source, 'zip directory', 'the archive holds no arrays (.npy)', advice);
  }
  const byKey = new Map(arrays.map((entry) => [entry.name.slice(0, -SUFFIX.length), entry]));
  const known = new Map<string, PyArray>();
  return {
    keys: [...byKey.keys()],
    get: (key) => {
      const entry = byKey.get(key);
      if (entry === undefined) return undefined;
      const array = known.get(key) ?? readEntry(entry, key, source);
      known.set(key, array);
      return array;
    },
  };
}

function readEntry(entry: ZipEntry, key: string, source: string): PyArray {
  const first = entry.head(NPY_FIRST_BYTES);
  const needed = npyHeaderBytes(first);
  const head = needed > first.length ? entry.head(needed) : first;
  return lazyNpy({ source, place: key, byteCount: entry.size, head, fetch: () => entry.read() });
}
