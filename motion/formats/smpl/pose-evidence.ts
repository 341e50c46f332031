import { LAYOUTS } from '../../skeleton/layouts.ts';

/**
 * Three numbers per joint may be an axis-angle vector or a place. What tells: as places, limbs keep their length from
 * frame to frame, are as long left as right and relate to each other as in a person; and rotation vectors are shorter
 * than half a turn.
 */
export interface PoseEvidence {
  readonly kind: 'rotations' | 'positions' | 'neither';
  /** For the user, part of a sentence. */
  readonly reason: string;
}

/** Spread of a bone's length over frames, in parts of its mean, up to which it is a bone: noise of estimators included. */
const BONE_SPREAD = 0.15;
/** How much left and right may differ, in parts of the longer. */
const SIDE_DIFFERENCE = 0.25;
/**
 * Share of the claims about a body that must hold for places, and of the limbs that must keep their length. On 72 CMU
 * clips, in windows of 1 to 300 frames, all 1014 windows of rotation vectors and 1013 of 1014 of places with 1.7 cm of
 * noise were told (the other was one frame).
 */
const IS_BODY = 0.8;
const IS_STEADY = 0.75;
/** Share of vectors that may be longer than half a turn; networks go a little beyond it. */
const LONG_SHARE = 0.02;
const HALF_TURN = Math.PI * 1.02;

const LIMBS = [
  ['Hip', 'Knee'],
  ['Knee', 'Ankle'],
  ['Shoulder', 'Elbow'],
  ['Elbow', 'Wrist'],
] as const;

/** Distances in parts of a leg (thigh and shin), with room for children and for noise. */
const PROPORTIONS: readonly (readonly [from: string, to: string, low: number, high: number])[] = [
  ['leftHip', 'leftKnee', 0.35, 0.62],
  ['leftShoulder', 'leftElbow', 0.2, 0.5],
  ['leftElbow', 'leftWrist', 0.2, 0.5],
  ['leftHip', 'rightHip', 0.08, 0.5],
  ['leftShoulder', 'rightShoulder', 0.25, 0.75],
  ['trunkLow', 'trunkHigh', 0.4, 0.95],
  ['trunkHigh', 'head', 0.04, 0.45],
  ['leftShoulder', 'leftHip', 0.35, 0.95],
];

/** Joints that lie between two others: closer to their middle than this part of the way from one to the other. */
const BETWEEN: readonly (readonly [from: string, to: string, joint: string, share: number])[] = [
  ['leftHip', 'rightHip', 'trunkLow', 0.9],
  ['leftShoulder', 'rightShoulder', 'trunkHigh', 0.6],
  ['trunkLow', 'trunkHigh', 'spine1', 0.45],
  ['trunkLow', 'trunkHigh', 'spine2', 0.25],
  ['trunkLow', 'trunkHigh', 'spine3', 0.35],
  ['leftShoulder', 'rightShoulder', 'leftCollar', 0.6],
  ['leftShoulder', 'rightShoulder', 'rightCollar', 0.6],
];

/** @param data [frame][joint][3], 21 to 25 joints or SMPL-H and SMPL-X, whose first 22 are SMPL's */
export function weighPose(data: ArrayLike<number>, frameCount: number, jointCount: number): PoseEvidence {
  const { build, steady } = weighPlaces(data, frameCount, jointCount);
  if (build >= IS_BODY && steady >= IS_STEADY) {
    return {
      kind: 'positions',
      reason: `as places they make a body: ${percent(build)} of its proportions hold, ${percent(steady)} of the limbs keep their length`,
    };
  }
  const long = longShare(data, frameCount, jointCount);
  if (long > LONG_SHARE) {
    return { kind: 'neither', reason: `${percent(long)} of the vectors are longer than half a turn` };
  }
  return {
    kind: 'rotations',
    reason: `${percent(1 - long)} of the vectors are shorter than half a turn, and as places they make no body`,
  };
}

