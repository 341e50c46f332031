import { rotateVec3 } from '../../math/quat.ts';
import { type UpAxis, upAxisOf } from '../axes.ts';

export interface SmplUp {
  readonly up: UpAxis;
  /** Mean cosine between the trunk and that axis, 0..1. */
  readonly agreement: number;
}

const TRUNK = [0, 1, 0];

/**
 * The axis along which the trunk (the root's Y in SMPL's rest pose) stands on average.
 *
 * @param rotations [frame][joint][xyzw]; frames with NaN do not count
 */
export function guessSmplUp(rotations: Float64Array, jointCount: number): SmplUp {
  const sum = new Float64Array(3);
  const trunk = new Float64Array(3);
  let count = 0;
  for (let at = 0; at < rotations.length; at += jointCount * 4) {
    rotateVec3(trunk, 0, rotations, at, TRUNK, 0);
    if (!trunk.every(Number.isFinite)) continue;
    count++;
    for (let axis = 0; axis < 3; axis++) sum[axis] += trunk[axis];
  }
  let best = 1;
  for (const axis of [0, 2]) if (Math.abs(sum[axis]) > Math.abs(sum[best])) best = axis;
  return { up: upAxisOf(best, sum[best] >= 0), agreement: count === 0 ? 0 : Math.abs(sum[best]) / count };
}
