import {
  conjugateQuat,
  multiplyConjugateQuat,
  multiplyQuat,
  quatBetween,
  quatFromMatrix3,
  rotateVec3,
} from '../math/quat.ts';
import {
  addScaledVec3,
  crossVec3,
  distanceVec3,
  dotVec3,
  normalizeVec3,
  subtractVec3,
} from '../math/vec3.ts';
import { BODY17, BODY17_COUNT, BODY17_NAMES, BODY17_PARENTS, type Body17Map } from './body17.ts';
import type { SkeletonClip } from './clip.ts';
import {
  bridgeGaps,
  buildFittedSkeleton,
  FITTED_MAP,
  type FittedName,
  fittedNode,
  medianOverFrames,
} from './fitted-skeleton.ts';
import { solveIk } from './ik/solve-ik.ts';
import { hingeAxes } from './limb-hinge.ts';
import type { Skeleton } from './skeleton.ts';

export interface FittedClip {
  readonly clip: SkeletonClip;
  readonly map: Body17Map;
  /** Mean distance of the skeleton's joints to the positions, millimetres: how much the bone lengths vary. */
  readonly residualMm: number;
}

/**
 * Gives positions a skeleton that moves like them: median bone lengths, a T-pose as rest pose (Y up, facing
 * +Z, left towards +X), HumanIK names. The pelvis turns with the hips and the spine, the upper spine with the
 * shoulders, the lower spine half-way; neck and head swing without twist; limbs twist as `hingeAxes` says;
 * hands and feet keep the direction of forearm and shin.
 *
 * Gaps (NaN) are bridged. Throws RangeError if no frame has a joint, or no bone length can be measured.
 *
 * @param body17 metres, Y up, [frame][17][xyz]
 * @param frameTime seconds per frame
 * @param on the skeleton of another clip fitted before, to be moved instead of one of these positions' own lengths
 */
export function skeletonFromPositions(
  body17: Float64Array,
  frameTime: number,
  name = 'skeleton',
  on?: Skeleton,
): FittedClip {
  const frameCount = body17.length / (BODY17_COUNT * 3);
  if (!Number.isInteger(frameCount) || frameCount === 0) {
    throw new RangeError(`positions have ${body17.length} numbers, expected frames × 17 × 3`);
  }
  const positions = bridgeGaps(body17, frameCount);
  const bone = (from: number, to: number) => boneVectors(positions, frameCount, from, to);

  const across = bone(BODY17.rightHip, BODY17.leftHip);
  const shoulders = bone(BODY17.rightShoulder, BODY17.leftShoulder);
  const trunk = bone(BODY17.spine, BODY17.thorax);
  const pelvis = frameRotations(across, bone(BODY17.pelvis, BODY17.spine), [1, 0, 0], [0, 1, 0]);
  const chest = frameRotations(trunk, shoulders, [0, 1, 0], [1, 0, 0]);
  const loin = frameRotations(trunk, addUnit(across, shoulders), [0, 1, 0], [1, 0, 0]);

  const neckBone = bone(BODY17.thorax, BODY17.neck);
  const headBone = bone(BODY17.neck, BODY17.head);
  const leftCollar = bone(BODY17.thorax, BODY17.leftShoulder);
  const rightCollar = bone(BODY17.thorax, BODY17.rightShoulder);
  const rest = (node: FittedName, measure: () => readonly number[]): readonly number[] =>
    on === undefined ? measure() : unitOffset(on, node);
  const neckRest = rest('Head', () => restDirection(neckBone, chest, true, [0, 1, 0]));
  const neck = swingRotations(neckRest, neckBone, chest);
  const headRest = rest('Head.end', () => restDirection(headBone, neck, true, [0, 1, 0]));
  const leftCollarRest = rest('LeftArm', () => restDirection(leftCollar, chest, false, [1, 0, 0]));
  const rightCollarRest = rest('RightArm', () => restDirection(rightCollar, chest, false, [-1, 0, 0]));

  const buildOwn = () =>
    buildFittedSkeleton({
      boneLengths: medianBoneLengths(body17, frameCount),
      leftHip: restDirection(bone(BODY17.pelvis, BODY17.leftHip), pelvis, false, [1, 0, 0]),
      rightHip: restDirection(bone(BODY17.pelvis, BODY17.rightHip), pelvis, false, [-1, 0, 0]),
      leftShoulder: leftCollarRest,
      rightShoulder: rightCollarRest,
      neck: neckRest,
      head: headRest,
    });
  const skeleton = on ?? buildOwn();

  const world = new Map<FittedName, Float64Array>([
    ['Hips', pelvis],
    ['Spine', loin],
    ['Spine1', chest],
    ['Neck', neck],
    ['Head', swingRotations(headRest, headBone, neck)],
    ['LeftShoulder', swingRotations(leftCollarRest, leftCollar, chest)],
    ['RightShoulder', swingRotations(rightCollarRest, rightCollar, chest)],
  ]);
  const { leftHip, leftKnee, leftAnkle, rightHip, rightKnee, rightAnkle } = BODY17;
  const { leftShoulder, leftElbow, leftWrist, rightShoulder, rightElbow, rightWrist } = BODY17;
  // A knee bends about the axis to the left. With palms down in the T-pose, elbows bend the hands forward.
  for (const [upperName, lowerName, root, middle, tip, hanging, axis, parent] of [
    ['LeftUpLeg', 'LeftLeg', leftHip, leftKnee, leftAnkle, [0, -1, 0], [1, 0, 0], pelvis],
    ['RightUpLeg', 'RightLeg', rightHip, rightKnee, rightAnkle, [0, -1, 0], [1, 0, 0], pelvis],
    ['LeftArm', 'LeftForeArm', leftShoulder, leftElbow, leftWrist, [1, 0, 0], [0, -1, 0], chest],
    ['RightArm', 'RightForeArm', rightShoulder, rightElbow, rightWrist, [-1, 0, 0], [0, 1, 0], chest],
  ] as const) {
    const upper = bone(root, middle);
    const lower = bone(middle, tip);
    const neutral = rotateAll(swingRotations(hanging, upper, parent), axis);
    const isOneWay = parent === pelvis;
    const hinge = hingeAxes(upper, lower, neutral, frameCount, { frameTime, isOneWay });
    world.set(upperName, frameRotations(upper, hinge, hanging, axis));
    world.set(lowerName, frameRotations(lower, hinge, hanging, axis));
  }

  const clip = assembleClip(name, skeleton, frameTime, positions, world);
  const { clip: solved, residualMm } = solveIk(clip, FITTED_MAP, body17);
  return { clip: solved, map: FITTED_MAP, residualMm };
}

