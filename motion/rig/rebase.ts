import { conjugateQuat, multiplyQuat, rotateVec3, setIdentityQuat } from '../math/quat.ts';
import type { Body17Map } from '../skeleton/body17.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import { tPoseRotations } from './t-pose.ts';

/** The same motion on a skeleton whose rest pose is a T-pose in which no joint is turned. */
export function rebaseToTPose(clip: SkeletonClip, map: Body17Map): SkeletonClip {
  const rotations = tPoseRotations(clip.skeleton, map, [clip]);
  return rebaseClip(clip, rotations, rebaseSkeleton(clip.skeleton, rotations));
}

/**
 * A skeleton whose rest pose is another one's, turned.
 * @param rotations world rotation of each node, quaternion xyzw, [node][4]
 */
export function rebaseSkeleton(skeleton: Skeleton, rotations: Float64Array): Skeleton {
  const restOffsets = Float64Array.from(skeleton.restOffsets);
  skeleton.parents.forEach((parent, node) => {
    if (parent !== NO_PARENT) rotateVec3(restOffsets, node * 3, rotations, parent * 4, restOffsets, node * 3);
  });
  return { ...skeleton, restOffsets };
}

/**
 * World positions stay; with T the turn of the rest pose and G a joint's world rotation, the new one is
 * G · T⁻¹, so that the joint is not turned where the body stands in the new rest pose. Locally that is
 * T_parent · L · T⁻¹, and T_parent · t for a translation.
 */
export function rebaseClip(clip: SkeletonClip, rotations: Float64Array, skeleton: Skeleton): SkeletonClip {
  const { parents, isEndSite } = clip.skeleton;
  const nodeCount = parents.length;
  const localRotations = new Float64Array(clip.localRotations.length);
  const localTranslations = Float64Array.from(clip.localTranslations);
  const inverse = new Float64Array(4);
  for (let node = 0; node < nodeCount; node++) {
    const parent = parents[node];
    conjugateQuat(inverse, 0, rotations, node * 4);
    for (let frame = 0; frame < clip.frameCount; frame++) {
      const rotation = (frame * nodeCount + node) * 4;
      const translation = (frame * nodeCount + node) * 3;
      if (isEndSite[node]) {
        setIdentityQuat(localRotations, rotation);
      } else {
        multiplyQuat(localRotations, rotation, clip.localRotations, rotation, inverse, 0);
        if (parent !== NO_PARENT)
          multiplyQuat(localRotations, rotation, rotations, parent * 4, localRotations, rotation);
      }
      if (parent !== NO_PARENT)
        rotateVec3(localTranslations, translation, rotations, parent * 4, localTranslations, translation);
    }
  }
  return { ...clip, skeleton, localRotations, localTranslations };
}
