import { BODY17_COUNT, type Body17Map } from '../body17.ts';
import type { SkeletonClip } from '../clip.ts';
import { aimAtTargets } from './aim.ts';
import { createLeastSquares, refinePose } from './least-squares.ts';
import { type IkPlan, planIk } from './plan.ts';
import { smoothRotations } from './smooth-rotations.ts';
import { createIkState, type IkState, loadFrame, poseStart, storeFrame } from './state.ts';

export interface IkOptions {
  /**
   * Trust in each target, >= 0; 0 ignores it. One per body-17 joint, or one per frame and joint
   * ([frame][17]). Default 1.
   */
  readonly weights?: ArrayLike<number>;
  /**
   * Most least-squares steps per frame after the first estimate. Default 3, which leaves less than a
   * millimetre; 8 and more reach what can be reached, and bend straight chains for small gains.
   */
  readonly passes?: number;
  /**
   * Standard deviation, in seconds, of a Gaussian over the local rotations of joints outside the mapped
   * chains (hands, fingers, toes). Default 0: they stay as they are.
   */
  readonly rotationSmoothing?: number;
  /**
   * The same for the solved joints, which are then solved once more. Their directions follow the targets, so
   * what it smooths is what the targets leave open: the twist about each bone, the head's roll, the share of
   * each vertebra. Default 0.
   */
  readonly twistSmoothing?: number;
}

export interface IkResult {
  readonly clip: SkeletonClip;
  /** Mean distance of the solved body-17 joints to their targets, millimetres; NaN if there was no target. */
  readonly residualMm: number;
}

/**
 * Moves a clip so that its body-17 joints meet the targets as closely as its bone lengths allow.
 *
 * The root's translation and the rotations of the joints with a mapped descendant are solved, frame by frame,
 * starting from the clip's own pose; every other local rotation, and every non-root translation, stays. Bones
 * swing the shortest way, so twist stays that of the clip, and targets equal to the clip's own body-17
 * positions give the clip back. A joint that would have to turn far (more and more from 60°, wholly from 120°)
 * starts from the solved frame before instead. A frame without any target stays as it is.
 *
 * Output quaternions may differ in sign from frame to frame where the clip's do; `makeQuatsContinuous` mends it.
 *
 * @param targets metres, [frame][17][xyz]; NaN marks a joint without a target
 */
