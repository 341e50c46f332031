import { quatAngle } from '../../math/quat.ts';
import { BODY17, BODY17_COUNT, type Body17Map } from '../body17.ts';
import type { SkeletonClip } from '../clip.ts';
import { NO_PARENT } from '../skeleton.ts';

/**
 * What the solver needs to know about a skeleton, worked out once per clip.
 *
 * *Slots* are the nodes that matter (mapped nodes and all their ancestors), parents first. *Active* joints are
 * the slots the solver rotates: those at or below the hub with a mapped descendant. The *hub* is the joint
 * from which all mapped nodes hang (the pelvis of most skeletons); nodes above it keep their rotation.
 * An *effector* is a body-17 joint or a part of one, and a *lever* the arm by which an active joint moves it.
 */
export interface IkPlan {
  readonly slotNode: Int32Array;
  /** Slot of the parent, -1 for the root. */
  readonly slotParent: Int32Array;
  /** Active index of a slot, -1 if the solver does not rotate it. */
  readonly slotActive: Int32Array;
  /** Slot of each active joint, the hub's first. */
  readonly activeSlot: Int32Array;
  /** For each active joint: its active ancestors, nearest first, in activeAncestors[start..start of the next]. */
  readonly ancestorStart: Int32Array;
  readonly activeAncestors: Int32Array;
  /** For each active joint: the slots of its subtree (itself included), parents first. */
  readonly subtreeStart: Int32Array;
  readonly subtreeSlots: Int32Array;
  /** For each active joint: the body joints it aims at, those with no other mapped node in between. */
  readonly nearestStart: Int32Array;
  readonly nearestBody: Int32Array;
  /**
   * Body joint of each effector. A body joint whose nodes hang from different active branches (a thorax that
   * is the mean of the shoulders) has one effector per node, any other has one for all its nodes.
   */
  readonly effectorBody: Int32Array;
  /** Sum of the node weights of the effector: 1 for a whole body joint. */
  readonly effectorMass: Float64Array;
  /**
   * Factor on the effector's squares in the normal matrix, 1 for a whole body joint. For parts of weights w it
   * is Σ|w| / |w|, which makes their separate squares an upper bound of the square of their sum (Jensen).
   */
  readonly effectorScale: Float64Array;
  /** For each active joint: the effectors it moves. */
  readonly leverStart: Int32Array;
  readonly leverEffector: Int32Array;
  /** Nodes of a lever's effector below the active joint: partSlot/partWeight[start..start of the next]. */
  readonly leverPartStart: Int32Array;
  readonly partSlot: Int32Array;
  readonly partWeight: Float64Array;
  /** Lever index of [active][effector], -1 if the one does not move the other. */
  readonly leverOf: Int32Array;
  /** Nodes of each body joint: bodyPartSlot/bodyPartWeight[start..start of the next]. */
  readonly bodyPartStart: Int32Array;
  readonly bodyPartSlot: Int32Array;
  readonly bodyPartWeight: Float64Array;
  /** The body joint that is the hub itself, -1 if none. */
  readonly hubBody: number;
}

