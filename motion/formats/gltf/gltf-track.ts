import {
  conjugateQuat,
  copyQuat,
  makeQuatsContinuous,
  multiplyConjugateQuat,
  quatFromMatrix3,
  rotateVec3,
  setIdentityQuat,
} from '../../math/quat.ts';
import type { SkeletonClip } from '../../skeleton/clip.ts';
import { NO_PARENT, type Skeleton } from '../../skeleton/skeleton.ts';
import { uniqueBvhNames } from '../bvh-names.ts';
import type { GltfAnimation } from './gltf-animation.ts';
import { type GltfNodes, NODE_VALUES, ROTATION_AT, SCALE_AT } from './gltf-nodes.ts';
import { makeSampler } from './gltf-sampler.ts';
import { ancestry, type GltfSkeleton } from './gltf-skeletons.ts';
import { invertedColumns, placeNode, restLocals, turnSince, WORLD_VALUES } from './node-world.ts';

/** A translation this close to the rest offset is the rest offset: single precision at a body's size. Metres. */
const SAME_DISTANCE = 1e-6;

/** When to look at an animation. */
export interface SampleTimes {
  /** Seconds at frame 0. */
  readonly start: number;
  readonly fps: number;
  readonly frameCount: number;
}

/** Nodes to place, those above the root included, and what the skeleton takes of them. */
interface Placement {
  /** Nodes of the document, parents first. */
  readonly placed: readonly number[];
  /** Place of each one's parent in `placed`, or -1. */
  readonly parents: readonly number[];
  /** How many stand above the root; the skeleton is what follows. */
  readonly above: number;
}

/**
 * One animation on one skeleton as a clip. All rotations are relative to the file's rest pose, in which they are
 * the identity; what the nodes above the root do is part of the root's motion, and their scale is part of all
 * lengths. World positions are the file's, times `metresPerUnit`.
 */
export function sampleGltfClip(
  nodes: GltfNodes,
  found: GltfSkeleton,
  animation: GltfAnimation,
  times: SampleTimes,
  metresPerUnit: number,
): SkeletonClip {
  const placement = placementOf(nodes, found);
  const { above, placed } = placement;
  const locals = restLocals(nodes.rest, placed);
  const world = new Float64Array(placed.length * WORLD_VALUES);
  placeAll(placement, locals, world);
  const skeleton = skeletonOf(nodes, found, placement, world, animation, metresPerUnit);
  const inverses = placed.map((_, at) => invertedColumns(world, at));

  const count = found.nodes.length;
  const localRotations = new Float64Array(times.frameCount * count * 4);
  const localTranslations = new Float64Array(times.frameCount * count * 3);
  const samplers = samplersOf(placement, animation);
  const turns = new Float64Array(count * 4);
  for (let node = 0; node < count; node++) setIdentityQuat(turns, node * 4);
  for (let frame = 0; frame < times.frameCount; frame++) {
    const time = times.start + frame / times.fps;
    for (const { sampler, at } of samplers) sampler(time, locals, at);
    placeAll(placement, locals, world);
    for (let node = 0; node < count; node++) {
      const at = above + node;
      const inverse = inverses[at];
      // A joint that is scaled to nothing for a while keeps the turn it had.
      if (inverse !== null && turnSince(matrix, world, at, inverse))
        quatFromMatrix3(turns, node * 4, matrix, 0);
      writeLocal(
        skeleton,
        frame,
        node,
        turns,
        world,
        above,
        metresPerUnit,
        localRotations,
        localTranslations,
      );
    }
  }
  makeQuatsContinuous(localRotations, times.frameCount, count);
  settleOffsets(skeleton, localTranslations, times.frameCount);
  return {
    kind: 'skeleton',
    name: animation.name,
    skeleton,
    frameCount: times.frameCount,
    frameTime: 1 / times.fps,
    localRotations,
    localTranslations,
  };
}

/** Largest extent of a skeleton's rest pose along an axis, the file's units. */
export function restExtent(nodes: GltfNodes, found: GltfSkeleton): number {
  const placement = placementOf(nodes, found);
  const world = new Float64Array(placement.placed.length * WORLD_VALUES);
  placeAll(placement, restLocals(nodes.rest, placement.placed), world);
  let largest = 0;
  for (let axis = 0; axis < 3; axis++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let at = placement.above; at < placement.placed.length; at++) {
      low = Math.min(low, world[at * WORLD_VALUES + 9 + axis]);
      high = Math.max(high, world[at * WORLD_VALUES + 9 + axis]);
    }
    largest = Math.max(largest, high - low);
  }
  return largest;
}

