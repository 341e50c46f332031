/**
 * Least-squares similarity between two sets of corresponding 3D points (Procrustes alignment). The optimum is
 * that of Umeyama, "Least-squares estimation of transformation parameters between two point patterns",
 * IEEE PAMI 13(4), 1991, eq. 38-43.
 */
import { writeHornRotation } from './horn-rotation.ts';

/** The map x -> scale * rotation * x + translation. */
export interface Similarity {
  readonly scale: number;
  /** 3x3, row-major. */
  readonly rotation: Float64Array;
  readonly translation: Float64Array;
}

export interface SimilarityOptions {
  /** One per point, >= 0. A point of weight 0 is not read, so it may be NaN. Default: all 1. */
  readonly weights?: ArrayLike<number>;
  /** False keeps the scale at 1 (a rigid motion; Kabsch's problem). Default: true. */
  readonly scale?: boolean;
}

/**
 * The similarity that takes `from` onto `to` with the least weighted squared distance.
 *
 * Points are xyz triples; offsets count numbers, not points. The rotation has determinant +1 whatever the
 * input: where several rotations are equally good (collinear points, a mirrored symmetric set) it is the one
 * nearest to no rotation, and where one set is a single place it is the identity. The scale is 1 if `from` is
 * a single place (nothing to measure) and 0 if only `to` is. Without any point of positive weight the result
 * is the identity.
 *
 * Throws RangeError on a negative weight, or on NaN or infinity in a point that has weight.
 */
export function fitSimilarity(
  from: ArrayLike<number>,
  fromOffset: number,
  to: ArrayLike<number>,
  toOffset: number,
  pointCount: number,
  options: SimilarityOptions = {},
): Similarity {
  const weights = options.weights;

  let total = 0;
  let fromX = 0;
  let fromY = 0;
  let fromZ = 0;
  let toX = 0;
  let toY = 0;
  let toZ = 0;
  for (let point = 0, a = fromOffset, b = toOffset; point < pointCount; point++, a += 3, b += 3) {
    const w = weights === undefined ? 1 : weights[point];
    if (w === 0) continue;
    if (!(w > 0)) throw new RangeError(`weight ${point} is ${w}, expected a number >= 0`);
    total += w;
    fromX += w * from[a];
    fromY += w * from[a + 1];
    fromZ += w * from[a + 2];
    toX += w * to[b];
    toY += w * to[b + 1];
    toZ += w * to[b + 2];
  }
  if (total === 0) return { scale: 1, rotation: identity3(), translation: new Float64Array(3) };
  if (!Number.isFinite(fromX + fromY + fromZ + toX + toY + toZ)) throwNotFinite(pointCount);
  fromX /= total;
  fromY /= total;
  fromZ /= total;
  toX /= total;
  toY /= total;
  toZ /= total;

  let fromSpread = 0;
  let toSpread = 0;
  let xx = 0;
  let xy = 0;
  let xz = 0;
  let yx = 0;
  let yy = 0;
  let yz = 0;
  let zx = 0;
  let zy = 0;
  let zz = 0;
  for (let point = 0, a = fromOffset, b = toOffset; point < pointCount; point++, a += 3, b += 3) {
    const w = weights === undefined ? 1 : weights[point];
    if (w === 0) continue;
    const ax = from[a] - fromX;
    const ay = from[a + 1] - fromY;
    const az = from[a + 2] - fromZ;
    const bx = to[b] - toX;
    const by = to[b + 1] - toY;
    const bz = to[b + 2] - toZ;
    fromSpread += w * (ax * ax + ay * ay + az * az);
    toSpread += w * (bx * bx + by * by + bz * bz);
    const wax = w * ax;
    const way = w * ay;
    const waz = w * az;
    xx += wax * bx;
    xy += wax * by;
    xz += wax * bz;
    yx += way * bx;
    yy += way * by;
    yz += way * bz;
    zx += waz * bx;
    zy += waz * by;
    zz += waz * bz;
  }
  if (!Number.isFinite(fromSpread + toSpread)) throwNotFinite(pointCount);

  const rotation = identity3();
  let scale = 1;
  const fromIsPlace = isSinglePlace(fromSpread, total, fromX, fromY, fromZ);
  const toIsPlace = isSinglePlace(toSpread, total, toX, toY, toZ);
  if (!fromIsPlace && toIsPlace) scale = options.scale === false ? 1 : 0;
  if (!fromIsPlace && !toIsPlace) {
    const alignment = writeHornRotation(rotation, xx, xy, xz, yx, yy, yz, zx, zy, zz);
    if (options.scale !== false) scale = alignment / fromSpread;
  }

  const r = rotation;
  const translation = new Float64Array(3);
  translation[0] = toX - scale * (r[0] * fromX + r[1] * fromY + r[2] * fromZ);
  translation[1] = toY - scale * (r[3] * fromX + r[4] * fromY + r[5] * fromZ);
  translation[2] = toZ - scale * (r[6] * fromX + r[7] * fromY + r[8] * fromZ);
  return { scale, rotation, translation };
}

/** Maps `pointCount` xyz triples. `out` may be `points` itself at the same offset. */
export function applySimilarity(
  out: Float64Array | Float32Array,
  outOffset: number,
  similarity: Similarity,
  points: ArrayLike<number>,
  offset: number,
  pointCount: number,
): void {
  const { scale, rotation: r, translation: t } = similarity;
  const xx = scale * r[0];
  const xy = scale * r[1];
  const xz = scale * r[2];
  const yx = scale * r[3];
  const yy = scale * r[4];
  const yz = scale * r[5];
  const zx = scale * r[6];
  const zy = scale * r[7];
  const zz = scale * r[8];
  for (let point = 0, a = offset, b = outOffset; point < pointCount; point++, a += 3, b += 3) {
    const x = points[a];
    const y = points[a + 1];
    const z = points[a + 2];
    out[b] = xx * x + xy * y + xz * z + t[0];
    out[b + 1] = yx * x + yy * y + yz * z + t[1];
    out[b + 2] = zx * x + zy * y + zz * z + t[2];
  }
}

function identity3(): Float64Array {
  const matrix = new Float64Array(9);
  matrix[0] = 1;
  matrix[4] = 1;
  matrix[8] = 1;
  return matrix;
}

/**
 * Whether the points differ only by rounding: subtracting the centroid leaves about 1e-16 of its length even
 * for equal points, so a spread below 1e-12 of it (squared: 1e-24) carries no shape.
 */
function isSinglePlace(spread: number, total: number, x: number, y: number, z: number): boolean {
  return spread <= 1e-24 * total * (x * x + y * y + z * z);
}

function throwNotFinite(pointCount: number): never {
  throw new RangeError(
    `one of the ${pointCount} points is NaN or infinite; give a point without a position the weight 0`,
  );
}
