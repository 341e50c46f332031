import { isPyArray, isPyDict, type PyDict, type PyValue } from '../python/py-value.ts';
import type { NumberArray } from './array-tracks.ts';

const MOST_LEVELS = 6;

/** Numbers of an array, of one in an object array of length 1, or of nested lists of the same lengths; else null. */
export function numbersOf(value: PyValue | undefined): NumberArray | null {
  if (isPyArray(value)) {
    if (value.data !== null) return { shape: value.shape, data: value.data };
    return value.items?.length === 1 ? numbersOf(value.items[0]) : null;
  }
  if (!Array.isArray(value) || value.length === 0 || value.length > 10_000_000) return null;
  const entries = value as readonly PyValue[];
  if (entries.every((entry) => typeof entry === 'number'))
    return { shape: [entries.length], data: Float64Array.from(entries as readonly number[]) };
  return stack(entries.map((entry) => numbersOf(entry)));
}

/** Arrays of one shape as one with an axis more; null where shapes differ. */
export function stack(arrays: readonly (NumberArray | null)[]): NumberArray | null {
  const [first] = arrays;
  if (first === undefined || first === null || first.shape.length >= MOST_LEVELS) return null;
  const { shape } = first;
  const size = first.data.length;
  const data = new Float64Array(size * arrays.length);
  for (const [index, array] of arrays.entries()) {
    if (array === null || array.shape.length !== shape.length) return null;
    if (array.shape.some((length, axis) => length !== shape[axis])) return null;
    data.set(array.data, index * size);
  }
  return { shape: [arrays.length, ...shape], data };
}

/** The one number or word of a scalar, also as numpy keeps scalars. */
export function scalarOf(value: PyValue | undefined): number | string | boolean | null {
  if (typeof value === 'number' || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return Number(value);
  if (!isPyArray(value)) return null;
  if (value.data?.length === 1) return value.dtype === 'b1' ? value.data[0] !== 0 : value.data[0];
  return value.items?.length === 1 ? scalarOf(value.items[0]) : null;
}

/** Words of an array or a list of texts; null where one is none. */
export function wordsOf(value: PyValue | undefined): string[] | null {
  const items = isPyArray(value) ? value.items : Array.isArray(value) ? (value as readonly PyValue[]) : null;
  if (items === null) return null;
  const words = items.map((item) => scalarOf(item));
  return words.every((word) => typeof word === 'string') ? (words as string[]) : null;
}

/** A dictionary, also where numpy keeps it as an object array with nothing else. */
export function pyDictOf(value: PyValue | undefined): PyDict | null {
  if (isPyDict(value)) return value;
  return isPyArray(value) && value.items?.length === 1 ? pyDictOf(value.items[0]) : null;
}
