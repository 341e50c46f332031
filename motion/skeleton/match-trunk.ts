import {
  EYE_WORDS,
  HEAD_TOP_WORDS,
  HEAD_WORDS,
  type JointLabel,
  NECK_WORDS,
  PELVIS_WORDS,
} from './joint-names.ts';
import type { LimbJoints } from './match-names.ts';
import {
  commonAncestor,
  isBelow,
  listNodes,
  midPoint,
  type Point,
  pathDown,
  pathToRoot,
  pointDifference,
  type RestTree,
  restDistance,
  restPoint,
  subtree,
} from './rest-tree.ts';

/** A body-17 joint as a blend of nodes. Weights add up to 1. */
export type NodeBlend = readonly { readonly node: number; readonly weight: number }[];

/** Trunk joints that the skeleton has; absent ones are left to be derived. */
export interface TrunkJoints {
  readonly pelvis?: NodeBlend;
  readonly spine?: NodeBlend;
  readonly thorax?: NodeBlend;
  readonly neck?: NodeBlend;
  readonly head?: NodeBlend;
  /** The highest rotating joint of the neck and head chain, from which a head top can be extrapolated. */
  readonly headJoint?: NodeBlend;
  readonly notes: readonly string[];
}

/** Joints nearer than this part of the leg length are one place: CMU stacks LowerBack on Hips, Neck on Spine1. */
const SAME_PLACE = 0.02;

/** An end site nearer to the head joint than this part of the leg length is a mark, not the top of the head. */
const MIN_HEAD_LENGTH = 0.05;

/** A head top stands within 45 degrees of the direction from neck to head. */
const TIP_COSINE = Math.SQRT1_2;

/** Nodes farther apart than this part of the leg length are not both the pelvis (a root on the floor is not). */
const PELVIS_REACH = 0.25;

/** A meeting point of the legs farther from the hips than this, in leg lengths, is a root on the floor. */
const FLOOR_ROOT_REACH = 0.5;

/** The chest is the base of the neck when it is this near to the middle of the shoulders, in leg lengths. */
const NECK_BASE_REACH = 0.15;

/**
 * Finds pelvis, spine, thorax (base of the neck), neck (base of the skull, or the middle of a neck of two
 * joints) and head top, once the limbs are known. Names help where they are known; otherwise the chain from the
 * hips through the branch of the arms upwards tells. `legMetres` is the length of thigh and shin together.
 */
export function matchTrunk(
  tree: RestTree,
  labels: readonly JointLabel[],
  limbs: LimbJoints,
  legMetres: number,
): TrunkJoints {
  const isApart = (a: number, b: number) => restDistance(tree, a, b) > SAME_PLACE * legMetres;
  const pelvis = findPelvis(tree, labels, limbs, legMetres);
  const chest = commonAncestor(tree, limbs.leftShoulder, limbs.rightShoulder);
  if (pelvis === undefined || chest === undefined)
    return { notes: ['hips and shoulders hang on different roots'] };

  const isPelvis = distanceToHips(tree, limbs, pelvis) < FLOOR_ROOT_REACH * legMetres;
  const notes: string[] = [];
  const above = findNeckChain(tree, labels, limbs, chest);
  const last = above.at(-1);
  const trunkEnd = last ?? chest;
  const start = commonAncestor(tree, pelvis, trunkEnd) ?? chest;
  const trunk = pathDown(tree, start, trunkEnd);

  const thorax =
    trunk.find((node) => labels[node].side === 'middle' && NECK_WORDS.has(labels[node].word)) ??
    neckBase(tree, limbs, legMetres, chest, above);
  const neck =
    thorax === undefined
      ? last
      : trunk.slice(trunk.indexOf(thorax) + 1).find((node) => isApart(node, thorax));
  const spine = trunk
    .slice(1, trunk.indexOf(thorax ?? chest) + 1)
    .find(
      (node) => node !== thorax && isApart(node, pelvis) && (thorax === undefined || isApart(node, thorax)),
    );
  const head =
    trunkEnd === chest && thorax !== chest ? undefined : findHeadTop(tree, labels, trunkEnd, legMetres);
  if (head && head.length > 1)
    notes.push(
      `head is the mean of ${listNodes(
        tree,
        head.map(({ node }) => node),
      )}`,
    );

  return {
    ...(isPelvis ? { pelvis: single(pelvis) } : {}),
    ...(spine === undefined ? {} : { spine: single(spine) }),
    ...(thorax === undefined ? {} : { thorax: single(thorax) }),
    ...(neck === undefined ? {} : { neck: single(neck) }),
    ...(head === undefined ? {} : { head }),
    ...(last === undefined || last === thorax ? {} : { headJoint: single(last) }),
    notes,
  };
}

function single(node: number): NodeBlend {
  return [{ node, weight: 1 }];
}

