import { checkJoint, checkPositions, type RootedPoseShape } from './pose-shape.ts';

/** A joint that wanders by less than this, metres, has no range of motion to keep. */
const LEAST_EXTENT_METRES = 0.001;

/**
 * How much of the range of motion a refinement kept, percent: per joint the extent after over the extent before,
 * averaged over the joints. The extent is the standard deviation (population, over frames) of the joint's position
 * relative to the root, over all three axes. 100 is all of it; smoothing too much gives less (an arm that swings
 * less far), and noise taken out of joints that hardly move does as well. Joints that rest relative to the root in
 * `before` (below 1 mm), such as the root itself, do not count; 100 where no joint does.
 *
 * Both clips are metres, shape [frame][joint][xyz]; `root: null` compares places in the world. Throws RangeError on
 * NaN or on arrays of another size.
 */
export function rangeOfMotionKeptPercent(
  before: ArrayLike<number>,
  after: ArrayLike<number>,
  shape: RootedPoseShape,
): number {
  checkPositions('before', before, shape);
  checkPositions('after', after, shape);
  if (shape.root !== null) checkJoint('root', shape.root, shape.joints);
  let sum = 0;
  let count = 0;
  for (let joint = 0; joint < shape.joints; joint++) {
    const extent = extentMetres(before, joint, shape);
    if (extent < LEAST_EXTENT_METRES) continue;
    sum += extentMetres(after, joint, shape) / extent;
    count++;
  }
  return count === 0 ? 100 : (100 * sum) / count;
}

function extentMetres(
  positions: ArrayLike<number>,
  joint: number,
  { frames, joints, root }: RootedPoseShape,
): number {
  const step = joints * 3;
  let variance = 0;
  for (let axis = 0; axis < 3; axis++) {
    const at = joint * 3 + axis;
    const rootAt = root === null ? -1 : root * 3 + axis;
    let mean = 0;
    for (let first = 0; first < frames * step; first += step) {
      mean += positions[first + at] - (rootAt < 0 ? 0 : positions[first + rootAt]);
    }
    mean /= frames;
    for (let first = 0; first < frames * step; first += step) {
      const value = positions[first + at] - (rootAt < 0 ? 0 : positions[first + rootAt]);
      variance += (value - mean) ** 2 / frames;
    }
  }
  return Math.sqrt(variance);
}