/** Throws RangeError if the map names nodes the skeleton lacks, or maps nothing below any joint. */
export function planIk(clip: SkeletonClip, map: Body17Map): IkPlan {
  const { parents, isEndSite } = clip.skeleton;
  const nodeCount = parents.length;
  if (map.length !== BODY17_COUNT)
    throw new RangeError(`map has ${map.length} entries, expected ${BODY17_COUNT}`);
  const isMapped = new Uint8Array(nodeCount);
  const mappedBelow = new Int32Array(nodeCount);
  for (const entry of map) {
    for (const { node } of entry) {
      if (!(node >= 0 && node < nodeCount)) throw new RangeError(`map names node ${node} of ${nodeCount}`);
      isMapped[node] = 1;
    }
  }
  let mappedCount = 0;
  for (let node = nodeCount - 1; node >= 0; node--) {
    mappedBelow[node] += isMapped[node];
    mappedCount += isMapped[node];
    if (parents[node] !== NO_PARENT) mappedBelow[parents[node]] += mappedBelow[node];
  }
  // The deepest joint that still has every mapped node at or below it; parents precede children.
  let hub = -1;
  for (let node = 0; node < nodeCount; node++) {
    if (mappedCount > 0 && mappedBelow[node] === mappedCount && !isEndSite[node]) hub = node;
  }
  if (hub < 0 || mappedBelow[hub] - isMapped[hub] === 0) {
    throw new RangeError('the map has no body joint that a rotation could move');
  }

  const slotOf = new Int32Array(nodeCount).fill(-1);
  const slotNodes: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (mappedBelow[node] > 0) slotOf[node] = slotNodes.push(node) - 1;
  }
  const isLocked = findPelvisBones(clip, map, hub, isMapped);
  const activeNodes = slotNodes.filter(
    (node) =>
      !isEndSite[node] &&
      !isLocked[node] &&
      mappedBelow[node] - isMapped[node] > 0 &&
      isAtOrBelow(node, hub, parents),
  );
  const activeOf = new Int32Array(nodeCount).fill(-1);
  activeNodes.forEach((node, active) => {
    activeOf[node] = active;
  });

  const ancestorStart: number[] = [];
  const activeAncestors: number[] = [];
  const subtreeStart: number[] = [];
  const subtreeSlots: number[] = [];
  const nearestStart: number[] = [];
  const nearestBody: number[] = [];
  const leverStart: number[] = [];
  const leverEffector: number[] = [];
  const leverPartStart: number[] = [];
  const partSlot: number[] = [];
  const partWeight: number[] = [];
  const effectors = listEffectors(map, activeNodes, parents);
  const leverOf = new Int32Array(activeNodes.length * effectors.length).fill(-1);
  activeNodes.forEach((joint, active) => {
    ancestorStart.push(activeAncestors.length);
    for (let node = parents[joint]; node !== NO_PARENT; node = parents[node]) {
      if (activeOf[node] >= 0) activeAncestors.push(activeOf[node]);
    }
    subtreeStart.push(subtreeSlots.length);
    slotNodes.forEach((node, slot) => {
      if (isAtOrBelow(node, joint, parents)) subtreeSlots.push(slot);
    });
    nearestStart.push(nearestBody.length);
    map.forEach((entry, body) => {
      if (isNearestBody(entry, joint, parents, isMapped)) nearestBody.push(body);
    });
    leverStart.push(leverEffector.length);
    effectors.forEach(({ parts }, effector) => {
      const moved = parts.filter(({ node }) => isBelow(node, joint, parents));
      if (moved.length === 0) return;
      leverOf[active * effectors.length + effector] = leverEffector.length;
      leverPartStart.push(partSlot.length);
      leverEffector.push(effector);
      for (const { node, weight } of moved) {
        partSlot.push(slotOf[node]);
        partWeight.push(weight);
      }
    });
  });
  nearestStart.push(nearestBody.length);
  ancestorStart.push(activeAncestors.length);
  subtreeStart.push(subtreeSlots.length);
  leverStart.push(leverEffector.length);
  leverPartStart.push(partSlot.length);

  const bodyPartStart = [0];
  const bodyPartSlot: number[] = [];
  const bodyPartWeight: number[] = [];
  for (const entry of map) {
    for (const { node, weight } of entry) {
      bodyPartSlot.push(slotOf[node]);
      bodyPartWeight.push(weight);
    }
    bodyPartStart.push(bodyPartSlot.length);
  }

  return {
    slotNode: Int32Array.from(slotNodes),
    slotParent: Int32Array.from(slotNodes, (node) =>
      parents[node] === NO_PARENT ? -1 : slotOf[parents[node]],
    ),
    slotActive: Int32Array.from(slotNodes, (node) => activeOf[node]),
    activeSlot: Int32Array.from(activeNodes, (node) => slotOf[node]),
    ancestorStart: Int32Array.from(ancestorStart),
    activeAncestors: Int32Array.from(activeAncestors),
    subtreeStart: Int32Array.from(subtreeStart),
    subtreeSlots: Int32Array.from(subtreeSlots),
    nearestStart: Int32Array.from(nearestStart),
    nearestBody: Int32Array.from(nearestBody),
    effectorBody: Int32Array.from(effectors, ({ body }) => body),
    effectorMass: Float64Array.from(effectors, ({ mass }) => mass),
    effectorScale: Float64Array.from(effectors, ({ scale }) => scale),
    leverStart: Int32Array.from(leverStart),
    leverEffector: Int32Array.from(leverEffector),
    leverPartStart: Int32Array.from(leverPartStart),
    partSlot: Int32Array.from(partSlot),
    partWeight: Float64Array.from(partWeight),
    leverOf,
    bodyPartStart: Int32Array.from(bodyPartStart),
    bodyPartSlot: Int32Array.from(bodyPartSlot),
    bodyPartWeight: Float64Array.from(bodyPartWeight),
    hubBody: map.findIndex((entry) => entry.length === 1 && entry[0].node === hub),
  };
}

