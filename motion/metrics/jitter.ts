/**
 * Jitter as in Yi, Zhou & Xu, "TransPose: Real-time 3D Human Translation and Pose Estimation with Six Inertial
 * Sensors", SIGGRAPH 2021: the mean jerk (third derivative of the position) of all joints in the world.
 */
import { checkPositions, type PoseShape } from './pose-shape.ts';

/**
 * Mean over joints and the T - 3 steps of |P_(t+3) - 3 P_(t+2) + 3 P_(t+1) - P_t| / frameTime^3, m/s^3. Papers
 * print multiples of this unit. Noise of one size reads eight times as much at twice the frame rate, so compare
 * versions of one clip. Fewer than 4 frames have no jerk: 0.
 *
 * Positions are metres, shape [frame][joint][xyz]; `frameTime` is in seconds. Throws RangeError on NaN, on an array
 * of another size or on a frame time that is not above 0.
 */
export function jitterMPerS3(positions: ArrayLike<number>, frameTime: number, shape: PoseShape): number {
  checkPositions('positions', positions, shape);
  if (!(frameTime > 0)) throw new RangeError(`frameTime is ${frameTime}, expected seconds > 0`);
  const { frames, joints } = shape;
  if (frames < 4) return 0;
  const step = joints * 3;
  const end = (frames - 3) * step;
  let sum = 0;
  for (let k = 0; k < end; k += 3) {
    const x = thirdDifference(positions, k, step);
    const y = thirdDifference(positions, k + 1, step);
    const z = thirdDifference(positions, k + 2, step);
    sum += Math.sqrt(x * x + y * y + z * z);
  }
  return sum / ((frames - 3) * joints) / frameTime ** 3;
}

function thirdDifference(values: ArrayLike<number>, k: number, step: number): number {
  return values[k + 3 * step] - 3 * values[k + 2 * step] + 3 * values[k + step] - values[k];
}
