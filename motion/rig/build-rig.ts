import { makeQuatsContinuous } from '../math/quat.ts';
import type { Body17Map } from '../skeleton/body17.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { buildRestTree } from '../skeleton/rest-tree.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import { buildFigure } from './figure.ts';
import { rebaseClip, rebaseSkeleton } from './rebase.ts';
import { reduceKeys } from './reduce-keys.ts';
import type { Rig, RigNames, RigTake, RootMotion } from './rig.ts';
import { rigNames } from './rig-names.ts';
import { findRoles, NO_NODE, type RigRoles } from './roles.ts';
import {
  addRootJoint,
  dropPath,
  hasRootJoint,
  moveRootJoint,
  rootAtOrigin,
  steerRootJoint,
} from './root-motion.ts';
import { tPoseRotations } from './t-pose.ts';

export interface RigRequest {
  readonly name: string;
  readonly fps: number;
  /** On one skeleton. */
  readonly takes: readonly { readonly name: string; readonly clip: SkeletonClip }[];
  readonly map: Body17Map;
  readonly names: RigNames;
  readonly rootMotion: RootMotion;
  /**
   * Leaves keys out where the motion between the others is the same to so many millimetres, for every node in
   * every frame; by default every frame is a key.
   */
  readonly keyErrorMm?: number;
  /** Keeps the takes' own rest pose instead of a T-pose. */
  readonly keepRestPose?: boolean;
}

/** The joint that root motion moves. */
export const ROOT_JOINT = 'root';

/** Translations nearer to the rest offset than this do not move. Metres. */
const STILL = 1e-7;
/** Height of an ankle in lengths of the leg, where nothing of the skeleton reaches the floor. */
const ANKLE_HEIGHT = 0.1;

/**
 * Makes takes into a rig: T-pose at rest, names of a convention, root motion, figure, fewer keys. World positions
 * of all nodes stay as they are in the takes, but for `in-place`, and for a root joint of the takes' own that
 * `root` steers.
 * Throws RangeError for takes that do not share a skeleton, or have its name twice.
 */
export function buildRig(request: RigRequest): Rig {
  const { takes, map, names, rootMotion, keepRestPose = false } = request;
  const first = takes[0]?.clip.skeleton;
  if (!first) throw new RangeError('a rig needs at least one take');
  checkTakes(first, request);

  const clips = takes.map(({ clip }) => clip);
  const turn = keepRestPose ? identityRotations(first) : tPoseRotations(first, map, clips);
  const roles = findRoles(first, map);
  const standing = standOnFloor(rebaseSkeleton(first, turn), roles);
  const hips = roles.hips === NO_NODE ? first.parents.indexOf(NO_PARENT) : roles.hips;
  const named: Skeleton = { ...standing, names: rigNames(first, roles, names) };
  const { skeleton, move, isAdded } = rootMotionOf(rootMotion, named, hips);
  const rig: Rig = {
    name: request.name,
    skeleton,
    fps: request.fps,
    takes: takes.map(({ name, clip }) => rigTake(name, move(rebaseClip(clip, turn, named)))),
    figure: buildFigure(skeleton, isAdded ? rootedRoles(first, map) : roles),
  };
  const { keyErrorMm } = request;
  if (keyErrorMm === undefined) return rig;
  return { ...rig, keyErrorMm, takes: rig.takes.map((take) => reduceKeys(skeleton, take, keyErrorMm)) };
}

/** The skeleton that a root motion needs, and how clips come onto it. */
function rootMotionOf(
  rootMotion: RootMotion,
  named: Skeleton,
  hips: number,
): { skeleton: Skeleton; move: (clip: SkeletonClip) => SkeletonClip; isAdded: boolean } {
  if (rootMotion === 'hips') return { skeleton: named, move: (clip) => clip, isAdded: false };
  if (rootMotion === 'in-place')
    return { skeleton: named, move: (clip) => dropPath(clip, hips), isAdded: false };
  const own = named.parents.indexOf(NO_PARENT);
  if (hasRootJoint(named, hips)) {
    const others = withoutName({ ...named, names: named.names.with(own, '') }, ROOT_JOINT);
    const skeleton = rootAtOrigin({ ...others, names: others.names.with(own, ROOT_JOINT) });
    return { skeleton, move: (clip) => steerRootJoint({ ...clip, skeleton }, hips), isAdded: false };
  }
  const skeleton = addRootJoint(withoutName(named, ROOT_JOINT), ROOT_JOINT);
  return { skeleton, move: (clip) => moveRootJoint(clip, hips, skeleton), isAdded: true };
}

