import { BODY17, BODY17_COUNT, BODY17_NAMES, type Body17Map } from './body17.ts';
import { NO_PARENT, type Skeleton } from './skeleton.ts';

/** name, parent, body-17 joint it stands for. HumanIK names, which Unity, Mixamo and MotionBuilder recognise. */
const NODES = [
  ['Hips', '', 'pelvis'],
  ['LeftUpLeg', 'Hips', 'leftHip'],
  ['LeftLeg', 'LeftUpLeg', 'leftKnee'],
  ['LeftFoot', 'LeftLeg', 'leftAnkle'],
  ['LeftFoot.end', 'LeftFoot', ''],
  ['RightUpLeg', 'Hips', 'rightHip'],
  ['RightLeg', 'RightUpLeg', 'rightKnee'],
  ['RightFoot', 'RightLeg', 'rightAnkle'],
  ['RightFoot.end', 'RightFoot', ''],
  ['Spine', 'Hips', 'spine'],
  ['Spine1', 'Spine', ''],
  ['Neck', 'Spine1', 'thorax'],
  ['Head', 'Neck', 'neck'],
  ['Head.end', 'Head', 'head'],
  ['LeftShoulder', 'Spine1', ''],
  ['LeftArm', 'LeftShoulder', 'leftShoulder'],
  ['LeftForeArm', 'LeftArm', 'leftElbow'],
  ['LeftHand', 'LeftForeArm', 'leftWrist'],
  ['LeftHand.end', 'LeftHand', ''],
  ['RightShoulder', 'Spine1', ''],
  ['RightArm', 'RightShoulder', 'rightShoulder'],
  ['RightForeArm', 'RightArm', 'rightElbow'],
  ['RightHand', 'RightForeArm', 'rightWrist'],
  ['RightHand.end', 'RightHand', ''],
] as const;

export type FittedName = (typeof NODES)[number][0];

const NAMES: readonly string[] = NODES.map(([name]) => name);

/** Joints of a fitted skeleton, without its end sites. */
export const FITTED_JOINT_COUNT = NAMES.filter((name) => !name.endsWith('.end')).length;

/** The node of a fitted skeleton; the same for all of them. */
export function fittedNode(name: FittedName): number {
  return NAMES.indexOf(name);
}

export const FITTED_MAP: Body17Map = BODY17_NAMES.map((body) => [
  { node: NODES.findIndex(([, , mapped]) => mapped === body), weight: 1 },
]);

/** Rest directions of the bones whose direction is measured, unit vectors, and all bone lengths in metres. */
export interface FittedProportions {
  /** Length of the bone from each body-17 joint to its parent (BODY17_PARENTS). */
  readonly boneLengths: Float64Array;
  readonly leftHip: readonly number[];
  readonly rightHip: readonly number[];
  readonly leftShoulder: readonly number[];
  readonly rightShoulder: readonly number[];
  readonly neck: readonly number[];
  readonly head: readonly number[];
}

/** Toes and finger tips, which body-17 has not, as parts of the shin and the forearm. */
const FOOT_PER_SHIN = 0.35;
const HAND_PER_FOREARM = 0.65;

/**
 * A skeleton in a T-pose: Y up, facing +Z, left towards +X. Legs hang straight, arms are level; hips,
 * shoulders, neck and head point where the proportions say. Spine1 lies halfway between spine and thorax;
 * both collar bones start at the thorax.
 */
