import { multiplyQuat, rotateVec3 } from '../math/quat.ts';
import type { SkeletonClip } from './clip.ts';
import { NO_PARENT } from './skeleton.ts';

/**
 * Forward kinematics for one frame.
 * Writes world positions (metres, [joint][xyz]) and world rotations (xyzw, [joint][4]); an end site gets its
 * parent's rotation. The caller owns both arrays, so playback allocates nothing per frame.
 */
export function solveFk(
  clip: SkeletonClip,
  frame: number,
  outPositions: Float64Array,
  outRotations: Float64Array,
): void {
  const { parents } = clip.skeleton;
  const { localRotations, localTranslations } = clip;
  const firstRotation = frame * parents.length * 4;
  const firstTranslation = frame * parents.length * 3;

  // One forward pass suffices: parents precede children (see Skeleton).
  for (let joint = 0; joint < parents.length; joint++) {
    const parent = parents[joint];
    const rotation = firstRotation + joint * 4;
    const translation = firstTranslation + joint * 3;
    if (parent === NO_PARENT) {
      for (let component = 0; component < 4; component++) {
        outRotations[joint * 4 + component] = localRotations[rotation + component];
      }
      for (let component = 0; component < 3; component++) {
        outPositions[joint * 3 + component] = localTranslations[translation + component];
      }
      continue;
    }
    multiplyQuat(outRotations, joint * 4, outRotations, parent * 4, localRotations, rotation);
    rotateVec3(outPositions, joint * 3, outRotations, parent * 4, localTranslations, translation);
    outPositions[joint * 3] += outPositions[parent * 3];
    outPositions[joint * 3 + 1] += outPositions[parent * 3 + 1];
    outPositions[joint * 3 + 2] += outPositions[parent * 3 + 2];
  }
}