export function solveIk(
  clip: SkeletonClip,
  map: Body17Map,
  targets: Float64Array,
  options: IkOptions = {},
): IkResult {
  const steps = solveIkSteps(clip, map, targets, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * `solveIk` in steps of a few milliseconds, for callers that show progress or may stop: yields the share of the
 * work that is done, 0..1, ascending, and returns the result.
 */
export function* solveIkSteps(
  clip: SkeletonClip,
  map: Body17Map,
  targets: Float64Array,
  options: IkOptions = {},
): Generator<number, IkResult, void> {
  checkArguments(clip, targets, options);
  const { weights, passes = 3, rotationSmoothing = 0, twistSmoothing = 0 } = options;
  const plan = planIk(clip, map);
  const solved = Array.from(new Set(Array.from(plan.activeSlot, (slot) => plan.slotNode[slot])));
  const others = clip.skeleton.names.map((_, node) => node).filter((node) => !solved.includes(node));
  const smoothed = (rotationSmoothing > 0 ? others.length : 0) + (twistSmoothing > 0 ? solved.length : 0);
  const solves = twistSmoothing > 0 ? 2 : 1;
  const work = { done: 0, total: clip.frameCount * (solves + smoothed * SMOOTHING_COST) };

  const start = yield* smoothJoints(clip, others, rotationSmoothing, map, targets, work);
  // The second solve does the fine work; the first only has to turn the bones the right way.
  const first = yield* solveFrames(
    start,
    plan,
    targets,
    weights,
    twistSmoothing > 0 ? Math.min(1, passes) : passes,
    work,
  );
  if (!(twistSmoothing > 0)) return first;
  // Of the solved pose, so that its directions are right already and only what they leave open is smoothed.
  const calm = yield* smoothJoints(first.clip, solved, twistSmoothing, map, targets, work);
  return yield* solveFrames(calm, plan, targets, weights, passes, work);
}

/** In solved frames. */
interface Work {
  done: number;
  readonly total: number;
}

/** Frames solved between two yields: a few milliseconds. */
const FRAMES_PER_STEP = 64;
/** What smoothing one joint in one frame takes, as a share of solving a frame; measured, for progress only. */
const SMOOTHING_COST = 0.01;

function* solveFrames(
  clip: SkeletonClip,
  plan: IkPlan,
  targets: Float64Array,
  weights: ArrayLike<number> | undefined,
  passes: number,
  work: Work,
): Generator<number, IkResult, void> {
  const nodeCount = clip.skeleton.names.length;
  const state = createIkState(plan);
  const leastSquares = createLeastSquares(plan);
  const localRotations = clip.localRotations.slice();
  const localTranslations = clip.localTranslations.slice();
  let distanceSum = 0;
  let distanceCount = 0;
  for (let frame = 0; frame < clip.frameCount; frame++) {
    if (frame > 0 && frame % FRAMES_PER_STEP === 0) yield (work.done + frame) / work.total;
    const targetCount = loadTargets(plan, state, targets, weights, frame);
    if (targetCount === 0) continue;
    loadFrame(plan, state, clip, frame);
    poseStart(plan, state, -1);
    aimAtTargets(plan, state);
    refinePose(plan, state, leastSquares, passes);
    storeFrame(plan, state, localRotations, localTranslations, frame, nodeCount);
    distanceSum += sumDistances(state);
    distanceCount += targetCount;
  }
  work.done += clip.frameCount;
  return {
    clip: { ...clip, localRotations, localTranslations },
    residualMm: (1000 * distanceSum) / distanceCount,
  };
}

function checkArguments(clip: SkeletonClip, targets: Float64Array, options: IkOptions): void {
  const expected = clip.frameCount * BODY17_COUNT * 3;
  if (targets.length !== expected) {
    throw new RangeError(`targets have ${targets.length} numbers, expected ${expected} ([frame][17][xyz])`);
  }
  const { weights } = options;
  if (weights && weights.length !== BODY17_COUNT && weights.length !== clip.frameCount * BODY17_COUNT) {
    throw new RangeError(`weights have ${weights.length} numbers, expected 17 or frames × 17`);
  }
}

/** The clip with some joints smoothed; frames without targets are neither changed nor mixed into others. */
function* smoothJoints(
  clip: SkeletonClip,
  joints: readonly number[],
  seconds: number,
  map: Body17Map,
  targets: Float64Array,
  work: Work,
): Generator<number, SkeletonClip, void> {
  if (!(seconds > 0)) return clip;
  const { frameCount, frameTime, skeleton } = clip;
  const localRotations = clip.localRotations.slice();
  const isKept = Uint8Array.from({ length: frameCount }, (_, frame) =>
    hasTarget(map, targets, frame) ? 0 : 1,
  );
  for (const joint of joints) {
    smoothRotations(localRotations, frameCount, skeleton.names.length, [joint], seconds / frameTime, isKept);
    work.done += SMOOTHING_COST * frameCount;
    yield work.done / work.total;
  }
  return { ...clip, localRotations };
}

function hasTarget(map: Body17Map, targets: Float64Array, frame: number): boolean {
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    if (map[joint].length > 0 && !Number.isNaN(targets[(frame * BODY17_COUNT + joint) * 3])) return true;
  }
  return false;
}

/** Returns how many body joints have a target in this frame. */
function loadTargets(
  plan: IkPlan,
  state: IkState,
  targets: Float64Array,
  weights: ArrayLike<number> | undefined,
  frame: number,
): number {
  const weightStart = weights && weights.length > BODY17_COUNT ? frame * BODY17_COUNT : 0;
  let count = 0;
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    const at = (frame * BODY17_COUNT + joint) * 3;
    const x = targets[at];
    const y = targets[at + 1];
    const z = targets[at + 2];
    const isMapped = plan.bodyPartStart[joint + 1] > plan.bodyPartStart[joint];
    const weight = weights ? weights[weightStart + joint] : 1;
    const isUsed = isMapped && Number.isFinite(x + y + z) && weight > 0;
    state.targetWeight[joint] = isUsed ? weight : 0;
    state.target[joint * 3] = isUsed ? x : 0;
    state.target[joint * 3 + 1] = isUsed ? y : 0;
    state.target[joint * 3 + 2] = isUsed ? z : 0;
    if (isUsed) count++;
  }
  return count;
}

/** Metres, over the joints with a target. */
function sumDistances(state: IkState): number {
  const { body, target, targetWeight } = state;
  let sum = 0;
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    if (targetWeight[joint] === 0) continue;
    const x = target[joint * 3] - body[joint * 3];
    const y = target[joint * 3 + 1] - body[joint * 3 + 1];
    const z = target[joint * 3 + 2] - body[joint * 3 + 2];
    sum += Math.sqrt(x * x + y * y + z * z);
  }
  return sum;
}
