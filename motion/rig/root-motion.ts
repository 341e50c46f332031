import { conjugateQuat, multiplyQuat, rotateVec3 } from '../math/quat.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { solveFk } from '../skeleton/fk.ts';
import { buildRestTree, isBelow } from '../skeleton/rest-tree.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';

/** Standard deviation of the low-pass on the heading, seconds: a step's sway of the hips stays in the hips. */
const HEADING_SECONDS = 0.25;
/** A root this part of the hips' height above the lowest node stands on the floor. */
const FLOOR = 0.25;
const TURN = 2 * Math.PI;

/**
 * Drops the path over the floor: in every frame `hips` stands above the origin. Height, heading and everything
 * relative to the hips stay.
 */
export function dropPath(clip: SkeletonClip, hips: number): SkeletonClip {
  const count = clip.skeleton.names.length;
  const root = clip.skeleton.parents.indexOf(NO_PARENT);
  const localTranslations = Float64Array.from(clip.localTranslations);
  const path = nodePath(clip, hips);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    const at = (frame * count + root) * 3;
    localTranslations[at] -= path.positions[frame * 3];
    localTranslations[at + 2] -= path.positions[frame * 3 + 2];
  }
  return { ...clip, localTranslations };
}

/** A skeleton with a joint on the floor above its root; node n becomes node n + 1. */
export function addRootJoint(skeleton: Skeleton, name: string): Skeleton {
  const { parents, restOffsets } = skeleton;
  return {
    names: [name, ...skeleton.names],
    parents: Int32Array.of(
      NO_PARENT,
      ...Array.from(parents, (parent) => (parent === NO_PARENT ? 0 : parent + 1)),
    ),
    restOffsets: Float64Array.of(0, 0, 0, ...restOffsets),
    isEndSite: [false, ...skeleton.isEndSite],
  };
}

/**
 * The clip on a skeleton with a root joint: it stands on the floor (Y = 0) below the hips and turns with their
 * heading, about Y alone and smoothly; the former root moves relative to it. World positions stay.
 * @param hips node of the clip's own skeleton, at rest facing +Z
 */
export function moveRootJoint(clip: SkeletonClip, hips: number, rooted: Skeleton): SkeletonClip {
  const { frameCount } = clip;
  const count = clip.skeleton.names.length;
  const localRotations = new Float64Array(frameCount * (count + 1) * 4);
  const localTranslations = new Float64Array(frameCount * (count + 1) * 3);
  for (let frame = 0; frame < frameCount; frame++) {
    const [from, to] = [frame * count, frame * (count + 1)];
    localRotations[to * 4 + 3] = 1;
    localRotations.set(clip.localRotations.subarray(from * 4, (from + count) * 4), (to + 1) * 4);
    localTranslations.set(clip.localTranslations.subarray(from * 3, (from + count) * 3), (to + 1) * 3);
  }
  return steerRootJoint({ ...clip, skeleton: rooted, localRotations, localTranslations }, hips + 1);
}

/**
 * The clip with another path of its root joint, as `moveRootJoint` describes it. World positions of all other nodes
 * stay.
 */
export function steerRootJoint(clip: SkeletonClip, hips: number): SkeletonClip {
  const { skeleton, frameCount } = clip;
  const count = skeleton.names.length;
  const root = skeleton.parents.indexOf(NO_PARENT);
  const path = nodePath(clip, hips);
  const headings = smoothHeadings(path.rotations, frameCount, clip.frameTime);
  const localRotations = Float64Array.from(clip.localRotations);
  const localTranslations = Float64Array.from(clip.localTranslations);
  const place = new Float64Array(3);
  const turn = new Float64Array(4);
  const back = new Float64Array(4);
  for (let frame = 0; frame < frameCount; frame++) {
    const rootAt = frame * count + root;
    place.set(localTranslations.subarray(rootAt * 3, rootAt * 3 + 3));
    turn.set(localRotations.subarray(rootAt * 4, rootAt * 4 + 4));
    localRotations.set([0, Math.sin(headings[frame] / 2), 0, Math.cos(headings[frame] / 2)], rootAt * 4);
    localTranslations.set([path.positions[frame * 3], 0, path.positions[frame * 3 + 2]], rootAt * 3);
    conjugateQuat(back, 0, localRotations, rootAt * 4);
    for (let child = 0; child < count; child++) {
      if (skeleton.parents[child] !== root) continue;
      const q = (frame * count + child) * 4;
      const t = (frame * count + child) * 3;
      // Into the world by the old root, back by the new one.
      rotateVec3(localTranslations, t, turn, 0, localTranslations, t);
      for (let axis = 0; axis < 3; axis++) {
        localTranslations[t + axis] += place[axis] - localTranslations[rootAt * 3 + axis];
      }
      rotateVec3(localTranslations, t, back, 0, localTranslations, t);
      if (skeleton.isEndSite[child]) continue;
      multiplyQuat(localRotations, q, turn, 0, localRotations, q);
      multiplyQuat(localRotations, q, back, 0, localRotations, q);
    }
  }
  return { ...clip, localRotations, localTranslations };
}

