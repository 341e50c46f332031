import { BODY17, type Body17Map } from '../skeleton/body17.ts';
import { HEAD_WORDS, labelJoints } from '../skeleton/joint-names.ts';
import { buildRestTree, commonAncestor, pathDown, type RestTree, subtree } from '../skeleton/rest-tree.ts';
import type { Skeleton } from '../skeleton/skeleton.ts';

/** No node plays the role. */
export const NO_NODE = -1;

export const FINGERS = ['thumb', 'index', 'middle', 'ring', 'pinky'] as const;
export type Finger = (typeof FINGERS)[number];
export type Half = 'left' | 'right';
export const HALVES = ['left', 'right'] as const;

/** Nodes of one side of the body; NO_NODE where the skeleton has none. */
export interface LimbRoles {
  readonly clavicle: number;
  readonly upperArm: number;
  readonly lowerArm: number;
  readonly hand: number;
  readonly thigh: number;
  readonly calf: number;
  readonly foot: number;
  /** A joint, or the end site of a foot without one. */
  readonly toe: number;
  /** Bones of each finger from the palm outwards, without end sites. */
  readonly fingers: Readonly<Record<Finger, readonly number[]>>;
}

/** What the nodes of a body are to a rig of a game engine. */
export interface RigRoles {
  /** The joint that legs and spine hang on, whatever stands for the pelvis elsewhere. */
  readonly hips: number;
  /** From the hips upwards, both ends excluded, up to where the arms branch off. */
  readonly spine: readonly number[];
  /** Between the spine and the head. */
  readonly neck: readonly number[];
  readonly head: number;
  readonly left: LimbRoles;
  readonly right: LimbRoles;
}

/** Finds the roles from the body-17 joints and the hierarchy between them; toes and fingers also by name. */
export function findRoles(skeleton: Skeleton, map: Body17Map): RigRoles {
  const tree = buildRestTree(skeleton);
  const node = (joint: number): number => map[joint]?.[0]?.node ?? NO_NODE;
  const meeting = (a: number, b: number): number =>
    a === NO_NODE ? b : b === NO_NODE ? a : (commonAncestor(tree, a, b) ?? NO_NODE);
  const legs = meeting(node(BODY17.leftHip), node(BODY17.rightHip));
  const chest = meeting(node(BODY17.leftShoulder), node(BODY17.rightShoulder));
  const hips = meeting(legs, chest);
  const head = findHead(tree, map, hips);
  const trunk = hips === NO_NODE || head === NO_NODE ? [] : pathDown(tree, hips, head).slice(1, -1);
  // A head that hangs beside the chest leaves the arms' branch to end the spine.
  const chestAt = trunk.indexOf(chest);
  // One bone between hips and head is a spine to every engine, whatever branches off where.
  const spineEnd = Math.max(chestAt + 1, Math.min(1, trunk.length));
  return {
    hips,
    spine: trunk.slice(0, spineEnd),
    neck: trunk.slice(spineEnd),
    head,
    left: limbRoles(tree, map, 'left', chest),
    right: limbRoles(tree, map, 'right', chest),
  };
}

/** The joint that turns the skull: below the base of the neck, named a head, or the last before the head top. */
function findHead(tree: RestTree, map: Body17Map, hips: number): number {
  const start = map[BODY17.neck]?.[0]?.node ?? map[BODY17.thorax]?.[0]?.node ?? NO_NODE;
  if (start === NO_NODE) return NO_NODE;
  const labels = labelJoints(tree.skeleton);
  const isHead = (node: number): boolean => HEAD_WORDS.has(labels[node].word);
  const below = subtree(tree, start).filter((node) => !tree.skeleton.isEndSite[node]);
  const named = below.find(isHead);
  if (named !== undefined) return named;
  const top = map[BODY17.head] ?? [];
  if (top.length === 1 && top[0].node !== start) {
    const path = pathDown(tree, start, top[0].node);
    if (path.length > 1) return path[path.length - 2];
  }
  return start === hips || tree.skeleton.isEndSite[start] ? NO_NODE : start;
}

function limbRoles(tree: RestTree, map: Body17Map, half: Half, chest: number): LimbRoles {
  const node = (part: 'Hip' | 'Knee' | 'Ankle' | 'Shoulder' | 'Elbow' | 'Wrist'): number =>
    map[BODY17[`${half}${part}`]]?.[0]?.node ?? NO_NODE;
  const upperArm = node('Shoulder');
  const toChest = upperArm === NO_NODE || chest === NO_NODE ? [] : pathDown(tree, chest, upperArm);
  const hand = node('Wrist');
  return {
    clavicle: toChest.length > 2 ? toChest[toChest.length - 2] : NO_NODE,
    upperArm,
    lowerArm: node('Elbow'),
    hand,
    thigh: node('Hip'),
    calf: node('Knee'),
    foot: node('Ankle'),
    toe: findToe(tree, node('Ankle')),
    fingers: findFingers(tree, hand),
  };
}

/** The longest bone below the ankle; joints before end sites. */
function findToe(tree: RestTree, foot: number): number {
  if (foot === NO_NODE) return NO_NODE;
  const { isEndSite, restOffsets } = tree.skeleton;
  const length = (node: number): number =>
    Math.hypot(restOffsets[node * 3], restOffsets[node * 3 + 1], restOffsets[node * 3 + 2]);
  const rank = (node: number): number => length(node) + (isEndSite[node] ? 0 : 10);
  const sorted = tree.children[foot].filter((node) => length(node) > 1e-6);
  return sorted.sort((a, b) => rank(b) - rank(a))[0] ?? NO_NODE;
}

const FINGER_WORDS: Readonly<Record<Finger, RegExp>> = {
  thumb: /thumb/i,
  index: /index|pointer/i,
  middle: /middle|mid\d|mid$/i,
  ring: /ring/i,
  pinky: /pinky|pinkie|little|small/i,
};

/** Palm bones and hand props have finger words in their names, too. */
const NO_FINGER = /metacarpal|inhand|base|carpal|twist/i;

function findFingers(tree: RestTree, hand: number): Record<Finger, readonly number[]> {
  const fingers: Record<Finger, number[]> = { thumb: [], index: [], middle: [], ring: [], pinky: [] };
  if (hand === NO_NODE) return fingers;
  const { names, isEndSite, parents } = tree.skeleton;
  for (const node of subtree(tree, hand)) {
    const own = names[node].slice(names[node].lastIndexOf(':') + 1);
    if (node === hand || isEndSite[node] || NO_FINGER.test(own)) continue;
    const finger = FINGERS.find((name) => FINGER_WORDS[name].test(own));
    if (!finger) continue;
    const chain = fingers[finger];
    // Only bones one below the other are one finger.
    if (chain.length === 0 || parents[node] === chain[chain.length - 1]) chain.push(node);
  }
  return fingers;
}
