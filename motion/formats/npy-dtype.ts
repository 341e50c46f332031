/** A plain number type of an NPY file: `<f4` and its like. */
export interface NpyDtype {
  /** As it is written: byte order, kind, bytes. */
  readonly descr: string;
  readonly kind: 'f' | 'i' | 'u';
  readonly itemBytes: number;
  readonly isLittleEndian: boolean;
}

const PLAIN = /^([<>=|]?)([fiu])([1248])$/;
// binary16: 10 fraction bits, smallest normal 2^-14, smallest subnormal 2^-24, largest finite 65504.
const HALF_FRACTION = 1024;
const HALF_SMALLEST_EXPONENT = -14;
/** Halfway between the largest finite half and the next power of two: from here on it rounds to infinity. */
const HALF_OVERFLOW = 65520;

/** The dtype, or null for one that holds no plain numbers (objects, strings, complex, records, long double). */
export function parseNpyDtype(descr: string): NpyDtype | null {
  const found = PLAIN.exec(descr);
  if (found === null) return null;
  const kind = found[2] as 'f' | 'i' | 'u';
  const itemBytes = Number(found[3]);
  if (kind === 'f' && itemBytes === 1) return null;
  // `=` is the writer's native order, which NumPy resolves before writing; little-endian everywhere today.
  return { descr, kind, itemBytes, isLittleEndian: found[1] !== '>' };
}

export type NpyGetter = (view: DataView, offset: number) => number;
export type NpySetter = (view: DataView, offset: number, value: number) => void;

/** Reads one item as a double; 64-bit integers round to the nearest double. */
export function npyGetter({ kind, itemBytes, isLittleEndian: little }: NpyDtype): NpyGetter {
  if (kind === 'f') {
    if (itemBytes === 8) return (view, at) => view.getFloat64(at, little);
    if (itemBytes === 4) return (view, at) => view.getFloat32(at, little);
    return (view, at) => halfToNumber(view.getUint16(at, little));
  }
  if (kind === 'i') {
    if (itemBytes === 8) return (view, at) => Number(view.getBigInt64(at, little));
    if (itemBytes === 4) return (view, at) => view.getInt32(at, little);
    if (itemBytes === 2) return (view, at) => view.getInt16(at, little);
    return (view, at) => view.getInt8(at);
  }
  if (itemBytes === 8) return (view, at) => Number(view.getBigUint64(at, little));
  if (itemBytes === 4) return (view, at) => view.getUint32(at, little);
  if (itemBytes === 2) return (view, at) => view.getUint16(at, little);
  return (view, at) => view.getUint8(at);
}

/** Writes one item; the caller has checked with `fitsNpyDtype` that an integer type can hold it. */
export function npySetter({ kind, itemBytes, isLittleEndian: little }: NpyDtype): NpySetter {
  if (kind === 'f') {
    if (itemBytes === 8) return (view, at, value) => view.setFloat64(at, value, little);
    if (itemBytes === 4) return (view, at, value) => view.setFloat32(at, value, little);
    return (view, at, value) => view.setUint16(at, numberToHalf(value), little);
  }
  if (itemBytes === 8)
    return (view, at, value) => view.setBigInt64(at, BigInt.asIntN(64, BigInt(value)), little);
  // Two's complement: the same bits for signed and unsigned.
  if (itemBytes === 4) return (view, at, value) => view.setInt32(at, value, little);
  if (itemBytes === 2) return (view, at, value) => view.setInt16(at, value, little);
  return (view, at, value) => view.setInt8(at, value);
}

/** Whether the type holds the value: any non-finite float, finite floats without overflow, exact integers. */
export function fitsNpyDtype(value: number, { kind, itemBytes }: NpyDtype): boolean {
  if (kind === 'f') {
    if (!Number.isFinite(value) || itemBytes === 8) return true;
    return itemBytes === 4 ? Number.isFinite(Math.fround(value)) : Math.abs(value) < HALF_OVERFLOW;
  }
  if (!Number.isInteger(value)) return false;
  const span = 2 ** (itemBytes * 8);
  return kind === 'u' ? value >= 0 && value < span : value >= -span / 2 && value < span / 2;
}

export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (HALF_FRACTION + fraction) * 2 ** (exponent - 25);
}

/** Rounds a double to the nearest half, ties to even, in one step (by way of a float it would round twice). */
export function numberToHalf(value: number): number {
  const signBit = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  if (Number.isNaN(value)) return 0x7e00;
  const magnitude = Math.abs(value);
  if (magnitude >= HALF_OVERFLOW) return signBit | 0x7c00;
  let exponent = HALF_SMALLEST_EXPONENT;
  while (exponent < 15 && magnitude >= 2 ** (exponent + 1)) exponent++;
  // Scaling by a power of two is exact, so this is the only rounding; a carry runs into the exponent bits.
  const significand = roundHalfToEven(magnitude * 2 ** (10 - exponent));
  const biased = magnitude < 2 ** HALF_SMALLEST_EXPONENT ? 0 : exponent + 15;
  return signBit | (biased === 0 ? significand : (biased << 10) + (significand - HALF_FRACTION));
}

function roundHalfToEven(value: number): number {
  const low = Math.floor(value);
  const rest = value - low;
  if (rest === 0.5) return low + (low % 2);
  return rest < 0.5 ? low : low + 1;
}