/**
 * Whether the skeleton has a root joint already: one above the hips that rests on the floor, as those of Unreal,
 * Rokoko and HumanIK do. `root` motion steers it instead of adding another.
 */
export function hasRootJoint(skeleton: Skeleton, hips: number): boolean {
  const tree = buildRestTree(skeleton);
  const root = skeleton.parents.indexOf(NO_PARENT);
  if (!isBelow(tree, hips, root)) return false;
  const heights = tree.positions.filter((_, at) => at % 3 === 1);
  const lowest = Math.min(...heights);
  return heights[root] - lowest < FLOOR * (heights[hips] - lowest);
}

/** The skeleton with its root at the origin, other nodes where they are. */
export function rootAtOrigin(skeleton: Skeleton): Skeleton {
  const root = skeleton.parents.indexOf(NO_PARENT);
  const restOffsets = Float64Array.from(skeleton.restOffsets);
  skeleton.parents.forEach((parent, node) => {
    for (let axis = 0; axis < 3 && parent === root; axis++) {
      restOffsets[node * 3 + axis] += restOffsets[root * 3 + axis];
    }
  });
  restOffsets.fill(0, root * 3, root * 3 + 3);
  return { ...skeleton, restOffsets };
}

/** World positions, metres, [frame][xyz], and rotations, [frame][4], of one node. */
function nodePath(clip: SkeletonClip, node: number): { positions: Float64Array; rotations: Float64Array } {
  const count = clip.skeleton.names.length;
  const world = new Float64Array(count * 3);
  const turned = new Float64Array(count * 4);
  const positions = new Float64Array(clip.frameCount * 3);
  const rotations = new Float64Array(clip.frameCount * 4);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    solveFk(clip, frame, world, turned);
    positions.set(world.subarray(node * 3, node * 3 + 3), frame * 3);
    rotations.set(turned.subarray(node * 4, node * 4 + 4), frame * 4);
  }
  return { positions, rotations };
}

/**
 * Headings in radians about Y, without leaps of whole turns, low-passed. The heading of a rotation is its twist
 * about Y. Upside down it has none, and counts the less the nearer it is: a handstand turns nothing round.
 */
export function smoothHeadings(rotations: Float64Array, frameCount: number, frameTime: number): Float64Array {
  const raw = new Float64Array(frameCount);
  const weights = new Float64Array(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const y = rotations[frame * 4 + 1];
    const w = rotations[frame * 4 + 3];
    const heading = 2 * Math.atan2(y, w);
    const before = frame === 0 ? 0 : raw[frame - 1];
    raw[frame] = heading + TURN * Math.round((before - heading) / TURN);
    // 1 upright, 1/2 lying, 0 upside down.
    weights[frame] = Math.max(1e-6, (y * y + w * w) ** 2);
  }
  const sigma = HEADING_SECONDS / frameTime;
  const reach = Math.ceil(3 * sigma);
  const smooth = new Float64Array(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    let sum = 0;
    let total = 0;
    for (let other = Math.max(0, frame - reach); other <= Math.min(frameCount - 1, frame + reach); other++) {
      const weight = weights[other] * Math.exp(-((other - frame) ** 2) / (2 * sigma * sigma));
      sum += weight * raw[other];
      total += weight;
    }
    smooth[frame] = sum / total;
  }
  return smooth;
}
