import type { NpyArray } from '../npy-array.ts';
import { type NpyDtype, parseNpyDtype } from '../npy-dtype.ts';
import { npyHeader, writeNpy } from '../npy-write.ts';
import { writeZip } from '../zip-write.ts';

/** An array to write. */
export interface NpzArray {
  readonly shape: readonly number[];
  /** C order. */
  readonly data: Float64Array;
  /** `f8` if absent; always written little-endian. */
  readonly dtype?: NpyDtype | string;
}

/** Numbers become 0-d `f8`, bigints 0-d `i8`, texts 0-d `U`, lists of texts 1-d `U`. */
export type NpzValue = NpzArray | number | bigint | string | readonly string[];

/**
 * Writes an NPZ file as NumPy reads it, without objects. The same values give the same bytes.
 * @throws RangeError for values that their type cannot hold.
 */
export function writeNpz(
  arrays: Readonly<Record<string, NpzValue>>,
  { isCompressed = true }: { readonly isCompressed?: boolean } = {},
): Uint8Array {
  const entries = new Map<string, Uint8Array>();
  for (const [key, value] of Object.entries(arrays)) entries.set(`${key}.npy`, npyOf(value));
  return writeZip(entries, isCompressed);
}

function npyOf(value: NpzValue): Uint8Array {
  if (typeof value === 'string') return textNpy([value], []);
  if (isTexts(value)) return textNpy(value, [value.length]);
  if (typeof value === 'number') return numberNpy({ shape: [], data: Float64Array.of(value) });
  if (typeof value === 'bigint') return integerNpy(value);
  return numberNpy(value);
}

function isTexts(value: NpzValue): value is readonly string[] {
  return Array.isArray(value);
}

function numberNpy({ shape, data, dtype = 'f8' }: NpzArray): Uint8Array {
  const { descr } = typeof dtype === 'string' ? { descr: dtype } : dtype;
  const littleEndian = parseNpyDtype(descr.replace(/^[<>=|]?/, /1$/.test(descr) ? '|' : '<'));
  if (littleEndian === null) throw new RangeError(`dtype ${descr} is not written`);
  const array: Omit<NpyArray, 'warnings'> = { shape, data, dtype: littleEndian, fortranOrder: false };
  return writeNpy(array);
}

function integerNpy(value: bigint): Uint8Array {
  if (BigInt.asIntN(64, value) !== value) throw new RangeError(`${value} does not fit i8`);
  const content = new Uint8Array(8);
  new DataView(content.buffer).setBigInt64(0, value, true);
  return withHeader([], '<i8', content);
}

/** UTF-32, each text filled up with NULs; NumPy drops these on reading. */
function textNpy(texts: readonly string[], shape: readonly number[]): Uint8Array {
  const codes = texts.map((text) => Array.from(text, (character) => character.codePointAt(0)!));
  const length = codes.reduce((longest, text) => Math.max(longest, text.length), 1);
  const content = new Uint8Array(texts.length * length * 4);
  const view = new DataView(content.buffer);
  codes.forEach((text, index) => {
    text.forEach((code, at) => {
      view.setUint32((index * length + at) * 4, code, true);
    });
  });
  return withHeader(shape, `<U${length}`, content);
}

function withHeader(shape: readonly number[], descr: string, content: Uint8Array): Uint8Array {
  const header = npyHeader(shape, descr, false);
  const bytes = new Uint8Array(header.length + content.length);
  bytes.set(header);
  bytes.set(content, header.length);
  return bytes;
}
