/**
 * Smoothness by second differences, a_t = P_(t+2) - 2 P_(t+1) + P_t, of which a clip of T frames has T - 2.
 * They are not divided by the frame time squared: the unit is mm/frame^2, so numbers of clips with different
 * frame rates do not compare. Positions are metres, shape [frame][joint][xyz].
 */
import { checkJoint, checkPositions, MM_PER_METRE, type RootedPoseShape } from './pose-shape.ts';

/**
 * Accel: mean over joints and the T - 2 frames of |a_prediction - a_truth|, mm/frame^2. With a `root` both
 * clips are made relative to that joint in every frame first; the root joint itself stays in the mean.
 * `root: null` compares global accelerations. Clips of fewer than 3 frames have no acceleration: 0.
 *
 * Throws RangeError on NaN or on arrays of another size.
 */
export function accelErrorMmPerFrame2(
  pred: ArrayLike<number>,
  truth: ArrayLike<number>,
  shape: RootedPoseShape,
): number {
  checkPositions('prediction', pred, shape);
  checkPositions('truth', truth, shape);
  // The second difference is linear: the difference of two is the one of the difference.
  const difference = new Float64Array(pred.length);
  for (let k = 0; k < difference.length; k++) difference[k] = pred[k] - truth[k];
  return meanSecondDifferenceMm(difference, shape);
}

/**
 * Mean over joints and the T - 2 frames of |a_t|, mm/frame^2: how much a clip shakes, without a truth to
 * compare with. Real motion has some too. `root` as in `accelErrorMmPerFrame2`; fewer than 3 frames give 0.
 *
 * Throws RangeError on NaN or on an array of another size.
 */
export function accelMagnitudeMmPerFrame2(positions: ArrayLike<number>, shape: RootedPoseShape): number {
  checkPositions('positions', positions, shape);
  return meanSecondDifferenceMm(positions, shape);
}

function meanSecondDifferenceMm(
  positions: ArrayLike<number>,
  { frames, joints, root }: RootedPoseShape,
): number {
  if (root !== null) checkJoint('root', root, joints);
  if (frames < 3) return 0;
  const step = joints * 3;
  let sum = 0;
  for (let frame = 0; frame < frames - 2; frame++) {
    const first = frame * step;
    let rootX = 0;
    let rootY = 0;
    let rootZ = 0;
    if (root !== null) {
      const k = first + root * 3;
      rootX = secondDifference(positions, k, step);
      rootY = secondDifference(positions, k + 1, step);
      rootZ = secondDifference(positions, k + 2, step);
    }
    for (let k = first; k < first + step; k += 3) {
      const x = secondDifference(positions, k, step) - rootX;
      const y = secondDifference(positions, k + 1, step) - rootY;
      const z = secondDifference(positions, k + 2, step) - rootZ;
      sum += Math.sqrt(x * x + y * y + z * z);
    }
  }
  return (sum / ((frames - 2) * joints)) * MM_PER_METRE;
}

function secondDifference(values: ArrayLike<number>, k: number, step: number): number {
  return values[k + 2 * step] - 2 * values[k + step] + values[k];
}
