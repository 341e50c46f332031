/** Row-major 3 x 3. */
export type Matrix3 = readonly number[];

/** A camera this far from upright is not believed: people film the right way up. Cosine of the angle. */
const LEAST_UPRIGHT = 0.5;

/**
 * The direction of up that all frames agree on: the mean of unit vectors. Straight up in the picture, and `isBelieved`
 * false, where they point elsewhere by more than 60 degrees or in all directions.
 *
 * @param ups unit vectors in camera axes, [frame][xyz]
 * @param weights [frame]
 */
export function commonUp(
  ups: ArrayLike<number>,
  weights: ArrayLike<number>,
): { readonly up: readonly [number, number, number]; readonly isBelieved: boolean } {
  const sum = [0, 0, 0];
  for (let frame = 0; frame < weights.length; frame++) {
    for (let axis = 0; axis < 3; axis++) sum[axis] += weights[frame] * ups[frame * 3 + axis];
  }
  const length = Math.hypot(...sum);
  if (!(sum[1] > LEAST_UPRIGHT * length && length > 0)) return { up: [0, 1, 0], isBelieved: false };
  return { up: [sum[0] / length, sum[1] / length, sum[2] / length], isBelieved: true };
}

/** The smallest rotation that carries a unit vector with y > -1 onto (0, 1, 0). */
export function levelRotation([x, y, z]: readonly [number, number, number]): Matrix3 {
  const k = 1 / (1 + y);
  return [1 - x * x * k, -x, -x * z * k, x, y, z, -x * z * k, -z, 1 - z * z * k];
}

/** Writes matrix · point, both at their offsets; `out` may be `points`. */
export function turnPoint(
  out: Float64Array,
  to: number,
  matrix: Matrix3,
  points: ArrayLike<number>,
  from: number,
): void {
  const x = points[from];
  const y = points[from + 1];
  const z = points[from + 2];
  for (let row = 0; row < 3; row++) {
    out[to + row] = matrix[row * 3] * x + matrix[row * 3 + 1] * y + matrix[row * 3 + 2] * z;
  }
}
