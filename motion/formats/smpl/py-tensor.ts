import { FormatError } from '../../errors.ts';
import { isPyArray, isPyDict, type PyArray, type PyDict, type PyValue } from '../python/py-value.ts';

/** Numbers in C order. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/** What an array of one object holds (numpy wraps a dict so), else the value itself. */
export function unwrap(value: PyValue | undefined): PyValue | undefined {
  if (isPyArray(value) && value.items !== null && value.items.length === 1 && value.shape.length <= 1) {
    return unwrap(value.items[0]);
  }
  return value;
}

/** The dict a value is or wraps, else null. */
export function dictOf(value: PyValue | undefined): PyDict | null {
  const inner = unwrap(value);
  return isPyDict(inner) ? inner : null;
}

/** An array of numbers, or lists of numbers or of arrays of one shape; null for anything else. */
export function tensorOf(value: PyValue | undefined): Tensor | null {
  if (typeof value === 'number' || typeof value === 'bigint') {
    return { shape: [], data: Float64Array.of(Number(value)) };
  }
  if (isPyArray(value)) return arrayTensor(value);
  if (!Array.isArray(value)) return null;
  return stack(value as readonly PyValue[], [value.length]);
}

function arrayTensor(array: PyArray): Tensor | null {
  // Read once: `data` may be converted on every access.
  const data = array.items === null ? array.data : null;
  if (data !== null) return { shape: array.shape, data };
  return array.items === null ? null : stack(array.items, array.shape);
}

function stack(items: readonly PyValue[], outer: readonly number[]): Tensor | null {
  if (items.length === 0) return { shape: outer, data: new Float64Array(0) };
  const parts = items.map(tensorOf);
  const first = parts[0];
  if (first === null) return null;
  const data = new Float64Array(items.length * first.data.length);
  for (const [index, part] of parts.entries()) {
    if (part === null || part.shape.join() !== first.shape.join()) return null;
    data.set(part.data, index * first.data.length);
  }
  return { shape: [...outer, ...first.shape], data };
}

/** `(12, 72)` */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;
}

/** The numbers under a key. Throws FormatError where there is no such key or it holds something else. */
export function tensorAt(dict: PyDict, key: string, source: string, expected: string): Tensor {
  const value = dict.get(key);
  if (value === undefined) {
    throw new FormatError(
      source,
      key,
      `the key is missing; ${expected} was expected`,
      `it has ${keyText(dict)}`,
    );
  }
  const tensor = tensorOf(value);
  if (tensor === null) throw new FormatError(source, key, `holds no numbers; ${expected} was expected`);
  return tensor;
}

/** The numbers under a key, null where the key is missing or holds `None`. */
export function optionalTensor(dict: PyDict, key: string, source: string, expected: string): Tensor | null {
  const value = dict.get(key);
  return value === undefined || value === null ? null : tensorAt(dict, key, source, expected);
}

export function keyText(dict: PyDict): string {
  const keys = [...dict.keys()].map(String);
  return keys.length > 12 ? `${keys.slice(0, 12).join(', ')} and ${keys.length - 12} more` : keys.join(', ');
}

/** `rows` of a tensor along its first axis, from `start`. */
export function sliceRows(tensor: Tensor, start: number, rows: number): Tensor {
  const stride = tensor.shape.slice(1).reduce((product, size) => product * size, 1);
  return {
    shape: [rows, ...tensor.shape.slice(1)],
    data: tensor.data.subarray(start * stride, (start + rows) * stride),
  };
}

export function pyArrayOf({ shape, data }: Tensor): PyArray {
  return { kind: 'array', shape, dtype: 'f8', data, items: null };
}
