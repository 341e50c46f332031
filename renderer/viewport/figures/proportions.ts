import type { Drawing } from '../../../contract/clips.ts';

/** How thick a skeleton is drawn; metres. */
export interface Proportions {
  /** Largest extent of the figure in one frame. */
  readonly size: number;
  readonly jointRadii: Float32Array;
  readonly boneRadii: Float32Array;
}

/** Metres; stands in while no frame has two seen joints. */
const ADULT_SIZE = 1.7;
/** Of the figure's size. */
const BONE_RADIUS = 0.0125;
const JOINT_RADIUS = 0.0115;
/** Of a bone's length, so that fingers stay apart. */
const BONE_SLENDERNESS = 0.13;
const JOINT_SLENDERNESS = 0.2;
const END_SITE_THINNESS = 0.5;

/**
 * Radii from the mean lengths of the bones: thinner at short bones, and half as thick at end sites, the joints without a child
 * that stand for no body-17 joint.
 *
 * @param positions metres, [frame][joint][xyz].
 */
export function proportionsOf(drawing: Drawing, positions: Float32Array): Proportions {
  const joints = drawing.names.length;
  const size = extentOf(positions, bestFrame(positions, joints) * joints * 3, joints);
  const isEnd = endSites(drawing);
  const shortest = new Float32Array(joints).fill(Number.POSITIVE_INFINITY);
  const boneRadii = Float32Array.from(drawing.bones, ([from, to]) => {
    const length = meanLength(positions, joints, from, to);
    if (length > 0) {
      shortest[from] = Math.min(shortest[from], length);
      shortest[to] = Math.min(shortest[to], length);
    }
    const thick = Math.min(
      size * BONE_RADIUS,
      length > 0 ? length * BONE_SLENDERNESS : Number.POSITIVE_INFINITY,
    );
    return isEnd[to] || isEnd[from] ? thick * END_SITE_THINNESS : thick;
  });
  const jointRadii = Float32Array.from(shortest, (length, joint) => {
    const thick = Math.min(size * JOINT_RADIUS, length * JOINT_SLENDERNESS);
    // A joint on a very short bone must still be seen and hit.
    return Math.max(thick, size * JOINT_RADIUS * 0.35) * (isEnd[joint] ? END_SITE_THINNESS : 1);
  });
  return { size, jointRadii, boneRadii };
}

/** The bones as one flat array of joint pairs. */
export function flatBones(drawing: Drawing): Uint16Array {
  return Uint16Array.from(drawing.bones.flat());
}

function endSites({ names, bones, body17 }: Drawing): boolean[] {
  const degree = new Array<number>(names.length).fill(0);
  for (const [from, to] of bones) {
    degree[from]++;
    degree[to]++;
  }
  return degree.map((count, joint) => count === 1 && !body17.includes(joint));
}

/** The first of the frames looked at in which most joints are seen. */
function bestFrame(positions: Float32Array, joints: number): number {
  const frames = positions.length / (joints * 3);
  let best = 0;
  let bestSeen = -1;
  for (let frame = 0; frame < frames; frame += frameStride(frames)) {
    let seen = 0;
    for (let joint = 0; joint < joints; joint++) {
      if (!Number.isNaN(positions[(frame * joints + joint) * 3])) seen++;
    }
    if (seen === joints) return frame;
    if (seen > bestSeen) {
      bestSeen = seen;
      best = frame;
    }
  }
  return best;
}

function extentOf(positions: Float32Array, start: number, joints: number): number {
  let extent = 0;
  for (let axis = 0; axis < 3; axis++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let joint = 0; joint < joints; joint++) {
      const value = positions[start + joint * 3 + axis];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    extent = Math.max(extent, high - low);
  }
  return Number.isFinite(extent) && extent > 0 ? extent : ADULT_SIZE;
}

/** Over the frames looked at in which both ends are seen; 0 if there is none. */
function meanLength(positions: Float32Array, joints: number, from: number, to: number): number {
  const frames = positions.length / (joints * 3);
  let sum = 0;
  let seen = 0;
  for (let frame = 0; frame < frames; frame += frameStride(frames)) {
    const start = frame * joints * 3;
    const length = distance(positions, start + from * 3, start + to * 3);
    if (Number.isNaN(length)) continue;
    sum += length;
    seen++;
  }
  return seen === 0 ? 0 : sum / seen;
}

/** Some 64 frames tell a skeleton's proportions. */
function frameStride(frames: number): number {
  return Math.max(1, Math.floor(frames / 64));
}

function distance(positions: Float32Array, from: number, to: number): number {
  return Math.hypot(
    positions[to] - positions[from],
    positions[to + 1] - positions[from + 1],
    positions[to + 2] - positions[from + 2],
  );
}
