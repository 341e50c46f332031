import { type LimbJoints, limbJointName } from './match-names.ts';
import {
  commonAncestor,
  isBelow,
  listNodes,
  midPoint,
  type Point,
  pathDown,
  pointDifference,
  type RestTree,
  restDistance,
  restPoint,
  subtree,
} from './rest-tree.ts';
import { NO_PARENT } from './skeleton.ts';

/** Limbs found by shape, or why the shape is not a body's. */
export type LimbsByShape =
  | { readonly limbs: LimbJoints; readonly notes: readonly string[] }
  | { readonly problem: string };

/** Shares of the rest pose's height. A tip below GROUND is on the floor; tips that branch below SHIN are one foot. */
const GROUND = 0.15;
const SHIN = 0.3;

/** Shares of the leg length (hip to ankle). */
const SHOULDER_OUT = 0.1; // a collar bone joint is nearer to the middle than this, a shoulder joint farther out
const MIN_ARM_BONE = 0.15; // hand and finger bones are shorter
const MIN_FOOT_REACH = 0.05; // ankle to toe, seen from above, below which the foot tells no direction
const MIN_TRUNK = 0.3; // pelvis to the highest tip above it

/** Largest ratio of left to right limb length, and of upper to lower limb bone, in a body at rest. */
const SIDE_RATIO = 1.3;
const BONE_RATIO = 2;

interface Limb {
  readonly joints: readonly [number, number, number];
  readonly length: number;
}

/**
 * Finds arms and legs by the rest pose alone: two chains reach the ground, their meeting point is the pelvis,
 * and from the trunk above it one long chain goes out to each side. The rest pose must stand upright along +Y.
 * The side is taken from where the feet point, or, where they tell nothing, from +X being left.
 */
export function matchLimbsByTopology(tree: RestTree): LimbsByShape {
  const legs = findLegs(tree);
  if ('problem' in legs) return legs;
  const arms = findArms(tree, legs);
  if ('problem' in arms) return arms;
  const { isFirstLeft, notes } = findSides(tree, legs);
  const limbs: Record<string, number> = {};
  for (const [pair, roles] of [
    [legs.pair, ['hip', 'knee', 'ankle']],
    [arms.pair, ['shoulder', 'elbow', 'wrist']],
  ] as const) {
    pair.forEach((limb, place) => {
      const side = (place === 0) === isFirstLeft ? 'left' : 'right';
      roles.forEach((role, part) => {
        limbs[limbJointName(side, role)] = limb.joints[part];
      });
    });
  }
  return { limbs: limbs as LimbJoints, notes };
}

interface Legs {
  readonly pair: readonly [Limb, Limb];
  readonly pelvis: number;
  readonly length: number;
  /** Horizontal unit direction from the second leg's hip to the first's. */
  readonly across: Point;
}

function findLegs(tree: RestTree): Legs | { problem: string } {
  const tips = tree.children.flatMap((children, node) => (children.length === 0 ? [node] : []));
  const heights = tree.skeleton.names.map((_, node) => restPoint(tree, node)[1]);
  const floor = Math.min(...heights);
  const height = Math.max(...heights) - floor;
  const feet: number[][] = [];
  for (const tip of tips) {
    if (heights[tip] > floor + GROUND * height) continue;
    const foot = feet.find(([other]) => {
      const meeting = commonAncestor(tree, tip, other);
      if (meeting === undefined || heights[meeting] > floor + SHIN * height) return false;
      // A root on the floor between the feet holds everything.
      return tree.skeleton.parents[meeting] !== NO_PARENT;
    });
    if (foot) foot.push(tip);
    else feet.push([tip]);
  }
  if (feet.length !== 2) {
    const ends = listNodes(
      tree,
      feet.map(([tip]) => tip),
      8,
    );
    return {
      problem: `${feet.length} chains reach the ground in the rest pose${ends ? ` (${ends})` : ''}, a body has 2 legs`,
    };
  }
  const pelvis = commonAncestor(tree, feet[0][0], feet[1][0]);
  if (pelvis === undefined)
    return { problem: 'the two chains that reach the ground hang on different roots' };
  const first = longestBones(tree, pathDown(tree, pelvis, feet[0][0]));
  const second = longestBones(tree, pathDown(tree, pelvis, feet[1][0]));
  if (!first || !second) return { problem: 'a chain that reaches the ground has no thigh and shin' };
  if (!isAlike(first.length, second.length, SIDE_RATIO)) return { problem: 'the two legs differ in length' };
  const gap = pointDifference(restPoint(tree, first.joints[0]), restPoint(tree, second.joints[0]));
  const width = Math.hypot(gap[0], gap[2]);
  if (width === 0) return { problem: 'the two thighs start at one place' };
  return {
    pair: [first, second],
    pelvis,
    length: (first.length + second.length) / 2,
    across: [gap[0] / width, 0, gap[2] / width],
  };
}

/** Thigh and shin: the two bones after one another on the path whose shorter one is longest. */
function longestBones(tree: RestTree, path: readonly number[]): Limb | undefined {
  const places = distinctPlaces(tree, path.slice(1));
  let best: Limb | undefined;
  let bestShorter = 0;
  for (let at = 0; at + 2 < places.length; at++) {
    const upper = restDistance(tree, places[at], places[at + 1]);
    const lower = restDistance(tree, places[at + 1], places[at + 2]);
    if (Math.min(upper, lower) <= bestShorter) continue;
    bestShorter = Math.min(upper, lower);
    best = { joints: [places[at], places[at + 1], places[at + 2]], length: upper + lower };
  }
  return best;
}

