/**
 * Pearson's correlation of two series, -1 to 1: how nearly one is a straight-line function of the other. A
 * series that does not vary (or is a single value) goes along with nothing: 0.
 *
 * Throws RangeError on NaN, on empty series or on series of different lengths.
 */
export function pearson(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length === 0) {
    throw new RangeError(`series of ${a.length} and ${b.length} values do not pair up`);
  }
  const count = a.length;
  let meanA = 0;
  let meanB = 0;
  for (let k = 0; k < count; k++) {
    if (!Number.isFinite(a[k]) || !Number.isFinite(b[k])) {
      throw new RangeError(`pair ${k} is ${a[k]} and ${b[k]}, expected finite numbers`);
    }
    meanA += a[k] / count;
    meanB += b[k] / count;
  }
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let k = 0; k < count; k++) {
    const da = a[k] - meanA;
    const db = b[k] - meanB;
    ab += da * db;
    aa += da * da;
    bb += db * db;
  }
  // Rounding leaves equal values about 1e-16 from their mean; a spread below 1e-12 of it is no variation.
  if (aa <= 1e-24 * count * meanA * meanA || bb <= 1e-24 * count * meanB * meanB) return 0;
  return Math.min(1, Math.max(-1, ab / Math.sqrt(aa * bb)));
}
