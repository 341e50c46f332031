import { LAYOUTS } from '../../skeleton/layouts.ts';

/**
 * Three numbers per joint may be an axis-angle vector or a place. What tells: bones between places have the same
 * length in each frame and on both sides, those between rotation vectors have not; rotation vectors are shorter than a turn.
 */
export interface PoseEvidence {
  readonly kind: 'rotations' | 'positions' | 'neither';
  /** For the user, part of a sentence. */
  readonly reason: string;
}

/** Spread of a bone's length over frames, in parts of its mean, up to which it is a bone: noise of estimators included. */
const BONE_SPREAD = 0.15;
/** How much left and right may differ. */
const SIDE_DIFFERENCE = 0.2;
/** Share of the bones that must look like bones. */
const MOST = 0.75;
/** Share of vectors that must be shorter than half a turn, with a little room. */
const HALF_TURN = Math.PI * 1.02;

/** @param data [frame][joint][3] */
export function weighPose(data: ArrayLike<number>, frameCount: number, jointCount: number): PoseEvidence {
  const bones = bonesOf(jointCount);
  const { steady, paired, means } = measureBones(data, frameCount, jointCount, bones);
  const share = longShare(data, frameCount, jointCount);
  if (steady >= MOST && paired >= MOST && hasLimbs(means, jointCount)) {
    return {
      kind: 'positions',
      reason: `${percent(steady)} of the bones keep their length, ${percent(paired)} are as long left as right, and arms and legs are those of a body`,
    };
  }
  if (share > 0.02) {
    return { kind: 'neither', reason: `${percent(share)} of the vectors are longer than half a turn` };
  }
  return {
    kind: 'rotations',
    reason: `${percent(1 - share)} of the vectors are shorter than half a turn, and as places they make no body`,
  };
}

/** Lengths of left limbs relate as in a person: a person at rest has steady, alike rotation vectors as well. */
function hasLimbs(means: ReadonlyMap<number, number>, jointCount: number): boolean {
  const { names } = layoutOf(jointCount);
  const length = (name: string) => means.get(names.indexOf(name) - shiftOf(jointCount)) ?? Number.NaN;
  const isBetween = (value: number, low: number, high: number) => value > low && value < high;
  const thigh = length('leftKnee');
  const upperArm = length('leftElbow');
  const shin = length('leftAnkle');
  const forearm = length('leftWrist');
  return (
    isBetween(thigh / shin, 0.6, 1.6) &&
    isBetween(upperArm / forearm, 0.6, 1.7) &&
    isBetween((upperArm + forearm) / (thigh + shin), 0.4, 1)
  );
}

type Bone = readonly [joint: number, parent: number, otherSide: number];

function layoutOf(jointCount: number) {
  return jointCount === 25 ? LAYOUTS.body25 : LAYOUTS.smpl24;
}

/** A body without its root (21 or 23 joints) begins with the left hip. */
function shiftOf(jointCount: number): number {
  return jointCount === 21 || jointCount === 23 ? 1 : 0;
}

/** Sided joints, their parents and the same joint of the other side; for 25 joints those of BODY_25. */
function bonesOf(jointCount: number): Bone[] {
  const { parents, sidePairs } = layoutOf(jointCount);
  const shift = shiftOf(jointCount);
  // Of SMPL the joints that all its models share; the hands of SMPL-H are others.
  const end = jointCount === 25 ? 25 : 22;
  return sidePairs.flatMap(([left, right]) =>
    [left, right].flatMap((joint): Bone[] => {
      const isIn = joint < end && parents[joint] >= shift;
      return isIn ? [[joint - shift, parents[joint] - shift, (joint === left ? right : left) - shift]] : [];
    }),
  );
}

function measureBones(
  data: ArrayLike<number>,
  frameCount: number,
  jointCount: number,
  bones: readonly Bone[],
) {
  const means = new Map<number, number>();
  let steady = 0;
  for (const [joint, parent] of bones) {
    let count = 0;
    let sum = 0;
    let squares = 0;
    for (let frame = 0; frame < frameCount; frame++) {
      const length = distance(data, (frame * jointCount + joint) * 3, (frame * jointCount + parent) * 3);
      if (Number.isNaN(length)) continue;
      count++;
      sum += length;
      squares += length * length;
    }
    const mean = sum / count;
    const spread = Math.sqrt(Math.max(0, squares / count - mean * mean)) / mean;
    // In one frame any length is steady; the comparison of the sides decides alone.
    if (mean > 0 && spread < BONE_SPREAD) steady++;
    means.set(joint, mean);
  }
  let paired = 0;
  for (const [joint, , otherSide] of bones) {
    const mine = means.get(joint) ?? 0;
    const other = means.get(otherSide) ?? 0;
    if (mine > 0 && Math.abs(mine - other) < SIDE_DIFFERENCE * Math.max(mine, other)) paired++;
  }
  return { steady: steady / bones.length, paired: paired / bones.length, means };
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

function distance(data: ArrayLike<number>, a: number, b: number): number {
  return Math.hypot(data[a] - data[b], data[a + 1] - data[b + 1], data[a + 2] - data[b + 2]);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
