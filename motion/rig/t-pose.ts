import {
  copyQuat,
  multiplyQuat,
  quatBetween,
  quatFromMatrix3,
  rotateVec3,
  setIdentityQuat,
} from '../math/quat.ts';
import { addScaledVec3, crossVec3, dotVec3, lengthVec3, normalizeVec3 } from '../math/vec3.ts';
import { BODY17, BODY17_COUNT, type Body17Map } from '../skeleton/body17.ts';
import { writeBody17 } from '../skeleton/body17-positions.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { buildRestTree, type RestTree } from '../skeleton/rest-tree.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import { limbTwists } from './limb-twists.ts';
import { findRoles, HALVES, type LimbRoles, NO_NODE, type RigRoles } from './roles.ts';

const DEGREE = Math.PI / 180;
/** Hands, necks and heads nearer to straight than this keep their rest pose: it is anatomy, no bend. */
const ANATOMY = 25 * DEGREE;
/** Rest poses in which the leg hangs this near to straight down show how the foot stands on the floor. */
const STANDING = 45 * DEGREE;
/** Slopes from the ankle to the toe that a standing foot has, and the one taken where the rest pose does not stand. */
const STEEPEST_FOOT = -75 * DEGREE;
const SHALLOWEST_FOOT = 10 * DEGREE;
const USUAL_FOOT = -25 * DEGREE;
/** Beyond this angle the axis of the smallest turn is chance. */
const ABOUT_FACE = 150 * DEGREE;
/** A bone shorter than this has no direction. Metres. */
const NO_LENGTH = 1e-6;

const DOWN = [0, -1, 0];
const UP = [0, 1, 0];
const FORWARD = [0, 0, 1];
const LEFT = [1, 0, 0];
const RIGHT = [-1, 0, 0];

/**
 * World rotations that bring the rest pose into a T-pose, quaternion xyzw, [node][4]: facing +Z, Y up, left at
 * +X, trunk upright, arms level, legs straight down, feet forward. Other joints keep their pose relative to their
 * parent. A foot keeps the slope it stands with at rest; where the rest pose does not stand, it gets the usual one.
 *
 * The rest pose says how far a limb is turned about itself, as long as it is not far from the T-pose. Where it
 * is (LAFAN1 rests with all bones in one direction), the planes in which elbows and knees bend in `takes` say it.
 */
export function tPoseRotations(
  skeleton: Skeleton,
  map: Body17Map,
  takes: readonly SkeletonClip[] = [],
): Float64Array {
  const tree = buildRestTree(skeleton);
  const roles = findRoles(skeleton, map);
  const trunk = new Float64Array(4);
  writeTrunkRotation(trunk, tree, map);
  const aims = limbAims(tree, roles, trunk);
  const twists = limbTwists(takes, roles);

  const rotations = new Float64Array(skeleton.names.length * 4);
  const direction = new Float64Array(3);
  const turn = new Float64Array(4);
  skeleton.parents.forEach((parent, node) => {
    if (parent === NO_PARENT) copyQuat(rotations, node * 4, trunk, 0);
    else copyQuat(rotations, node * 4, rotations, parent * 4);
    const aim = aims.get(node);
    if (!aim || skeleton.isEndSite[node]) return;
    for (let axis = 0; axis < 3; axis++) {
      direction[axis] = tree.positions[aim.end * 3 + axis] - tree.positions[node * 3 + axis];
    }
    rotateVec3(direction, 0, rotations, node * 4, direction, 0);
    const length = lengthVec3(direction, 0);
    if (length < NO_LENGTH) return;
    const angle = Math.acos(Math.min(1, Math.max(-1, dotVec3(direction, 0, aim.target, 0) / length)));
    if (angle < aim.tolerance) return;
    writeSwing(turn, direction, aim.target, angle, aim.axis);
    multiplyQuat(rotations, node * 4, turn, 0, rotations, node * 4);
    const twist = twists.get(node);
    if (twist) twist(rotations, node * 4, aim.target);
  });
  return rotations;
}

/** A bone's direction in the T-pose. */
interface Aim {
  readonly end: number;
  readonly target: readonly number[];
  /** Directions within this angle of the target stay, radians. */
  readonly tolerance: number;
  /** About which the bone turns where the smallest turn is no guide; at right angles to the target. */
  readonly axis: readonly number[];
}

