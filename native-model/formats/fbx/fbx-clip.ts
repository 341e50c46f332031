import { type AxisTurn, applyTurn } from '../../../motion/formats/axes.ts';
import { uniqueBvhNames } from '../../../motion/formats/bvh-names.ts';
import {
  conjugateQuat,
  makeQuatsContinuous,
  multiplyConjugateQuat,
  multiplyQuat,
  rotateVec3,
  setIdentityQuat,
} from '../../../motion/math/quat.ts';
import { distanceVec3 } from '../../../motion/math/vec3.ts';
import type { SkeletonClip } from '../../../motion/skeleton/clip.ts';
import { NO_PARENT, type Skeleton } from '../../../motion/skeleton/skeleton.ts';
import { isTip, type WorldPoses } from './fbx-poses.ts';
import type { FbxModel } from './fbx-scene-tree.ts';
import type { FbxJoints } from './fbx-skeletons.ts';

/** float32 of a file in centimetres is good to a few micrometres at ten metres: nearer to rest is at rest. */
const STILL_METRES = 1e-5;
/** A tip that turns less has no motion of its own. Radians. */
const STILL_ANGLE = 1e-4;

/** Brings poses to metres and Y up. */
export function toMetres(poses: WorldPoses, metresPerUnit: number, turn: AxisTurn): WorldPoses {
  const positions = poses.positions.map((value) => value * metresPerUnit);
  const rotations = Float64Array.from(poses.rotations);
  // Turning the axes on both sides: a joint that stands along the file's axes stands along ours.
  for (let at = 0; at < positions.length; at += 3) applyTurn(positions, at, turn);
  for (let at = 0; at < rotations.length; at += 4) applyTurn(rotations, at, turn);
  return { positions, rotations };
}

/**
 * A clip whose rest pose is `rest` with no joint turned: G' = G · W⁻¹, with W a joint's world rotation at rest. World
 * positions are those of `poses`, whatever pivots, orients and scales made them.
 */
export function posesToClip(
  name: string,
  models: readonly FbxModel[],
  joints: FbxJoints,
  rest: WorldPoses,
  poses: WorldPoses,
  frameTime: number,
): SkeletonClip {
  const { parents } = joints;
  const count = parents.length;
  const frameCount = poses.positions.length / (count * 3);
  const restOffsets = Float64Array.from(rest.positions);
  for (let joint = 0; joint < count; joint++) {
    for (let axis = 0; axis < 3 && parents[joint] !== NO_PARENT; axis++) {
      restOffsets[joint * 3 + axis] -= rest.positions[parents[joint] * 3 + axis];
    }
  }
  const localRotations = new Float64Array(frameCount * count * 4);
  const localTranslations = new Float64Array(frameCount * count * 3);
  const turned = new Float64Array(count * 4);
  const back = new Float64Array(4);
  for (let frame = 0; frame < frameCount; frame++) {
    for (let joint = 0; joint < count; joint++) {
      const at = frame * count + joint;
      conjugateQuat(back, 0, rest.rotations, joint * 4);
      multiplyQuat(turned, joint * 4, poses.rotations, at * 4, back, 0);
      const parent = parents[joint];
      for (let axis = 0; axis < 3; axis++) localTranslations[at * 3 + axis] = poses.positions[at * 3 + axis];
      if (parent === NO_PARENT) {
        localRotations.set(turned.subarray(joint * 4, joint * 4 + 4), at * 4);
        continue;
      }
      multiplyConjugateQuat(localRotations, at * 4, turned, parent * 4, turned, joint * 4);
      for (let axis = 0; axis < 3; axis++) {
        localTranslations[at * 3 + axis] -= poses.positions[(frame * count + parent) * 3 + axis];
      }
      conjugateQuat(back, 0, turned, parent * 4);
      rotateVec3(localTranslations, at * 3, back, 0, localTranslations, at * 3);
    }
  }
  makeQuatsContinuous(localRotations, frameCount, count);
  const skeleton: Skeleton = {
    names: uniqueBvhNames(joints.models.map((model) => models[model].name || 'joint')),
    parents,
    restOffsets,
    isEndSite: joints.models.map((model, joint) => isTip(models[model]) && !parents.includes(joint)),
  };
  const clip = {
    kind: 'skeleton',
    name,
    skeleton,
    frameCount,
    frameTime,
    localRotations,
    localTranslations,
  } as const;
  settle(clip);
  return { ...clip, skeleton: { ...skeleton, isEndSite: stillTips(clip) } };
}

/** Translations within the file's precision of the rest offset become it. */
function settle({ skeleton, frameCount, localTranslations }: SkeletonClip): void {
  const count = skeleton.parents.length;
  for (let joint = 0; joint < count; joint++) {
    if (skeleton.parents[joint] === NO_PARENT) continue;
    const rest = skeleton.restOffsets.subarray(joint * 3, joint * 3 + 3);
    let farthest = 0;
    for (let frame = 0; frame < frameCount; frame++) {
      const distance = distanceVec3(rest, 0, localTranslations, (frame * count + joint) * 3);
      farthest = Math.max(farthest, distance);
    }
    if (farthest > STILL_METRES) continue;
    for (let frame = 0; frame < frameCount; frame++) localTranslations.set(rest, (frame * count + joint) * 3);
  }
}

/** Which tips turn with their bone alone; their rotations become the identity. A tip that turns is a joint. */
function stillTips({ skeleton, frameCount, localRotations }: SkeletonClip): boolean[] {
  const count = skeleton.parents.length;
  return skeleton.isEndSite.map((isEnd, joint) => {
    if (!isEnd) return false;
    for (let frame = 0; frame < frameCount; frame++) {
      const at = (frame * count + joint) * 4;
      if (2 * Math.acos(Math.min(1, Math.abs(localRotations[at + 3]))) > STILL_ANGLE) return false;
    }
    for (let frame = 0; frame < frameCount; frame++)
      setIdentityQuat(localRotations, (frame * count + joint) * 4);
    return true;
  });
}