interface Effector {
  readonly body: number;
  readonly parts: Body17Map[number];
  readonly mass: number;
  readonly scale: number;
}

function listEffectors(map: Body17Map, activeNodes: readonly number[], parents: Int32Array): Effector[] {
  return map.flatMap((entry, body): Effector[] => {
    if (entry.length === 0) return [];
    const movers = activeNodes.filter((joint) => entry.some(({ node }) => isBelow(node, joint, parents)));
    const isOneBranch = movers.every((joint, at) => at === 0 || isBelow(joint, movers[at - 1], parents));
    const mass = entry.reduce((sum, { weight }) => sum + weight, 0);
    if (isOneBranch) return [{ body, parts: entry, mass, scale: 1 }];
    const size = entry.reduce((sum, { weight }) => sum + Math.abs(weight), 0);
    return entry
      .filter(({ weight }) => weight !== 0)
      .map((part) => ({ body, parts: [part], mass: part.weight, scale: size / Math.abs(part.weight) }));
  });
}

/** Whether a joint moves all of a body joint with no mapped node between the two. */
function isNearestBody(
  entry: Body17Map[number],
  joint: number,
  parents: Int32Array,
  isMapped: Uint8Array,
): boolean {
  const moved = entry.filter(({ node }) => isBelow(node, joint, parents));
  return (
    moved.length > 0 &&
    entry.every(({ node }) => isAtOrBelow(node, joint, parents)) &&
    moved.every(({ node }) => !isMappedBetween(node, joint, parents, isMapped))
  );
}

/**
 * Joints between the hub and the hips that the input never turns (buttocks, hip joints): the pelvis is one
 * bone. Their levers are so short that they would turn far for a few millimetres of target noise.
 */
function findPelvisBones(clip: SkeletonClip, map: Body17Map, hub: number, isMapped: Uint8Array): Uint8Array {
  const { parents } = clip.skeleton;
  const isLocked = new Uint8Array(parents.length);
  for (const entry of [map[BODY17.leftHip], map[BODY17.rightHip]]) {
    if (entry.length !== 1) continue;
    for (let node = parents[entry[0].node]; node > hub; node = parents[node]) {
      if (!isMapped[node] && isConstantRotation(clip, node)) isLocked[node] = 1;
    }
  }
  return isLocked;
}

function isConstantRotation(clip: SkeletonClip, node: number): boolean {
  const stride = clip.skeleton.parents.length * 4;
  for (let frame = 1; frame < clip.frameCount; frame++) {
    // 1e-4 rad: what a file with three decimals of a degree calls equal.
    const at = frame * stride + node * 4;
    if (quatAngle(clip.localRotations, at, clip.localRotations, node * 4) > 1e-4) return false;
  }
  return true;
}

function isAtOrBelow(node: number, ancestor: number, parents: Int32Array): boolean {
  let at = node;
  while (at > ancestor) at = parents[at];
  return at === ancestor;
}

function isBelow(node: number, ancestor: number, parents: Int32Array): boolean {
  return node !== ancestor && isAtOrBelow(node, ancestor, parents);
}

function isMappedBetween(node: number, joint: number, parents: Int32Array, isMapped: Uint8Array): boolean {
  for (let at = parents[node]; at !== joint; at = parents[at]) {
    if (isMapped[at]) return true;
  }
  return false;
}