/** Shares of what is true of a body's joints: that they are built like one, and that limbs keep their length. */
function weighPlaces(
  data: ArrayLike<number>,
  frameCount: number,
  jointCount: number,
): { readonly build: number; readonly steady: number } {
  const jointOf = jointIndex(jointCount);
  const measure = (from: string, to: string) =>
    measureDistance(data, frameCount, jointCount, jointOf(from), jointOf(to));
  const leg = measure('leftHip', 'leftKnee').mean + measure('leftKnee', 'leftAnkle').mean;
  const claims: boolean[] = [];
  const lengths: boolean[] = [];
  for (const [from, to] of LIMBS) {
    const left = measure(`left${from}`, `left${to}`);
    const right = measure(`right${from}`, `right${to}`);
    claims.push(Math.abs(left.mean - right.mean) < SIDE_DIFFERENCE * Math.max(left.mean, right.mean));
    lengths.push(left.spread < BONE_SPREAD, right.spread < BONE_SPREAD);
  }
  for (const [from, to, low, high] of PROPORTIONS) {
    const { mean } = measure(from, to);
    // A body without its root has no such joint.
    if (!Number.isNaN(mean)) claims.push(mean > low * leg && mean < high * leg);
  }
  for (const [from, to, joint, part] of BETWEEN) {
    const names = [from, to, joint].map(jointOf);
    if (names.includes(-1)) continue;
    const { mean } = measure(from, to);
    const middle = meanOffMiddle(data, frameCount, jointCount, names);
    claims.push(middle < part * mean);
  }
  const share = (of: readonly boolean[]) => of.filter(Boolean).length / of.length;
  return { build: share(claims), steady: share(lengths) };
}

/** Joints by name: of BODY_25, or of SMPL, whose pelvis is left out of 21 and 23 joints. -1 where there is none. */
function jointIndex(jointCount: number): (name: string) => number {
  const { names } = jointCount === 25 ? LAYOUTS.body25 : LAYOUTS.smpl24;
  const shift = jointCount === 21 || jointCount === 23 ? 1 : 0;
  const trunk: Readonly<Record<string, string>> =
    jointCount === 25
      ? { trunkLow: 'midHip', trunkHigh: 'neck', head: 'nose' }
      : { trunkLow: 'pelvis', trunkHigh: 'neck', head: 'head' };
  return (name) => Math.max(-1, names.indexOf(trunk[name] ?? name) - shift);
}

/** Mean over the frames, and standard deviation in parts of it. */
function measureDistance(
  data: ArrayLike<number>,
  frameCount: number,
  jointCount: number,
  from: number,
  to: number,
): { mean: number; spread: number } {
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let frame = 0; frame < frameCount && from >= 0 && to >= 0; frame++) {
    const a = (frame * jointCount + from) * 3;
    const b = (frame * jointCount + to) * 3;
    const length = Math.hypot(data[a] - data[b], data[a + 1] - data[b + 1], data[a + 2] - data[b + 2]);
    if (Number.isNaN(length)) continue;
    count++;
    sum += length;
    squares += length * length;
  }
  const mean = sum / count;
  return { mean, spread: Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean };
}

/** Mean distance of a joint from the middle of two others. */
function meanOffMiddle(
  data: ArrayLike<number>,
  frameCount: number,
  jointCount: number,
  [from, to, joint]: readonly number[],
): number {
  let count = 0;
  let sum = 0;
  for (let frame = 0; frame < frameCount; frame++) {
    const at = (index: number, axis: number) => data[(frame * jointCount + index) * 3 + axis];
    const off = (axis: number) => at(joint, axis) - (at(from, axis) + at(to, axis)) / 2;
    const distance = Math.hypot(off(0), off(1), off(2));
    if (Number.isNaN(distance)) continue;
    count++;
    sum += distance;
  }
  return sum / count;
}

function longShare(data: ArrayLike<number>, frameCount: number, jointCount: number): number {
  let long = 0;
  let count = 0;
  for (let at = 0; at < frameCount * jointCount * 3; at += 3) {
    const length = Math.hypot(data[at], data[at + 1], data[at + 2]);
    if (Number.isNaN(length)) continue;
    count++;
    if (length > HALF_TURN) long++;
  }
  return count === 0 ? 0 : long / count;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