function limbAims(tree: RestTree, roles: RigRoles, trunk: Float64Array): ReadonlyMap<number, Aim> {
  const aims = new Map<number, Aim>();
  const aim = (
    node: number,
    end: number,
    target: readonly number[],
    tolerance = 0,
    axis: readonly number[] = FORWARD,
  ) => {
    if (node !== NO_NODE && end !== NO_NODE && node !== end) aims.set(node, { end, target, tolerance, axis });
  };
  const neck = roles.neck[0] ?? NO_NODE;
  aim(neck, roles.head, UP, ANATOMY);
  for (const half of HALVES) {
    const limb = roles[half];
    const side = half === 'left' ? LEFT : RIGHT;
    aim(limb.upperArm, limb.lowerArm, side);
    aim(limb.lowerArm, limb.hand, side);
    aim(limb.hand, handEnd(tree, limb), side, ANATOMY);
    aim(limb.thigh, limb.calf, DOWN);
    aim(limb.calf, limb.foot, DOWN);
    aimFoot(aim, tree, limb, trunk);
  }
  return aims;
}

function aimFoot(
  aim: (
    n: number,
    end: number,
    target: readonly number[],
    tolerance: number,
    axis: readonly number[],
  ) => void,
  tree: RestTree,
  { thigh, foot, toe }: LimbRoles,
  trunk: Float64Array,
): void {
  if (foot === NO_NODE || toe === NO_NODE || thigh === NO_NODE) return;
  const leg = restDirection(tree, thigh, foot, trunk);
  const sole = restDirection(tree, foot, toe, trunk);
  const slope = Math.asin(Math.min(1, Math.max(-1, sole[1])));
  const stands = -leg[1] > Math.cos(STANDING);
  if (stands && slope > STEEPEST_FOOT && slope < SHALLOWEST_FOOT) {
    aim(foot, toe, [0, Math.sin(slope), Math.cos(slope)], 0, LEFT);
    return;
  }
  // The end site of a foot without toes often just goes on along the shin.
  if (tree.skeleton.isEndSite[toe]) return;
  aim(foot, toe, [0, Math.sin(USUAL_FOOT), Math.cos(USUAL_FOOT)], 0, LEFT);
  aim(toe, firstChild(tree, toe), FORWARD, 0, LEFT);
}

/** The rotation that stands the trunk upright, facing +Z; the identity where the body has no hips or chest. */
function writeTrunkRotation(out: Float64Array, tree: RestTree, map: Body17Map): void {
  setIdentityQuat(out, 0);
  const joints = new Float64Array(BODY17_COUNT * 3);
  writeBody17(joints, 0, map, tree.positions);
  const across = new Float64Array(3);
  const up = new Float64Array(3);
  const front = new Float64Array(3);
  for (let axis = 0; axis < 3; axis++) {
    const at = (joint: number): number => joints[joint * 3 + axis];
    across[axis] = at(BODY17.leftHip) - at(BODY17.rightHip);
    up[axis] = at(BODY17.thorax) - at(BODY17.pelvis);
    if (!Number.isFinite(up[axis])) {
      up[axis] = (at(BODY17.leftShoulder) + at(BODY17.rightShoulder)) / 2 - at(BODY17.pelvis);
    }
  }
  if (!(normalizeVec3(up, 0) > NO_LENGTH)) return;
  addScaledVec3(across, 0, across, 0, up, 0, -dotVec3(across, 0, up, 0));
  if (!(normalizeVec3(across, 0) > NO_LENGTH)) return;
  crossVec3(front, 0, across, 0, up, 0);
  quatFromMatrix3(out, 0, [...across, ...up, ...front], 0);
}

/** The smallest turn; near a half turn one about `axis` first, so that left and right do not change by chance. */
function writeSwing(
  out: Float64Array,
  from: Float64Array,
  to: readonly number[],
  angle: number,
  axis: readonly number[],
): void {
  if (angle < ABOUT_FACE) {
    quatBetween(out, 0, from, 0, to, 0);
    return;
  }
  const half = Float64Array.of(axis[0], axis[1], axis[2], 0);
  const turned = new Float64Array(3);
  rotateVec3(turned, 0, half, 0, from, 0);
  quatBetween(out, 0, turned, 0, to, 0);
  multiplyQuat(out, 0, out, 0, half, 0);
}

/** Unit vector at rest, turned with the trunk; zero for nodes at one place. */
function restDirection(tree: RestTree, from: number, to: number, trunk: Float64Array): Float64Array {
  const out = new Float64Array(3);
  for (let axis = 0; axis < 3; axis++)
    out[axis] = tree.positions[to * 3 + axis] - tree.positions[from * 3 + axis];
  rotateVec3(out, 0, trunk, 0, out, 0);
  normalizeVec3(out, 0);
  return out;
}

/** Where the hand points: a finger that goes on straight, or its only child. */
function handEnd(tree: RestTree, { hand, fingers }: LimbRoles): number {
  const finger = fingers.middle[0] ?? fingers.ring[0] ?? fingers.index[0];
  return finger ?? (hand !== NO_NODE && tree.children[hand].length === 1 ? tree.children[hand][0] : NO_NODE);
}

function firstChild(tree: RestTree, node: number): number {
  return node === NO_NODE ? NO_NODE : (tree.children[node][0] ?? NO_NODE);
}
