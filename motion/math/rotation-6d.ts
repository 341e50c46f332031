/**
 * The 6D rotation of Zhou et al. 2019, "On the Continuity of Rotation Representations in Neural Networks"
 * (CVPR, section 4.2): the first two columns of the rotation matrix, [a1x, a1y, a1z, a2x, a2y, a2z].
 * (PyTorch3D stores the first two rows instead; transpose before calling.)
 */

import { matrix3FromQuat, quatFromMatrix3 } from './quat.ts';
import { crossVec3, dotVec3, normalizeVec3 } from './vec3.ts';

const matrix = new Float64Array(9);
const axes = new Float64Array(9);

export function quatToRotation6d(out: Float64Array, o: number, q: ArrayLike<number>, qo: number): void {
  matrix3FromQuat(matrix, 0, q, qo);
  for (let row = 0; row < 3; row++) {
    out[o + row] = matrix[row * 3];
    out[o + 3 + row] = matrix[row * 3 + 1];
  }
}

/**
 * Gram-Schmidt, then to a quaternion. Any two vectors that are not parallel are accepted, of any length.
 * Throws RangeError where they are parallel or zero, because then they name no rotation.
 */
export function rotation6dToQuat(out: Float64Array, o: number, sixD: ArrayLike<number>, so: number): void {
  for (let component = 0; component < 6; component++) axes[component] = sixD[so + component];
  const firstLength = normalizeVec3(axes, 0);
  const secondLength = normalizeVec3(axes, 3);
  const along = dotVec3(axes, 0, axes, 3);
  for (let component = 0; component < 3; component++) axes[3 + component] -= along * axes[component];
  const across = normalizeVec3(axes, 3);
  // 1e-6 of the unit length: closer to parallel, float32 input is rounding noise.
  if (!(firstLength > 0 && secondLength > 0 && across > 1e-6)) {
    throw new RangeError(`6D rotation at ${so}: its two vectors are parallel, zero or not finite`);
  }
  crossVec3(axes, 6, axes, 0, axes, 3);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) matrix[row * 3 + column] = axes[column * 3 + row];
  }
  quatFromMatrix3(out, o, matrix, 0);
}