function findArms(
  tree: RestTree,
  legs: Legs,
): { readonly pair: readonly [Limb, Limb] } | { problem: string } {
  const hips = midPoint(restPoint(tree, legs.pair[0].joints[0]), restPoint(tree, legs.pair[1].joints[0]));
  const out = (node: number) => {
    const offset = pointDifference(restPoint(tree, node), hips);
    return offset[0] * legs.across[0] + offset[2] * legs.across[2];
  };
  const isOfLeg = (node: number) =>
    legs.pair.some(
      ({ joints: [hip] }) => node === hip || isBelow(tree, node, hip) || isBelow(tree, hip, node),
    );
  const rises = (root: number) =>
    subtree(tree, root).some(
      (node) => !isOfLeg(node) && restPoint(tree, node)[1] - hips[1] > MIN_TRUNK * legs.length,
    );
  let root = legs.pelvis;
  while (!rises(root) && tree.skeleton.parents[root] !== NO_PARENT) root = tree.skeleton.parents[root];
  if (!rises(root)) return { problem: 'nothing rises above the hips' };

  const tips = subtree(tree, root).filter((node) => tree.children[node].length === 0 && !isOfLeg(node));
  const longest = (direction: 1 | -1) => {
    const candidates = tips.filter((tip) => out(tip) * direction > SHOULDER_OUT * legs.length);
    const lengths = candidates.map((tip) => pathLength(tree, pathDown(tree, root, tip)));
    return candidates[lengths.indexOf(Math.max(...lengths))];
  };
  const firstTip = longest(1);
  const secondTip = longest(-1);
  if (firstTip === undefined || secondTip === undefined) {
    return { problem: 'no chain above the hips goes out to each side, so there are no arms to tell' };
  }
  const chest = commonAncestor(tree, firstTip, secondTip)!;
  const arm = (tip: number, direction: 1 | -1) =>
    armBones(tree, pathDown(tree, chest, tip).slice(1), legs.length, (node) => out(node) * direction);
  const first = arm(firstTip, 1);
  const second = arm(secondTip, -1);
  if (!first || !second || restPoint(tree, chest)[1] <= hips[1]) {
    return { problem: `the chains to ${listNodes(tree, [firstTip, secondTip])} are not like arms` };
  }
  if (!isAlike(first.length, second.length, SIDE_RATIO)) return { problem: 'the two arms differ in length' };
  return { pair: [first, second] };
}

/** Upper arm and forearm: the first two long bones after one another that start away from the middle. */
function armBones(
  tree: RestTree,
  path: readonly number[],
  legLength: number,
  out: (node: number) => number,
): Limb | undefined {
  const places = distinctPlaces(tree, path);
  for (let at = 0; at + 2 < places.length; at++) {
    const upper = restDistance(tree, places[at], places[at + 1]);
    const lower = restDistance(tree, places[at + 1], places[at + 2]);
    const isLong = Math.min(upper, lower) > MIN_ARM_BONE * legLength && isAlike(upper, lower, BONE_RATIO);
    if (isLong && out(places[at]) > SHOULDER_OUT * legLength) {
      return { joints: [places[at], places[at + 1], places[at + 2]], length: upper + lower };
    }
  }
  return undefined;
}

function findSides(tree: RestTree, legs: Legs): { isFirstLeft: boolean; notes: string[] } {
  let forwardX = 0;
  let forwardZ = 0;
  for (const { joints } of legs.pair) {
    const ankle = restPoint(tree, joints[2]);
    const reach = subtree(tree, joints[2])
      .map((node) => pointDifference(restPoint(tree, node), ankle))
      .reduce((best, offset) =>
        Math.hypot(offset[0], offset[2]) > Math.hypot(best[0], best[2]) ? offset : best,
      );
    forwardX += reach[0];
    forwardZ += reach[2];
  }
  // Left is up x forward: (forwardZ, 0, -forwardX). Toes must reach out, and not along the line of the hips.
  const left = forwardZ * legs.across[0] - forwardX * legs.across[2];
  if (Math.abs(left) < 2 * MIN_FOOT_REACH * legs.length) {
    return {
      isFirstLeft: legs.across[0] > 0,
      notes: ['the feet tell no direction: left is taken to be +X, for a rest pose that faces +Z'],
    };
  }
  const facing =
    Math.abs(forwardZ) > Math.abs(forwardX) ? (forwardZ > 0 ? '+Z' : '-Z') : forwardX > 0 ? '+X' : '-X';
  return { isFirstLeft: left > 0, notes: [`left and right are told by the feet, which point to ${facing}`] };
}

/** The path without joints that lie at their predecessor's place; the first of such joints stands for them. */
function distinctPlaces(tree: RestTree, path: readonly number[]): number[] {
  return path.filter((node, at) => at === 0 || restDistance(tree, node, path[at - 1]) > 0);
}

function pathLength(tree: RestTree, path: readonly number[]): number {
  return path.slice(1).reduce((sum, node, at) => sum + restDistance(tree, path[at], node), 0);
}

function isAlike(a: number, b: number, ratio: number): boolean {
  return Math.max(a, b) <= ratio * Math.min(a, b);
}