export function buildFittedSkeleton(proportions: FittedProportions): Skeleton {
  const { boneLengths, leftHip, rightHip, leftShoulder, rightShoulder, neck, head } = proportions;
  const restOffsets = new Float64Array(NAMES.length * 3);
  const set = (name: FittedName, direction: readonly number[], length: number) => {
    for (let axis = 0; axis < 3; axis++) restOffsets[fittedNode(name) * 3 + axis] = direction[axis] * length;
  };
  set('LeftUpLeg', leftHip, boneLengths[BODY17.leftHip]);
  set('RightUpLeg', rightHip, boneLengths[BODY17.rightHip]);
  set('LeftLeg', [0, -1, 0], boneLengths[BODY17.leftKnee]);
  set('RightLeg', [0, -1, 0], boneLengths[BODY17.rightKnee]);
  set('LeftFoot', [0, -1, 0], boneLengths[BODY17.leftAnkle]);
  set('RightFoot', [0, -1, 0], boneLengths[BODY17.rightAnkle]);
  set('LeftFoot.end', [0, 0, 1], FOOT_PER_SHIN * boneLengths[BODY17.leftAnkle]);
  set('RightFoot.end', [0, 0, 1], FOOT_PER_SHIN * boneLengths[BODY17.rightAnkle]);
  set('Spine', [0, 1, 0], boneLengths[BODY17.spine]);
  for (const name of ['Spine1', 'Neck', 'LeftShoulder', 'RightShoulder'] as const) {
    set(name, [0, 1, 0], boneLengths[BODY17.thorax] / 2);
  }
  set('Head', neck, boneLengths[BODY17.neck]);
  set('Head.end', head, boneLengths[BODY17.head]);
  set('LeftArm', leftShoulder, boneLengths[BODY17.leftShoulder]);
  set('RightArm', rightShoulder, boneLengths[BODY17.rightShoulder]);
  set('LeftForeArm', [1, 0, 0], boneLengths[BODY17.leftElbow]);
  set('RightForeArm', [-1, 0, 0], boneLengths[BODY17.rightElbow]);
  set('LeftHand', [1, 0, 0], boneLengths[BODY17.leftWrist]);
  set('RightHand', [-1, 0, 0], boneLengths[BODY17.rightWrist]);
  set('LeftHand.end', [1, 0, 0], HAND_PER_FOREARM * boneLengths[BODY17.leftWrist]);
  set('RightHand.end', [-1, 0, 0], HAND_PER_FOREARM * boneLengths[BODY17.rightWrist]);
  return {
    names: NAMES,
    parents: Int32Array.from(NODES, ([, parent]) => (parent === '' ? NO_PARENT : NAMES.indexOf(parent))),
    restOffsets,
    isEndSite: NAMES.map((name) => name.endsWith('.end')),
  };
}

/** Median, over the frames that have it, of a value of each frame; NaN if none has. */
export function medianOverFrames(frameCount: number, valueAt: (frame: number) => number): number {
  const values: number[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    const value = valueAt(frame);
    if (Number.isFinite(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const middle = values.length >> 1;
  if (values.length === 0) return Number.NaN;
  return values.length % 2 === 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/**
 * A copy in which gaps (NaN) are bridged in a straight line and held at the ends of the clip.
 * Shape [frame][17][xyz]. Throws RangeError for a joint that no frame has.
 */
export function bridgeGaps(positions: Float64Array, frameCount: number): Float64Array {
  const stride = BODY17_COUNT * 3;
  const out = Float64Array.from(positions);
  for (let column = 0; column < stride; column++) {
    let before = -1;
    for (let frame = 0; frame < frameCount; frame++) {
      if (!Number.isFinite(positions[frame * stride + column])) continue;
      for (let gap = before + 1; gap < frame; gap++) {
        const share = before < 0 ? 1 : (gap - before) / (frame - before);
        const from = before < 0 ? 0 : positions[before * stride + column];
        out[gap * stride + column] = from + share * (positions[frame * stride + column] - from);
      }
      before = frame;
    }
    if (before < 0) {
      throw new RangeError(
        `no frame has a position for ${BODY17_NAMES[Math.floor(column / 3)]}; a skeleton needs all 17 joints`,
      );
    }
    for (let gap = before + 1; gap < frameCount; gap++) {
      out[gap * stride + column] = positions[before * stride + column];
    }
  }
  return out;
}
