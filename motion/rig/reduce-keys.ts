import { dotQuat, slerpQuat } from '../math/quat.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import { KeyedPoses, type RotationCurves, type TakeKeys } from './keyed-poses.ts';
import type { RigTake } from './rig.ts';

/** Rounds in which tolerances shrink; after them keys are put wherever the bound is broken. */
const ROUNDS = 12;
/** A tolerance that was too wide shrinks to this part of what would just do if errors were proportional. */
const MARGIN = 0.85;

/**
 * The take with fewer keys: between them rotations go by slerp and translations in a straight line, and no node
 * is off its place by more than `errorMm` in any frame.
 */
export function reduceKeys(skeleton: Skeleton, take: RigTake, errorMm: number): RigTake {
  return { ...take, ...chooseKeys(skeleton, take, errorMm, [slerpCurves(take, skeleton.names.length)]) };
}

export function slerpCurves({ localRotations }: RigTake, count: number): RotationCurves {
  return {
    sample: (out, o, node, from, to, amount) =>
      slerpQuat(
        out,
        o,
        localRotations,
        (from * count + node) * 4,
        localRotations,
        (to * count + node) * 4,
        amount,
      ),
  };
}

/**
 * Few keys for which the bound holds. Each joint gets a tolerance by its reach: what turns a shoulder moves a
 * whole arm. Within it, a key lasts as long as the motion after it can be interpolated. Then all frames are solved
 * with these keys; above nodes that are off by more than `errorMm` tolerances shrink, until none is. In the end
 * keys at the offending frames make sure of it.
 *
 * @param ways of getting from one key to the next; the bound holds for each. At a key they must give the take's
 * own rotation
 */
export function chooseKeys(
  skeleton: Skeleton,
  take: RigTake,
  errorMm: number,
  ways: readonly RotationCurves[],
): TakeKeys {
  if (!(errorMm > 0)) throw new RangeError(`the error of key reduction must be positive, got ${errorMm} mm`);
  const error = errorMm / 1000;
  const count = skeleton.names.length;
  const { angles, distances } = startTolerances(skeleton, error);
  const moving = new Set(take.movingNodes);
  const keys: TakeKeys = {
    rotationKeys: skeleton.names.map(() => endKeys(take.frameCount)),
    translationKeys: skeleton.names.map((_, node) => (moving.has(node) ? endKeys(take.frameCount) : null)),
  };
  if (take.frameCount < 3) return keys;
  const choose = (node: number): void => {
    if (!skeleton.isEndSite[node]) {
      keys.rotationKeys[node] = longestSpans(
        take.frameCount,
        rotationFits(take, count, node, angles[node], ways),
      );
    }
    if (moving.has(node)) {
      keys.translationKeys[node] = longestSpans(
        take.frameCount,
        translationFits(take, count, node, distances[node]),
      );
    }
  };

  const poses = new KeyedPoses(skeleton, take, ways);
  let changed = new Set(skeleton.names.keys());
  for (let round = 0; round < ROUNDS; round++) {
    for (const node of changed) choose(node);
    const worst = poses.worstErrors(keys);
    const factors = new Float64Array(count).fill(1);
    for (let node = 0; node < count; node++) {
      if (worst[node] <= error) continue;
      for (let at = node; at !== NO_PARENT; at = skeleton.parents[at]) {
        factors[at] = Math.min(factors[at], (MARGIN * error) / worst[node]);
      }
    }
    changed = new Set([...skeleton.names.keys()].filter((node) => factors[node] < 1));
    if (changed.size === 0) return keys;
    for (const node of changed) {
      angles[node] *= factors[node];
      distances[node] *= factors[node];
    }
  }
  while (addKeysWhereBroken(keys, poses, skeleton, error)) {
    // Each round makes at least one more frame of one joint a key.
  }
  return keys;
}

