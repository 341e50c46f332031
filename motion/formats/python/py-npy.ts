import { FormatError } from '../../errors.ts';
import { type NpyHeader, readNpyHeader } from '../npy-header.ts';
import { arrayContent, checkShape, type Fail, packedStrides } from './array-content.ts';
import { ByteCursor } from './byte-cursor.ts';
import { newArraySlot } from './lazy-array.ts';
import { objectContent } from './numpy-rules.ts';
import { readPickleAt } from './pickle-read.ts';
import { parsePyDtype, recordsDtype } from './py-dtype.ts';
import { isPyArray, type PyArray, type PyValue } from './py-value.ts';

/** What is enough for most headers, and for how long the others are. */
export const NPY_FIRST_BYTES = 256;
const ADVICE = 'the file was cut off or damaged: save it again';

/** Where the bytes of an NPY file come from: the file itself, or an entry of an archive. */
export interface NpyBytes {
  readonly source: string;
  /** Goes before places in errors: the key of an archive. */
  readonly place: string;
  readonly byteCount: number;
  /** The beginning, which holds the header. */
  readonly head: Uint8Array;
  fetch(): Uint8Array;
}

/**
 * Reads an NPY file of numbers, booleans, texts or pickled objects; objects by the allow-list of `readPickle`.
 * @throws FormatError at once for a damaged header, a shape that the file cannot hold, and items that are none of
 * these (complex numbers, records, dates).
 */
export function readPyNpy(bytes: Uint8Array, source: string): PyArray {
  const array = lazyNpy({ source, place: '', byteCount: bytes.length, head: bytes, fetch: () => bytes });
  const { refusal } = dtypeOfHeader(checkedHeader(bytes, source, ''));
  if (refusal !== null) throw new FormatError(source, 'header', ...refusal);
  // Objects are read now, so that a hostile pickle is refused here rather than later.
  if (array.dtype === 'O') void array.items;
  return array;
}

/** The array of which only the header has been read. */
export function lazyNpy({ source, place, byteCount, head, fetch }: NpyBytes): PyArray {
  const header = checkedHeader(head, source, place);
  const { shape, fortranOrder, dataStart } = header;
  const dtype = dtypeOfHeader(header);
  const fail: Fail = (problem, advice) => new FormatError(source, place || 'data', problem, advice);
  checkShape(shape, fail);
  if (dtype.name === 'O') {
    const readItems = () => readObjects(fetch(), dataStart, shape, source, place);
    return newArraySlot({ shape, dtype: 'O', readData: null, readItems }).array;
  }
  const layout = { shape, dtype, strides: packedStrides(shape, fortranOrder), offset: 0 };
  return newArraySlot(arrayContent(layout, byteCount - dataStart, () => fetch().subarray(dataStart), fail))
    .array;
}

/** Bytes up to the end of the header, as its beginning says; a header longer than 64 KiB is refused later. */
export function npyHeaderBytes(head: Uint8Array): number {
  return (head[6] === 1 ? 10 : 12) + head[8] + head[9] * 256;
}

function dtypeOfHeader({ descr }: NpyHeader) {
  return descr === null ? recordsDtype(0) : parsePyDtype(descr);
}

function checkedHeader(head: Uint8Array, source: string, place: string): NpyHeader {
  const version = head[6];
  // Versions 2 and 3 have four bytes for the length: more than two are for records alone.
  if (version > 1 && (head[10] !== 0 || head[11] !== 0)) {
    throw new FormatError(source, place || 'header', 'the header is longer than 64 KiB', ADVICE);
  }
  return readNpyHeader(head, source, place || undefined);
}

/** The pickle behind the header is an array of objects too; the header has its shape. */
function readObjects(
  bytes: Uint8Array,
  start: number,
  shape: readonly number[],
  source: string,
  place: string,
): readonly PyValue[] {
  const cursor = new ByteCursor(bytes, source, place);
  cursor.at = start;
  const value = readPickleAt(cursor);
  const fail = (problem: string, advice = ADVICE) => cursor.failAt(start, problem, advice);
  const items = isPyArray(value) ? value.items : value;
  return objectContent(shape, items ?? undefined, fail).readItems?.() ?? [];
}
