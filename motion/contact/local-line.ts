/** Level and slope of a channel over time, fitted around each sample. Both per sample; the slope is per sample step. */
export interface LocalLine {
  readonly level: Float64Array;
  readonly slope: Float64Array;
}

/** Samples farther away than this many standard deviations have no say. */
const REACH = 3;

/**
 * A straight line fitted around every sample by least squares with Gaussian weights (local linear regression; Fan and
 * Gijbels 1996). Unlike a moving average it is unbiased on ramps and at both ends. `sigma` is in samples.
 */
export function fitLocalLine(values: ArrayLike<number>, sigma: number): LocalLine {
  const count = values.length;
  const reach = Math.max(1, Math.ceil(REACH * sigma));
  const kernel = Float64Array.from({ length: reach + 1 }, (_, k) => Math.exp(-0.5 * (k / sigma) ** 2));
  const level = new Float64Array(count);
  const slope = new Float64Array(count);
  let inner0 = kernel[0];
  let inner2 = 0;
  for (let k = 1; k <= reach; k++) {
    inner0 += 2 * kernel[k];
    inner2 += 2 * kernel[k] * k * k;
  }
  for (let at = 0; at < count; at++) {
    // About the sample's own value, so that a constant stays what it is to the last bit.
    const own = values[at];
    if (at < reach || at >= count - reach) {
      fitAtEnd(values, at, kernel, level, slope);
      continue;
    }
    let v0 = 0;
    let v1 = 0;
    for (let k = 1; k <= reach; k++) {
      const after = values[at + k] - own;
      const before = values[at - k] - own;
      v0 += kernel[k] * (after + before);
      v1 += kernel[k] * k * (after - before);
    }
    level[at] = own + v0 / inner0;
    slope[at] = v1 / inner2;
  }
  return { level, slope };
}

/** The same where the window reaches beyond the first or last sample, and so is lopsided. */
function fitAtEnd(
  values: ArrayLike<number>,
  at: number,
  kernel: Float64Array,
  level: Float64Array,
  slope: Float64Array,
): void {
  const reach = kernel.length - 1;
  const own = values[at];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let v0 = 0;
  let v1 = 0;
  for (let k = Math.max(-reach, -at); k <= reach && at + k < values.length; k++) {
    const weight = kernel[Math.abs(k)];
    const value = values[at + k] - own;
    s0 += weight;
    s1 += weight * k;
    s2 += weight * k * k;
    v0 += weight * value;
    v1 += weight * k * value;
  }
  const spread = s0 * s2 - s1 * s1;
  slope[at] = spread > 0 ? (s0 * v1 - s1 * v0) / spread : 0;
  level[at] = own + (v0 - slope[at] * s1) / s0;
}