function checkTakes(skeleton: Skeleton, { takes, fps }: RigRequest): void {
  if (!(fps > 0 && Number.isFinite(fps))) throw new RangeError(`fps must be positive, got ${fps}`);
  const names = new Set(takes.map(({ name }) => name));
  if (names.size !== takes.length) throw new RangeError('two takes of a rig have one name');
  for (const { name, clip } of takes) {
    const other = clip.skeleton;
    const isSame =
      other === skeleton ||
      (other.names.length === skeleton.names.length &&
        other.names.every((joint, node) => joint === skeleton.names[node]) &&
        other.parents.every((parent, node) => parent === skeleton.parents[node]) &&
        other.restOffsets.every((value, at) => Math.abs(value - skeleton.restOffsets[at]) < STILL));
    if (!isSame) throw new RangeError(`take ${name} has another skeleton than the first`);
  }
  if (skeleton.parents.filter((parent) => parent === NO_PARENT).length !== 1) {
    throw new RangeError('a rig has one root');
  }
}

function rigTake(name: string, clip: SkeletonClip): RigTake {
  const { skeleton, frameCount, localRotations } = clip;
  const { restOffsets, parents } = skeleton;
  const count = parents.length;
  const localTranslations = Float64Array.from(clip.localTranslations);
  const movingNodes: number[] = [];
  for (let node = 0; node < count; node++) {
    let isMoving = parents[node] === NO_PARENT;
    for (let frame = 0; frame < frameCount && !isMoving; frame++) {
      const at = (frame * count + node) * 3;
      for (let axis = 0; axis < 3; axis++) {
        // Negated, so that NaN counts as moving and is seen by whoever writes it.
        if (!(Math.abs(localTranslations[at + axis] - restOffsets[node * 3 + axis]) <= STILL))
          isMoving = true;
      }
    }
    if (isMoving) {
      movingNodes.push(node);
      continue;
    }
    const rest = restOffsets.subarray(node * 3, node * 3 + 3);
    for (let frame = 0; frame < frameCount; frame++) localTranslations.set(rest, (frame * count + node) * 3);
  }
  makeQuatsContinuous(localRotations, frameCount, count);
  return {
    name,
    frameCount,
    localRotations,
    localTranslations,
    movingNodes,
    rotationKeys: null,
    translationKeys: null,
  };
}

/** The rest pose with its hips above the origin and its lowest node on the floor. */
function standOnFloor(skeleton: Skeleton, roles: RigRoles): Skeleton {
  const root = skeleton.parents.indexOf(NO_PARENT);
  const restOffsets = Float64Array.from(skeleton.restOffsets);
  restOffsets.fill(0, root * 3, root * 3 + 3);
  const { positions } = buildRestTree({ ...skeleton, restOffsets });
  const height = (node: number): number => positions[node * 3 + 1];
  const hips = roles.hips === NO_NODE ? root : roles.hips;
  let lowest = Number.POSITIVE_INFINITY;
  for (let node = 0; node < skeleton.names.length; node++) lowest = Math.min(lowest, height(node));
  const { foot, thigh } = roles.left;
  if (foot !== NO_NODE && thigh !== NO_NODE) {
    const leg = height(thigh) - height(foot);
    // Toes level with the ankle, or none: the sole is below both.
    if (height(foot) - lowest < ANKLE_HEIGHT * leg * 0.2) lowest = height(foot) - ANKLE_HEIGHT * leg;
  }
  restOffsets[root * 3] = -positions[hips * 3];
  restOffsets[root * 3 + 1] = -lowest;
  restOffsets[root * 3 + 2] = -positions[hips * 3 + 2];
  return { ...skeleton, restOffsets };
}

function withoutName(skeleton: Skeleton, name: string): Skeleton {
  if (!skeleton.names.includes(name)) return skeleton;
  let free = `${name}_2`;
  for (let copy = 3; skeleton.names.includes(free); copy++) free = `${name}_${copy}`;
  return { ...skeleton, names: skeleton.names.map((own) => (own === name ? free : own)) };
}

/** Roles where a joint stands before all others. */
function rootedRoles(skeleton: Skeleton, map: Body17Map): RigRoles {
  const shifted = map.map((entry) => entry.map(({ node, weight }) => ({ node: node + 1, weight })));
  return findRoles(addRootJoint(skeleton, ROOT_JOINT), shifted);
}

function identityRotations(skeleton: Skeleton): Float64Array {
  const rotations = new Float64Array(skeleton.names.length * 4);
  for (let w = 3; w < rotations.length; w += 4) rotations[w] = 1;
  return rotations;
}
