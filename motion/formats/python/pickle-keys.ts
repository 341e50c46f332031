import { decodeText } from '../text-bytes.ts';
import { type PickleFail, SAVE_PLAIN } from './pickle-context.ts';
import type { PyKey, PyValue } from './py-value.ts';

/** A tuple as a key is text made anew, which must stay small beside the file. */
const MAX_TUPLE = 16;
const MAX_TUPLE_TEXT = 64;

/** A dict's key as `PyKey`, or null where it is neither a number, a text nor a short tuple of them. */
export function toPyKey(value: PyValue): PyKey | null {
  if (Array.isArray(value)) {
    if (value.length > MAX_TUPLE) return null;
    const parts = value.map((part) => (Array.isArray(part) ? null : toPyKey(part)));
    const isShort = parts.every((part) => part !== null && String(part).length <= MAX_TUPLE_TEXT);
    return isShort ? `(${parts.join(', ')})` : null;
  }
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (value === null) return 'None';
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return value.length > 4096 ? null : decodeText(value, 0, value.length);
  return null;
}

/** Puts keys and values, one after another as they are on the stack, into a dict. */
export function setItems(
  dict: Map<PyKey, PyValue>,
  pairs: readonly PyValue[],
  fail: PickleFail,
): Map<PyKey, PyValue> {
  if (pairs.length % 2 !== 0) throw fail('a key without a value');
  for (let at = 0; at < pairs.length; at += 2) {
    const key = toPyKey(pairs[at]);
    if (key === null) throw fail('a key that is neither a text nor a number', SAVE_PLAIN);
    dict.set(key, pairs[at + 1]);
  }
  return dict;
}
