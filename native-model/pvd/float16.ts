/**
 * IEEE 754 half precision, for windows in libraries that must be small. Metres below 1 are kept to 0.25 mm,
 * below 2 to 0.5 mm. (`Float16Array` does the same where the runtime has it; Node 22 has not.)
 */

/** Rounds to nearest, ties to even; beyond 65504 becomes infinity. */
export function encodeFloat16(values: ArrayLike<number>): Uint16Array {
  const out = new Uint16Array(values.length);
  for (let n = 0; n < values.length; n++) out[n] = toHalfBits(values[n]);
  return out;
}

/** Exact: every half is a float. */
export function decodeFloat16(halves: Uint16Array): Float32Array {
  const out = new Float32Array(halves.length);
  for (let n = 0; n < halves.length; n++) out[n] = fromHalfBits(halves[n]);
  return out;
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

function toHalfBits(value: number): number {
  float[0] = value;
  const x = bits[0];
  const sign = (x >>> 16) & 0x8000;
  const magnitude = x & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00; // NaN
  if (magnitude >= 0x47800000) return sign | 0x7c00; // 65536 and up, infinity
  if (magnitude >= 0x38800000) {
    // Normal: exponent bias 127 -> 15, mantissa 23 -> 10 bits. A carry out of the mantissa raises the exponent.
    const odd = (magnitude >>> 13) & 1;
    return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13);
  }
  // Subnormal: a multiple of 2^-24.
  const scaled = Math.abs(float[0]) * 2 ** 24;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 === 1);
  return sign | (up ? floor + 1 : floor);
}

function fromHalfBits(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const mantissa = half & 0x3ff;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + mantissa / 1024) * 2 ** (exponent - 15);
}