/** Where legs and arms meet, or the joint named for the pelvis near above it (3ds Max Biped: Pelvis over Spine). */
function findPelvis(
  tree: RestTree,
  labels: readonly JointLabel[],
  limbs: LimbJoints,
  legMetres: number,
): number | undefined {
  const legs = commonAncestor(tree, limbs.leftHip, limbs.rightHip);
  if (legs === undefined) return undefined;
  const isNear = (a: number, b: number) => restDistance(tree, a, b) < PELVIS_REACH * legMetres;
  const body = commonAncestor(tree, legs, limbs.leftShoulder);
  const meeting = body !== undefined && isNear(body, legs) ? body : legs;
  return (
    pathToRoot(tree, meeting).find((node) => PELVIS_WORDS.has(labels[node].word) && isNear(node, meeting)) ??
    meeting
  );
}

function distanceToHips(tree: RestTree, limbs: LimbJoints, node: number): number {
  const hips = midPoint(restPoint(tree, limbs.leftHip), restPoint(tree, limbs.rightHip));
  return Math.hypot(...pointDifference(restPoint(tree, node), hips));
}

/** Joints above the branch of the arms, up to the head joint. Empty where the skeleton ends at the arms. */
function findNeckChain(
  tree: RestTree,
  labels: readonly JointLabel[],
  limbs: LimbJoints,
  chest: number,
): readonly number[] {
  const isMiddle = (node: number) => labels[node].side === 'middle' && !tree.skeleton.isEndSite[node];
  const named = labels.findIndex((label, node) => isMiddle(node) && HEAD_WORDS.has(label.word));
  const branch = named < 0 ? undefined : commonAncestor(tree, chest, named);
  if (branch !== undefined && named !== branch) return pathDown(tree, branch, named).slice(1);

  const shoulders = midPoint(restPoint(tree, limbs.leftShoulder), restPoint(tree, limbs.rightShoulder));
  const hips = midPoint(restPoint(tree, limbs.leftHip), restPoint(tree, limbs.rightHip));
  const up = pointDifference(shoulders, hips);
  const height = (node: number) => dot(pointDifference(restPoint(tree, node), shoulders), up);
  const reach = (node: number) => Math.max(...subtree(tree, node).map(height));
  const holdsLimb = (node: number) =>
    Object.values(limbs).some((limb) => limb === node || isBelow(tree, limb, node));

  const isJoint = (node: number) => !tree.skeleton.isEndSite[node];
  const starts = tree.children[chest].filter(
    (child) => isJoint(child) && !holdsLimb(child) && reach(child) > 0,
  );
  if (starts.length === 0) return [];
  const chain = [starts.reduce((best, child) => (reach(child) > reach(best) ? child : best))];
  for (;;) {
    const next = tree.children[chain[chain.length - 1]].filter(isJoint);
    // Eyes, jaw and hair branch off the head.
    if (next.length !== 1) break;
    chain.push(next[0]);
  }
  // A last joint with nothing below it is the head's tip written as a joint.
  const tip = chain[chain.length - 1];
  const isTip = chain.length > 2 && tree.children[tip].every((child) => restDistance(tree, child, tip) === 0);
  return isTip ? chain.slice(0, -1) : chain;
}

/** The base of the neck where no joint is named so. */
function neckBase(
  tree: RestTree,
  limbs: LimbJoints,
  legMetres: number,
  chest: number,
  above: readonly number[],
): number | undefined {
  if (above.length >= 2) return above[0];
  const shoulders = midPoint(restPoint(tree, limbs.leftShoulder), restPoint(tree, limbs.rightShoulder));
  const gap = Math.hypot(...pointDifference(restPoint(tree, chest), shoulders));
  return above.length === 1 && gap < NECK_BASE_REACH * legMetres ? chest : undefined;
}

/** A joint named for the head top, else the end site, else the only joint on top, else the mean of the eyes. */
function findHeadTop(
  tree: RestTree,
  labels: readonly JointLabel[],
  head: number,
  legMetres: number,
): NodeBlend | undefined {
  const below = subtree(tree, head).slice(1);
  const children = tree.children[head];
  const isTop = (node: number) => restDistance(tree, node, head) > MIN_HEAD_LENGTH * legMetres;
  const isEndSite = (node: number) => tree.skeleton.isEndSite[node];
  const top =
    below.find((node) => !isEndSite(node) && HEAD_TOP_WORDS.has(labels[node].word) && isTop(node)) ??
    children.find((node) => isEndSite(node) && isTop(node)) ??
    (children.length === 1 ? children.find((node) => isTop(node) && continuesBone(tree, node)) : undefined);
  if (top !== undefined) return single(top);
  const isEye = (side: string) => (node: number) =>
    !isEndSite(node) && labels[node].side === side && EYE_WORDS.has(labels[node].word);
  const left = below.find(isEye('left'));
  const right = below.find(isEye('right'));
  if (left === undefined || right === undefined) return undefined;
  return [
    { node: left, weight: 0.5 },
    { node: right, weight: 0.5 },
  ];
}

/** Whether the bone to `node` keeps the direction of the one before it: a tip does, a jaw does not. */
function continuesBone(tree: RestTree, node: number): boolean {
  const parent = tree.skeleton.parents[node];
  const bone = pointDifference(restPoint(tree, node), restPoint(tree, parent));
  const before = pointDifference(restPoint(tree, parent), restPoint(tree, tree.skeleton.parents[parent]));
  return dot(bone, before) > TIP_COSINE * Math.hypot(...bone) * Math.hypot(...before);
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}
