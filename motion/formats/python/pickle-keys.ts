import { decodeText } from '../text-bytes.ts';
import type { PyKey, PyValue } from './py-value.ts';

const MAX_TUPLE = 16;

/** A dict's key as `PyKey`, or null where it is neither a number, a text nor a short tuple of them. */
export function toPyKey(value: PyValue): PyKey | null {
  if (Array.isArray(value)) {
    const parts =
      value.length > MAX_TUPLE ? [null] : value.map((part) => (Array.isArray(part) ? null : toPyKey(part)));
    return parts.includes(null) ? null : `(${parts.join(', ')})`;
  }
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return value.length > 4096 ? null : decodeText(value, 0, value.length);
  return null;
}