/** Tolerances in radians and metres, [node], as if errors along a chain added up like independent ones. */
function startTolerances(
  skeleton: Skeleton,
  error: number,
): { angles: Float64Array; distances: Float64Array } {
  const { parents, restOffsets } = skeleton;
  const count = parents.length;
  const reach = new Float64Array(count);
  const below = new Float64Array(count);
  for (let node = count - 1; node > 0; node--) {
    const parent = parents[node];
    if (parent === NO_PARENT) continue;
    const length = Math.hypot(restOffsets[node * 3], restOffsets[node * 3 + 1], restOffsets[node * 3 + 2]);
    reach[parent] = Math.max(reach[parent], reach[node] + length);
    below[parent] = Math.max(below[parent], below[node] + 1);
  }
  const above = new Float64Array(count);
  const angles = new Float64Array(count);
  const distances = new Float64Array(count);
  for (let node = 0; node < count; node++) {
    above[node] = parents[node] === NO_PARENT ? 1 : above[parents[node]] + 1;
    const share = error / Math.sqrt(above[node] + below[node]);
    // A joint that nothing hangs on may be off by what one of a hand's length may.
    angles[node] = Math.min(0.2, share / Math.max(reach[node], 0.05));
    distances[node] = share;
  }
  return { angles, distances };
}

type Fits = (from: number, to: number) => boolean;

function rotationFits(
  { localRotations }: RigTake,
  count: number,
  node: number,
  tolerance: number,
  ways: readonly RotationCurves[],
): Fits {
  const q = new Float64Array(4);
  // |a · b| = cos(half the angle between a and b)
  const least = Math.cos(tolerance / 2);
  return (from, to) => {
    for (let frame = from + 1; frame < to; frame++) {
      for (const curves of ways) {
        curves.sample(q, 0, node, from, to, (frame - from) / (to - from));
        if (!(Math.abs(dotQuat(q, 0, localRotations, (frame * count + node) * 4)) >= least)) return false;
      }
    }
    return true;
  };
}

function translationFits(
  { localTranslations }: RigTake,
  count: number,
  node: number,
  tolerance: number,
): Fits {
  return (from, to) => {
    for (let frame = from + 1; frame < to; frame++) {
      const amount = (frame - from) / (to - from);
      let square = 0;
      for (let axis = 0; axis < 3; axis++) {
        const at = (other: number): number => localTranslations[(other * count + node) * 3 + axis];
        square += (at(from) * (1 - amount) + at(to) * amount - at(frame)) ** 2;
      }
      if (!(square <= tolerance * tolerance)) return false;
    }
    return true;
  };
}

/** Keys each of which lasts as long as the frames up to the next fit; found by doubling, then halving. */
function longestSpans(frameCount: number, fits: Fits): Int32Array {
  const keys = [0];
  const last = frameCount - 1;
  let from = 0;
  while (from < last) {
    let good = from + 1;
    let step = 2;
    while (good < last && fits(from, Math.min(last, from + step))) {
      good = Math.min(last, from + step);
      step *= 2;
    }
    let bad = Math.min(last + 1, from + step);
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (fits(from, middle)) good = middle;
      else bad = middle;
    }
    keys.push(good);
    from = good;
  }
  return Int32Array.from(keys);
}

/** Puts keys, above every node that is off, at its worst frame. Returns whether there was one. */
function addKeysWhereBroken(keys: TakeKeys, poses: KeyedPoses, skeleton: Skeleton, error: number): boolean {
  const worst = poses.worstErrors(keys);
  let isBroken = false;
  for (let node = 0; node < worst.length; node++) {
    if (worst[node] <= error) continue;
    const frame = poses.worstFrames[node];
    for (let at = node; at !== NO_PARENT; at = skeleton.parents[at]) {
      const translations = keys.translationKeys[at];
      if (withKey(keys.rotationKeys[at], frame) !== keys.rotationKeys[at]) isBroken = true;
      keys.rotationKeys[at] = withKey(keys.rotationKeys[at], frame);
      if (!translations) continue;
      if (withKey(translations, frame) !== translations) isBroken = true;
      keys.translationKeys[at] = withKey(translations, frame);
    }
  }
  return isBroken;
}

function withKey(keys: Int32Array, frame: number): Int32Array {
  return keys.includes(frame) ? keys : Int32Array.from([...keys, frame]).sort();
}

function endKeys(frameCount: number): Int32Array {
  return frameCount < 2 ? new Int32Array(frameCount) : Int32Array.of(0, frameCount - 1);
}
