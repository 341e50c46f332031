import type { SkeletonClip } from '../skeleton/clip.ts';
import { NO_PARENT } from '../skeleton/skeleton.ts';
import { checkJoint, checkPositions, MM_PER_METRE } from './pose-shape.ts';

/**
 * How much bones change length over a clip, mm: the standard deviation (population, over frames) of each
 * bone's length, averaged over the bones. A rigid skeleton has 0. Positions are metres, shape
 * [frame][joint][xyz]; `parents` names each joint's parent, a negative number where there is none. Without any
 * bone the result is 0.
 *
 * Throws RangeError on NaN, on a parent that does not exist, or if the array is not whole frames.
 */
export function boneLengthSpreadMm(positions: ArrayLike<number>, parents: ArrayLike<number>): number {
  const joints = parents.length;
  const frames = positions.length / (joints * 3);
  checkPositions('positions', positions, { frames, joints });

  let bones = 0;
  let sumOfSpreads = 0;
  const lengths = new Float64Array(frames);
  for (let joint = 0; joint < joints; joint++) {
    const parent = parents[joint];
    if (parent < 0) continue;
    checkJoint(`the parent of joint ${joint}`, parent, joints);
    for (let frame = 0; frame < frames; frame++) {
      const a = (frame * joints + joint) * 3;
      const b = (frame * joints + parent) * 3;
      lengths[frame] = Math.hypot(
        positions[a] - positions[b],
        positions[a + 1] - positions[b + 1],
        positions[a + 2] - positions[b + 2],
      );
    }
    bones++;
    sumOfSpreads += standardDeviation(lengths);
  }
  return bones === 0 ? 0 : (sumOfSpreads / bones) * MM_PER_METRE;
}

/**
 * The same of a skeleton's own bones, mm: 0 unless joints other than the root are moved by position channels.
 */
export function skeletonSpreadMm({ skeleton, frameCount, localTranslations }: SkeletonClip): number {
  const { parents } = skeleton;
  let bones = 0;
  let sumOfSpreads = 0;
  const lengths = new Float64Array(frameCount);
  for (let joint = 0; joint < parents.length; joint++) {
    if (parents[joint] === NO_PARENT) continue;
    for (let frame = 0; frame < frameCount; frame++) {
      const at = (frame * parents.length + joint) * 3;
      lengths[frame] = Math.hypot(
        localTranslations[at],
        localTranslations[at + 1],
        localTranslations[at + 2],
      );
    }
    bones++;
    sumOfSpreads += standardDeviation(lengths);
  }
  return bones === 0 ? 0 : (sumOfSpreads / bones) * MM_PER_METRE;
}

function standardDeviation(values: Float64Array): number {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / values.length);
}