function placementOf(nodes: GltfNodes, { root, nodes: skeleton }: GltfSkeleton): Placement {
  const above = ancestry(nodes, root).slice(1).reverse();
  const placed = [...above, ...skeleton];
  const placeOf = new Map(placed.map((node, at) => [node, at]));
  return {
    placed,
    parents: placed.map((node) => placeOf.get(nodes.parents[node]) ?? -1),
    above: above.length,
  };
}

function placeAll({ parents }: Placement, locals: Float64Array, world: Float64Array): void {
  parents.forEach((parent, at) => {
    placeNode(world, at, parent, locals, at * NODE_VALUES);
  });
}

function skeletonOf(
  nodes: GltfNodes,
  found: GltfSkeleton,
  { parents, above }: Placement,
  world: Float64Array,
  animation: GltfAnimation,
  metresPerUnit: number,
): Skeleton {
  const names = uniqueBvhNames(found.nodes.map((node) => nodes.names[node]?.trim() || `node_${node}`));
  const skeletonParents = Int32Array.from(found.nodes, (_, node) =>
    node === 0 ? NO_PARENT : parents[above + node] - above,
  );
  const restOffsets = Float64Array.from({ length: names.length * 3 }, (_, at) => {
    const node = Math.floor(at / 3);
    const own = world[(above + node) * WORLD_VALUES + 9 + (at % 3)];
    const parent = node === 0 ? 0 : world[parents[above + node] * WORLD_VALUES + 9 + (at % 3)];
    return (own - parent) * metresPerUnit;
  });
  const isInner = new Set(skeletonParents);
  const isMoved = new Set(animation.channels.map(({ node }) => node));
  const isEndSite = found.nodes.map((node, at) => {
    if (at === 0 || isInner.has(at) || isMoved.has(node)) return false;
    const parentName = names[skeletonParents[at]];
    return names[at] === `${parentName}.end` || names[at] === `${parentName}_end`;
  });
  const endNames = names.map((name, at) => (isEndSite[at] ? `${names[skeletonParents[at]]}.end` : name));
  const isUnique = new Set(endNames).size === names.length;
  return { names: isUnique ? endNames : names, parents: skeletonParents, restOffsets, isEndSite };
}

function samplersOf({ placed }: Placement, { channels }: GltfAnimation) {
  const placeOf = new Map(placed.map((node, at) => [node, at]));
  const start = { translation: 0, rotation: ROTATION_AT, scale: SCALE_AT };
  return channels.flatMap((channel) => {
    const at = placeOf.get(channel.node);
    return at === undefined
      ? []
      : [{ sampler: makeSampler(channel), at: at * NODE_VALUES + start[channel.path] }];
  });
}

const matrix = new Float64Array(9);
const offset = new Float64Array(3);
const back = new Float64Array(4);

/** Rotation and translation relative to the parent, so that FK gives the world's turn and position again. */
function writeLocal(
  { parents, isEndSite }: Skeleton,
  frame: number,
  node: number,
  turns: Float64Array,
  world: Float64Array,
  above: number,
  metresPerUnit: number,
  rotations: Float64Array,
  translations: Float64Array,
): void {
  const parent = parents[node];
  const rotation = (frame * parents.length + node) * 4;
  const translation = (frame * parents.length + node) * 3;
  for (let axis = 0; axis < 3; axis++) {
    const from = parent === NO_PARENT ? 0 : world[(above + parent) * WORLD_VALUES + 9 + axis];
    offset[axis] = (world[(above + node) * WORLD_VALUES + 9 + axis] - from) * metresPerUnit;
  }
  if (parent === NO_PARENT) {
    copyQuat(rotations, rotation, turns, node * 4);
    translations.set(offset, translation);
    return;
  }
  if (isEndSite[node]) setIdentityQuat(rotations, rotation);
  else multiplyConjugateQuat(rotations, rotation, turns, parent * 4, turns, node * 4);
  conjugateQuat(back, 0, turns, parent * 4);
  rotateVec3(translations, translation, back, 0, offset, 0);
}

/** Joints that keep their distance get the rest offset itself, free of rounding. */
function settleOffsets({ restOffsets, parents }: Skeleton, translations: Float64Array, frames: number): void {
  const stride = parents.length * 3;
  for (let node = 1; node < parents.length; node++) {
    const rest = restOffsets.subarray(node * 3, node * 3 + 3);
    let farthest = 0;
    for (let at = node * 3; at < frames * stride; at += stride) {
      for (let axis = 0; axis < 3; axis++) {
        farthest = Math.max(farthest, Math.abs(translations[at + axis] - rest[axis]));
      }
    }
    if (farthest > SAME_DISTANCE) continue;
    for (let at = node * 3; at < frames * stride; at += stride) translations.set(rest, at);
  }
}