/** Direction of a bone at rest. */
function unitOffset({ restOffsets }: Skeleton, name: FittedName): number[] {
  const offset = restOffsets.slice(fittedNode(name) * 3, fittedNode(name) * 3 + 3);
  normalizeVec3(offset, 0);
  return [...offset];
}

function medianBoneLengths(body17: Float64Array, frameCount: number): Float64Array {
  return Float64Array.from(BODY17_PARENTS, (parent, joint) => {
    if (parent < 0) return 0;
    const length = medianOverFrames(frameCount, (frame) =>
      distanceVec3(body17, (frame * BODY17_COUNT + joint) * 3, body17, (frame * BODY17_COUNT + parent) * 3),
    );
    if (!(length > 0)) {
      throw new RangeError(
        `the bone from ${BODY17_NAMES[parent]} to ${BODY17_NAMES[joint]} has no length: no frame has both ends apart`,
      );
    }
    return length;
  });
}

function boneVectors(positions: Float64Array, frameCount: number, from: number, to: number): Float64Array {
  const out = new Float64Array(frameCount * 3);
  for (let frame = 0; frame < frameCount; frame++) {
    const row = frame * BODY17_COUNT;
    subtractVec3(out, frame * 3, positions, (row + to) * 3, positions, (row + from) * 3);
  }
  return out;
}

/** Sum of two vectors made unit, per frame. */
function addUnit(a: Float64Array, b: Float64Array): Float64Array {
  const out = Float64Array.from(a);
  const unit = Float64Array.from(b);
  for (let at = 0; at < out.length; at += 3) {
    normalizeVec3(out, at);
    normalizeVec3(unit, at);
    addScaledVec3(out, at, out, at, unit, at, 1);
  }
  return out;
}

/**
 * World rotations that carry `restPrimary` onto `primary` and `restSecondary` as near to `secondary` as that
 * allows. A frame where the two are parallel or zero takes the rotation of the frame before.
 */
function frameRotations(
  primary: Float64Array,
  secondary: Float64Array,
  restPrimary: readonly number[],
  restSecondary: readonly number[],
): Float64Array {
  const frameCount = primary.length / 3;
  const out = new Float64Array(frameCount * 4);
  const rest = new Float64Array(4);
  const posed = new Float64Array(4);
  writeFrameQuat(rest, restPrimary, 0, restSecondary, 0);
  conjugateQuat(rest, 0, rest, 0);
  conjugateQuat(posed, 0, rest, 0);
  for (let frame = 0; frame < frameCount; frame++) {
    writeFrameQuat(posed, primary, frame * 3, secondary, frame * 3);
    multiplyQuat(out, frame * 4, posed, 0, rest, 0);
  }
  return out;
}

