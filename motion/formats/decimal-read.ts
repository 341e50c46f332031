import { isBlank, latin1Text } from './text-bytes.ts';

/** Where `readDecimal` reads, and whether it met a decimal comma. */
export interface DecimalCursor {
  /** Byte offset of the next token; `readDecimal` moves it past the token it read. */
  offset: number;
  sawComma: boolean;
}

// Powers of ten that a double holds exactly: 10^22 = 2^22 * 5^22 and 5^22 < 2^53.
const EXACT_POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
// Nine digits stay below 2^31.
const SMALL_DIGITS = 9;
// A mantissa this small takes one more digit and stays below 2^53.
const MANTISSA_LIMIT = 900_719_925_474_098;

/**
 * Reads the number at `cursor.offset`, which must be its first byte, up to the next blank or `end`.
 * Every result is the double nearest to the digits: with a mantissa below 2^53 and a power of ten that is
 * exact, one multiplication or division rounds once (Clinger 1990, "How to read floating point numbers
 * accurately"); anything else goes through `Number`. Returns NaN for a token that is no finite decimal number.
 */
export function readDecimal(bytes: Uint8Array, cursor: DecimalCursor, end: number): number {
  let at = cursor.offset;
  let byte = bytes[at];
  const isNegative = byte === 45;
  if (isNegative || byte === 43) byte = bytes[++at];

  // The byte at `end` is no digit, so the loops stop there by themselves. The first digits fit a 32-bit integer, on
  // which a step takes a third of the time.
  let digits = 0;
  let small = 0;
  while (byte >= 48 && byte <= 57 && digits < SMALL_DIGITS) {
    small = (Math.imul(small, 10) + byte - 48) | 0;
    digits++;
    byte = bytes[++at];
  }
  let mantissa = small;
  while (byte >= 48 && byte <= 57) {
    if (mantissa > MANTISSA_LIMIT) return readSlowly(bytes, cursor, end);
    mantissa = mantissa * 10 + (byte - 48);
    digits++;
    byte = bytes[++at];
  }
  let exponent = 0;
  if (byte === 46 && at < end) {
    const firstDecimal = at + 1;
    byte = bytes[++at];
    if (digits <= SMALL_DIGITS) {
      while (byte >= 48 && byte <= 57 && digits < SMALL_DIGITS) {
        small = (Math.imul(small, 10) + byte - 48) | 0;
        digits++;
        byte = bytes[++at];
      }
      mantissa = small;
    }
    while (byte >= 48 && byte <= 57) {
      if (mantissa > MANTISSA_LIMIT) return readSlowly(bytes, cursor, end);
      mantissa = mantissa * 10 + (byte - 48);
      digits++;
      byte = bytes[++at];
    }
    exponent = firstDecimal - at;
  }
  if (digits === 0) return readSlowly(bytes, cursor, end);
  if (at < end && (byte === 101 || byte === 69)) {
    byte = bytes[++at];
    const isExponentNegative = byte === 45;
    if (isExponentNegative || byte === 43) byte = bytes[++at];
    const firstDigit = at;
    let written = 0;
    while (at < end && byte >= 48 && byte <= 57 && written < 10_000) {
      written = written * 10 + (byte - 48);
      byte = bytes[++at];
    }
    if (at === firstDigit) return readSlowly(bytes, cursor, end);
    exponent += isExponentNegative ? -written : written;
  }
  if (at < end && !isBlank(byte)) return readSlowly(bytes, cursor, end);

  cursor.offset = at;
  const value = scaled(mantissa, exponent);
  return isNegative ? -value : value;
}

/** A whole number below 2^53 times a power of ten, rounded once; NaN where it is too large. */
function scaled(mantissa: number, exponent: number): number {
  if (exponent < 0 && exponent >= -22) return mantissa / EXACT_POWERS[-exponent];
  if (exponent >= 0 && exponent <= 22) return mantissa * EXACT_POWERS[exponent];
  const value = Number(`${mantissa}e${exponent}`);
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Byte offset just past the token that starts at `start`. */
export function tokenEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && !isBlank(bytes[at])) at++;
  return at;
}

function readSlowly(bytes: Uint8Array, cursor: DecimalCursor, end: number): number {
  const stop = tokenEnd(bytes, cursor.offset, end);
  const text = latin1Text(bytes, cursor.offset, stop);
  cursor.offset = stop;
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$/.test(text)) return Number.NaN;
  if (text.includes(',')) cursor.sawComma = true;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : Number.NaN;
}
