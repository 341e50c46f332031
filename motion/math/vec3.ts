/** Vectors of three numbers inside longer arrays: `array[offset..offset+2]`. `out` may alias an input. */

export function addVec3(
  out: Float64Array,
  o: number,
  a: ArrayLike<number>,
  ao: number,
  b: ArrayLike<number>,
  bo: number,
): void {
  out[o] = a[ao] + b[bo];
  out[o + 1] = a[ao + 1] + b[bo + 1];
  out[o + 2] = a[ao + 2] + b[bo + 2];
}

export function subtractVec3(
  out: Float64Array,
  o: number,
  a: ArrayLike<number>,
  ao: number,
  b: ArrayLike<number>,
  bo: number,
): void {
  out[o] = a[ao] - b[bo];
  out[o + 1] = a[ao + 1] - b[bo + 1];
  out[o + 2] = a[ao + 2] - b[bo + 2];
}

/** out = a + scale · b */
export function addScaledVec3(
  out: Float64Array,
  o: number,
  a: ArrayLike<number>,
  ao: number,
  b: ArrayLike<number>,
  bo: number,
  scale: number,
): void {
  out[o] = a[ao] + scale * b[bo];
  out[o + 1] = a[ao + 1] + scale * b[bo + 1];
  out[o + 2] = a[ao + 2] + scale * b[bo + 2];
}

export function crossVec3(
  out: Float64Array,
  o: number,
  a: ArrayLike<number>,
  ao: number,
  b: ArrayLike<number>,
  bo: number,
): void {
  const x = a[ao + 1] * b[bo + 2] - a[ao + 2] * b[bo + 1];
  const y = a[ao + 2] * b[bo] - a[ao] * b[bo + 2];
  out[o + 2] = a[ao] * b[bo + 1] - a[ao + 1] * b[bo];
  out[o] = x;
  out[o + 1] = y;
}

export function dotVec3(a: ArrayLike<number>, ao: number, b: ArrayLike<number>, bo: number): number {
  return a[ao] * b[bo] + a[ao + 1] * b[bo + 1] + a[ao + 2] * b[bo + 2];
}

export function lengthVec3(a: ArrayLike<number>, ao: number): number {
  return Math.sqrt(dotVec3(a, ao, a, ao));
}

/** Distance between two points; NaN if either has one. */
export function distanceVec3(a: ArrayLike<number>, ao: number, b: ArrayLike<number>, bo: number): number {
  const x = a[ao] - b[bo];
  const y = a[ao + 1] - b[bo + 1];
  const z = a[ao + 2] - b[bo + 2];
  return Math.sqrt(x * x + y * y + z * z);
}

/** Scales to length 1 in place and returns the former length; a zero vector is left alone. */
export function normalizeVec3(v: Float64Array, o: number): number {
  const length = lengthVec3(v, o);
  if (length > 0) {
    v[o] /= length;
    v[o + 1] /= length;
    v[o + 2] /= length;
  }
  return length;
}