const columns = new Float64Array(9);
const matrix = new Float64Array(9);

/** The rotation with the columns a, b made perpendicular to a, a × b; leaves `out` where they are parallel. */
function writeFrameQuat(
  out: Float64Array,
  a: ArrayLike<number>,
  ao: number,
  b: ArrayLike<number>,
  bo: number,
): void {
  for (let axis = 0; axis < 3; axis++) {
    columns[axis] = a[ao + axis];
    columns[3 + axis] = b[bo + axis];
  }
  normalizeVec3(columns, 0);
  normalizeVec3(columns, 3);
  addScaledVec3(columns, 3, columns, 3, columns, 0, -dotVec3(columns, 0, columns, 3));
  // Sine of the angle between the two; at 1e-6 the second direction is rounding.
  if (!(normalizeVec3(columns, 3) > 1e-6)) return;
  crossVec3(columns, 6, columns, 0, columns, 3);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) matrix[row * 3 + column] = columns[column * 3 + row];
  }
  quatFromMatrix3(out, 0, matrix, 0);
}

/** World rotations that follow the parent and then swing the rest direction onto the bone. */
function swingRotations(rest: readonly number[], bone: Float64Array, parent: Float64Array): Float64Array {
  const out = new Float64Array(parent.length);
  const direction = new Float64Array(3);
  const swing = new Float64Array(4);
  for (let frame = 0; frame < parent.length / 4; frame++) {
    rotateVec3(direction, 0, parent, frame * 4, rest, 0);
    quatBetween(swing, 0, direction, 0, bone, frame * 3);
    multiplyQuat(out, frame * 4, swing, 0, parent, frame * 4);
  }
  return out;
}

function rotateAll(rotations: Float64Array, v: readonly number[]): Float64Array {
  const out = new Float64Array((rotations.length / 4) * 3);
  for (let frame = 0; frame < rotations.length / 4; frame++)
    rotateVec3(out, frame * 3, rotations, frame * 4, v, 0);
  return out;
}

/** Median direction of a bone in its parent's frame, unit; a bone of the midline is kept in the plane x = 0. */
function restDirection(
  bone: Float64Array,
  parent: Float64Array,
  isMidline: boolean,
  fallback: readonly number[],
): readonly number[] {
  const local = new Float64Array(bone.length);
  const inverse = new Float64Array(4);
  for (let frame = 0; frame < bone.length / 3; frame++) {
    conjugateQuat(inverse, 0, parent, frame * 4);
    rotateVec3(local, frame * 3, inverse, 0, bone, frame * 3);
    normalizeVec3(local, frame * 3);
  }
  const median = Float64Array.from([0, 1, 2], (axis) =>
    isMidline && axis === 0 ? 0 : medianOverFrames(bone.length / 3, (frame) => local[frame * 3 + axis]),
  );
  return normalizeVec3(median, 0) > 0 ? Array.from(median) : fallback;
}

/** Local rotations from world ones; joints without one turn with their parent. */
function assembleClip(
  name: string,
  skeleton: SkeletonClip['skeleton'],
  frameTime: number,
  positions: Float64Array,
  world: ReadonlyMap<FittedName, Float64Array>,
): SkeletonClip {
  const { parents, restOffsets } = skeleton;
  const nodeCount = parents.length;
  const frameCount = positions.length / (BODY17_COUNT * 3);
  const localRotations = new Float64Array(frameCount * nodeCount * 4);
  const localTranslations = new Float64Array(frameCount * nodeCount * 3);
  for (let w = 3; w < localRotations.length; w += 4) localRotations[w] = 1;
  for (let frame = 0; frame < frameCount; frame++) {
    localTranslations.set(restOffsets, frame * nodeCount * 3);
    const pelvis = (frame * BODY17_COUNT + BODY17.pelvis) * 3;
    localTranslations.set(positions.subarray(pelvis, pelvis + 3), frame * nodeCount * 3);
  }
  for (const [joint, rotations] of world) {
    const node = fittedNode(joint);
    const parentRotations = world.get(skeleton.names[parents[node]] as FittedName);
    for (let frame = 0; frame < frameCount; frame++) {
      const at = (frame * nodeCount + node) * 4;
      if (parentRotations)
        multiplyConjugateQuat(localRotations, at, parentRotations, frame * 4, rotations, frame * 4);
      else localRotations.set(rotations.subarray(frame * 4, frame * 4 + 4), at);
    }
  }
  return { kind: 'skeleton', name, skeleton, frameCount, frameTime, localRotations, localTranslations };
}
