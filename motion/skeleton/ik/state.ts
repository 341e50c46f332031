import { copyQuat, multiplyConjugateQuat, multiplyQuat, normalizeQuat, rotateVec3 } from '../../math/quat.ts';
import { BODY17_COUNT } from '../body17.ts';
import type { SkeletonClip } from '../clip.ts';
import type { IkPlan } from './plan.ts';

/** One frame being solved, in slots (see IkPlan). Metres, world unless said otherwise, quaternions xyzw. */
export interface IkState {
  /** The pose to start from: local rotations, and what they give in the world. */
  readonly startLocal: Float64Array;
  readonly startPosition: Float64Array;
  readonly startRotation: Float64Array;
  readonly localTranslation: Float64Array;
  /** The pose being solved. */
  readonly position: Float64Array;
  readonly rotation: Float64Array;
  /** Rotation from the start pose to the solved one, per slot. */
  readonly delta: Float64Array;
  /** The solved local rotations of the frame before; `hasPrevious` is 1 once there is one. */
  readonly previousLocal: Float64Array;
  readonly hasPrevious: Uint8Array;
  /** Targets of this frame, [17][xyz], and their weights; weight 0 is no target. */
  readonly target: Float64Array;
  readonly targetWeight: Float64Array;
  /** Solved positions of the body-17 joints. */
  readonly body: Float64Array;
}

export function createIkState(plan: IkPlan): IkState {
  const slotCount = plan.slotNode.length;
  return {
    startLocal: new Float64Array(slotCount * 4),
    startPosition: new Float64Array(slotCount * 3),
    startRotation: new Float64Array(slotCount * 4),
    localTranslation: new Float64Array(slotCount * 3),
    position: new Float64Array(slotCount * 3),
    rotation: new Float64Array(slotCount * 4),
    delta: new Float64Array(slotCount * 4),
    previousLocal: new Float64Array(slotCount * 4),
    hasPrevious: new Uint8Array(1),
    target: new Float64Array(BODY17_COUNT * 3),
    targetWeight: new Float64Array(BODY17_COUNT),
    body: new Float64Array(BODY17_COUNT * 3),
  };
}

/** Loads a frame's local rotations and translations; positions follow with `poseStart`. */
export function loadFrame(plan: IkPlan, state: IkState, clip: SkeletonClip, frame: number): void {
  const nodeCount = clip.skeleton.parents.length;
  for (let slot = 0; slot < plan.slotNode.length; slot++) {
    const node = frame * nodeCount + plan.slotNode[slot];
    copyQuat(state.startLocal, slot * 4, clip.localRotations, node * 4);
    for (let component = 0; component < 3; component++) {
      state.localTranslation[slot * 3 + component] = clip.localTranslations[node * 3 + component];
    }
  }
}

/** World pose of the start locals for the subtree of one active joint, or for all slots with -1. */
export function poseStart(plan: IkPlan, state: IkState, active: number): void {
  const { slotParent, subtreeSlots, subtreeStart } = plan;
  const { startLocal, startPosition, startRotation, localTranslation } = state;
  const first = active < 0 ? 0 : subtreeStart[active];
  const end = active < 0 ? slotParent.length : subtreeStart[active + 1];
  for (let at = first; at < end; at++) {
    const slot = active < 0 ? at : subtreeSlots[at];
    const parent = slotParent[slot];
    if (parent < 0) {
      copyQuat(startRotation, slot * 4, startLocal, slot * 4);
      for (let component = 0; component < 3; component++) {
        startPosition[slot * 3 + component] = localTranslation[slot * 3 + component];
      }
      continue;
    }
    multiplyQuat(startRotation, slot * 4, startRotation, parent * 4, startLocal, slot * 4);
    rotateVec3(startPosition, slot * 3, startRotation, parent * 4, localTranslation, slot * 3);
    for (let component = 0; component < 3; component++) {
      startPosition[slot * 3 + component] += startPosition[parent * 3 + component];
    }
  }
}

/** Position of a slot from its parent's solved pose; the root's stays. */
export function placeSlot(plan: IkPlan, state: IkState, slot: number): void {
  const parent = plan.slotParent[slot];
  if (parent < 0) return;
  const { position, rotation, localTranslation } = state;
  rotateVec3(position, slot * 3, rotation, parent * 4, localTranslation, slot * 3);
  position[slot * 3] += position[parent * 3];
  position[slot * 3 + 1] += position[parent * 3 + 1];
  position[slot * 3 + 2] += position[parent * 3 + 2];
}

/** Body-17 positions of the solved pose. Joints the skeleton lacks stay 0; they have no weight. */
export function placeBody(plan: IkPlan, state: IkState): void {
  const { bodyPartStart, bodyPartSlot, bodyPartWeight } = plan;
  const { body, position } = state;
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    let x = 0;
    let y = 0;
    let z = 0;
    for (let part = bodyPartStart[joint]; part < bodyPartStart[joint + 1]; part++) {
      const at = bodyPartSlot[part] * 3;
      x += bodyPartWeight[part] * position[at];
      y += bodyPartWeight[part] * position[at + 1];
      z += bodyPartWeight[part] * position[at + 2];
    }
    body[joint * 3] = x;
    body[joint * 3 + 1] = y;
    body[joint * 3 + 2] = z;
  }
}

/** Writes the solved local rotations and root translation of a frame, and remembers them for the next one. */
export function storeFrame(
  plan: IkPlan,
  state: IkState,
  outRotations: Float64Array,
  outTranslations: Float64Array,
  frame: number,
  nodeCount: number,
): void {
  const { previousLocal, rotation, position, startLocal } = state;
  for (let slot = 0; slot < plan.slotNode.length; slot++) {
    const parent = plan.slotParent[slot];
    const node = frame * nodeCount + plan.slotNode[slot];
    if (parent < 0) {
      for (let component = 0; component < 3; component++) {
        outTranslations[node * 3 + component] = position[slot * 3 + component];
      }
    }
    if (plan.slotActive[slot] < 0) {
      copyQuat(previousLocal, slot * 4, startLocal, slot * 4);
      continue;
    }
    if (parent < 0) copyQuat(previousLocal, slot * 4, rotation, slot * 4);
    else multiplyConjugateQuat(previousLocal, slot * 4, rotation, parent * 4, rotation, slot * 4);
    normalizeQuat(previousLocal, slot * 4);
    copyQuat(outRotations, node * 4, previousLocal, slot * 4);
  }
  state.hasPrevious[0] = 1;
}
