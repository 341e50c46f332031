/** Digits after the point in everything `writeFixed6` writes. */
export const FIXED_DECIMALS = 6;

// Up to here value * 1e6 carries a rounding error below half a unit, so digits that were read come out again.
const FAST_LIMIT = 2 ** 51 / 1e6;
const ZERO = 48;
const POINT = 46;
const MINUS = 45;

/** Bytes that one number can take at most: sign, 309 digits of the largest double, point, decimals. */
export const MAX_FIXED6_BYTES = 1 + 309 + 1 + FIXED_DECIMALS;

/**
 * Writes a finite number with six decimals, never with an exponent and never as -0, and returns the offset
 * after it. `out` must have MAX_FIXED6_BYTES left.
 */
export function writeFixed6(out: Uint8Array, offset: number, value: number): number {
  const magnitude = Math.abs(value);
  if (!(magnitude < FAST_LIMIT)) return writeLarge(out, offset, value);
  const scaled = Math.round(magnitude * 1e6);
  const whole = Math.floor(scaled / 1e6);
  let fraction = scaled - whole * 1e6;

  let at = offset;
  if (value < 0 && scaled > 0) out[at++] = MINUS;
  let wholeDigits = 1;
  for (let bound = 10; whole >= bound; bound *= 10) wholeDigits++;
  at += wholeDigits;
  let rest = whole;
  for (let digit = at - 1; digit >= at - wholeDigits; digit--) {
    const tenth = Math.floor(rest / 10);
    out[digit] = ZERO + (rest - tenth * 10);
    rest = tenth;
  }
  out[at] = POINT;
  for (let digit = at + FIXED_DECIMALS; digit > at; digit--) {
    const tenth = (fraction / 10) | 0;
    out[digit] = ZERO + (fraction - tenth * 10);
    fraction = tenth;
  }
  return at + 1 + FIXED_DECIMALS;
}

function writeLarge(out: Uint8Array, offset: number, value: number): number {
  if (!Number.isFinite(value)) throw new RangeError(`cannot write ${value} as a decimal number`);
  // toFixed turns to exponents at 1e21; from 2^53 on every double is a whole number.
  const text =
    Math.abs(value) < 1e21 ? value.toFixed(FIXED_DECIMALS) : `${BigInt(value)}.${'0'.repeat(FIXED_DECIMALS)}`;
  for (let at = 0; at < text.length; at++) out[offset + at] = text.charCodeAt(at);
  return offset + text.length;
}
