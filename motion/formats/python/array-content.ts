import type { FormatError } from '../../errors.ts';
import { decodeText } from '../text-bytes.ts';
import type { LazyContent } from './lazy-array.ts';
import type { PyDtype } from './py-dtype.ts';

export type Fail = (problem: string, advice: string) => FormatError;

export interface ArrayLayout {
  readonly shape: readonly number[];
  readonly dtype: PyDtype;
  /** Items from one index of an axis to the next. */
  readonly strides: readonly number[];
  /** Items before the first. */
  readonly offset: number;
}

/** Items an array may have along its axes, empty axes counted as one: far above any clip, far below a loop's end. */
const MAX_ITEMS = 2 ** 32;
export const MAX_AXES = 64;
/** Items an array may have beyond those of its bytes, where an axis repeats them (stride 0). */
const MAX_REPEATED = 2 ** 24;
const CUT_OFF = 'it was cut off or damaged: save or copy it again';

/** Items of a shape. */
export function countItems(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Refuses shapes that are none and shapes no memory holds. */
export function checkShape(shape: readonly number[], fail: Fail): void {
  const isShape =
    shape.length <= MAX_AXES && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
  const size = shape.reduce((product, length) => product * Math.max(1, length), 1);
  if (!isShape || !(size <= MAX_ITEMS))
    throw fail(`shape (${shape.slice(0, 8).join(', ')}) is beyond reason`, CUT_OFF);
}

/** Strides of an array without gaps. */
export function packedStrides(shape: readonly number[], isFortranOrder: boolean): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = 0; axis < shape.length; axis++) {
    const current = isFortranOrder ? axis : shape.length - 1 - axis;
    strides[current] = stride;
    stride *= shape[current];
  }
  return strides;
}

/**
 * The content of an array whose items lie in `byteCount` bytes, which are fetched when they are asked for.
 * @throws FormatError at once where the bytes cannot hold the shape.
 */
export function arrayContent(
  layout: ArrayLayout,
  byteCount: number,
  fetch: () => Uint8Array,
  fail: Fail,
): LazyContent {
  const { shape, dtype } = layout;
  checkShape(shape, fail);
  const { refusal, name, get } = dtype;
  if (refusal !== null) {
    const refuse = () => {
      throw fail(...refusal);
    };
    return { shape, dtype: name, readData: refuse, readItems: refuse };
  }
  checkExtent(layout, byteCount, fail);
  if (get !== null)
    return { shape, dtype: name, readData: () => readNumbers(layout, fetch(), fail), readItems: null };
  return { shape, dtype: name, readData: null, readItems: () => readTexts(layout, fetch()) };
}

function checkExtent({ shape, dtype, strides, offset }: ArrayLayout, byteCount: number, fail: Fail): void {
  const count = countItems(shape);
  if (count === 0) return;
  const last = shape.reduce((sum, length, axis) => sum + (length - 1) * strides[axis], offset);
  // Texts of no length take no bytes, but memory all the same.
  const needed = Math.max(1, dtype.itemBytes) * (last + 1);
  if (!(needed <= byteCount)) {
    throw fail(
      `shape (${shape.join(', ')}) of ${dtype.name} needs ${needed} bytes, ${byteCount} are there`,
      CUT_OFF,
    );
  }
  if (count > byteCount + MAX_REPEATED) throw fail(`${byteCount} bytes stand for ${count} items`, CUT_OFF);
}

/** Numbers in C order. */
function readNumbers(layout: ArrayLayout, bytes: Uint8Array, fail: Fail): Float64Array {
  const { shape, dtype, offset } = layout;
  checkExtent(layout, bytes.length, fail);
  const count = countItems(shape);
  const isPacked = isPackedC(layout);
  if (isPacked && dtype.isLittleEndian && (dtype.name === 'f4' || dtype.name === 'f8')) {
    // Typed arrays are little-endian wherever this runs; the copy makes the bytes begin at a multiple of eight.
    // (`slice` of a Node Buffer is no copy.)
    const { buffer } = new Uint8Array(
      bytes.subarray(offset * dtype.itemBytes, (offset + count) * dtype.itemBytes),
    );
    return dtype.name === 'f8' ? new Float64Array(buffer) : new Float64Array(new Float32Array(buffer));
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const data = new Float64Array(count);
  const get = dtype.get!;
  if (isPacked) {
    for (let index = 0; index < count; index++) data[index] = get(view, (offset + index) * dtype.itemBytes);
  } else {
    visitItems(layout, (index, item) => {
      data[index] = get(view, item * dtype.itemBytes);
    });
  }
  return data;
}

/** Texts in C order, without the NULs that fill them up. */
function readTexts(layout: ArrayLayout, bytes: Uint8Array): string[] {
  const { dtype, shape } = layout;
  const texts = new Array<string>(countItems(shape));
  visitItems(layout, (index, item) => {
    const text = bytes.subarray(item * dtype.itemBytes, (item + 1) * dtype.itemBytes);
    texts[index] = dtype.name === 'U' ? utf32Text(text, dtype.isLittleEndian) : byteText(text);
  });
  return texts;
}

function byteText(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return decodeText(bytes, 0, end);
}

function utf32Text(bytes: Uint8Array, isLittleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let text = '';
  for (let at = 0; at < bytes.length; at += 4) {
    const code = view.getUint32(at, isLittleEndian);
    text += String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd);
  }
  return text.replace(/\0+$/, '');
}

function isPackedC({ shape, strides }: ArrayLayout): boolean {
  const packed = packedStrides(shape, false);
  return shape.every((length, axis) => length <= 1 || strides[axis] === packed[axis]);
}

/** Calls back with the C-order index of each item and where it lies; one counter per axis. */
function visitItems(
  { shape, strides, offset }: ArrayLayout,
  visit: (index: number, item: number) => void,
): void {
  const count = countItems(shape);
  const position = new Array<number>(shape.length).fill(0);
  let item = offset;
  for (let index = 0; index < count; index++) {
    visit(index, item);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      position[axis]++;
      item += strides[axis];
      if (position[axis] < shape[axis]) break;
      item -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
}
