import { jointDistancesMm, meanPerFrame } from '../../motion/metrics/joint-distances.ts';
import { noiseShare } from '../../motion/quality/noise-share.ts';
import { BODY17_COUNT, type Body17Map } from '../../motion/skeleton/body17.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { fillChannelGaps } from '../../motion/skeleton/fill-gaps.ts';
import { solveIkSteps } from '../../motion/skeleton/ik/solve-ik.ts';
import { fromBody17 } from '../../motion/skeleton/layout-from-body17.ts';
import { LAYOUTS } from '../../motion/skeleton/layouts.ts';
import type { PositionSource } from '../formats/clip-source.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { blendRange } from './blend-range.ts';
import { createGiveWay, type GiveWay } from './give-way.ts';
import { layoutShares } from './joint-shares.ts';
import { carryLock, holdWeights, type PlantedFeet } from './plant-feet.ts';
import type { FilterAll } from './run-filter.ts';

/** A refinement carried back to what the file holds. */
export interface SolvedResult {
  /** The clip on its own skeleton, or null for arrays. */
  readonly skeletonClip: SkeletonClip | null;
  /** [frame][layout joint][dimension], metres and Y up for 3D; null for skeletons. */
  readonly layoutPositions: Float64Array | null;
  /** Metres, [frame][17][xyz], of what is written; empty for 2D. */
  readonly body17: Float64Array;
}

/** How much of the refinement is wanted, and where. */
export interface SolveSettings {
  /** Per frame, 0..1; frames of weight 0 stay. */
  readonly weights: Float64Array;
  /** Per body-17 joint, whether it is refined; all by default. */
  readonly joints?: readonly boolean[];
  readonly smoothRotationsSeconds?: number;
}

/**
 * Carries body-17 positions back to the clip, in steps between which a cancel is heard.
 *
 * @param feet refined and blended body-17, [frame][17][xyz], with and without held feet
 * @param before gap-free input body-17
 * @param filterAll for filters: treats the file's own joints instead
 * @param onShare called now and then with the share that is done, 0..1
 * @throws PoseMendError('cancelled') when the signal fires
 */
export async function solveResult(
  clip: OpenedClip,
  feet: Pick<PlantedFeet, 'targets' | 'unlocked' | 'holds'>,
  before: Float64Array,
  settings: SolveSettings,
  filterAll: FilterAll | null,
  signal?: AbortSignal,
  onShare?: (share: number) => void,
): Promise<SolvedResult> {
  const { source } = clip;
  const { weights } = settings;
  const { targets, unlocked } = feet;
  let share = 0;
  const giveWay = createGiveWay(signal, () => onShare?.(share));
  if (source.kind === 'skeleton') {
    const seconds = settings.smoothRotationsSeconds ?? smoothingFor(before, unlocked);
    await giveWay();
    const ikTargets = targetsOf(targets, clip, weights);
    await giveWay();
    const held = holdWeights(feet);
    const steps = solveIkSteps(source.clip, source.map, ikTargets, {
      ...(held === undefined ? {} : { weights: held }),
      rotationSmoothing: seconds,
      twistSmoothing: seconds,
    });
    let step = steps.next();
    while (!step.done) {
      share = step.value;
      await giveWay();
      step = steps.next();
    }
    const solved = step.value.clip;
    return {
      skeletonClip: solved,
      layoutPositions: null,
      body17: await positionsOf(solved, source.map, giveWay),
    };
  }
  const { layout, positions } = source;
  const layoutPositions =
    filterAll === null
      ? fromBody17(positions, targets, before, layout, 3)
      : carryLock(await filterKeepingGaps(clip, source, settings, filterAll, giveWay), feet, layout);
  await giveWay();
  return {
    skeletonClip: null,
    layoutPositions,
    body17: clip.dimensions === 3 ? targets : new Float64Array(0),
  };
}

/** Frames between two pauses of the forward kinematics. */
const FRAMES_PER_STEP = 512;

/** `body17Positions`, some frames at a time. */
async function positionsOf(clip: SkeletonClip, map: Body17Map, giveWay: GiveWay): Promise<Float64Array> {
  const out = new Float64Array(clip.frameCount * BODY17_COUNT * 3);
  const nodes = clip.skeleton.names.length;
  for (let first = 0; first < clip.frameCount; first += FRAMES_PER_STEP) {
    const end = Math.min(clip.frameCount, first + FRAMES_PER_STEP);
    const part: SkeletonClip = {
      ...clip,
      frameCount: end - first,
      localRotations: clip.localRotations.subarray(first * nodes * 4, end * nodes * 4),
      localTranslations: clip.localTranslations.subarray(first * nodes * 3, end * nodes * 3),
    };
    out.set(body17Positions(part, map), first * BODY17_COUNT * 3);
    await giveWay();
  }
  return out;
}

/** Standard deviation of the smoothing for noisy clips: a twist over a tenth of a second is kept. */
const SMOOTHING_SECONDS = 0.05;

/**
 * Positions say nothing of the twist about a bone, of hands and of toes: those come from the input. Where the
 * input's positions needed a large correction its rotations shake too, and are smoothed in proportion.
 */
export function smoothingFor(before: Float64Array, targets: Float64Array): number {
  if (before.length === 0) return 0;
  const [meanMm] = meanPerFrame(jointDistancesMm(before, targets), 1);
  return SMOOTHING_SECONDS * noiseShare(meanMm);
}

/** Frames outside the range have no target and stay untouched; so have joints the skeleton does not have. */
function targetsOf(targets: Float64Array, clip: OpenedClip, weights: Float64Array): Float64Array {
  const out = targets.slice();
  for (let frame = 0; frame < weights.length; frame++) {
    for (let joint = 0; joint < BODY17_COUNT; joint++) {
      if (weights[frame] > 0 && !clip.derived[joint]) continue;
      out.fill(Number.NaN, (frame * BODY17_COUNT + joint) * 3, (frame * BODY17_COUNT + joint + 1) * 3);
    }
  }
  return out;
}

/** Filters all joints of a layout; what was missing stays missing. */
async function filterKeepingGaps(
  { dimensions }: OpenedClip,
  { layout, positions }: Pick<PositionSource, 'layout' | 'positions'>,
  { weights, joints }: SolveSettings,
  filterAll: FilterAll,
  giveWay: GiveWay,
): Promise<Float64Array> {
  const channels = LAYOUTS[layout].names.length * dimensions;
  const filled = positions.slice();
  for (let channel = 0; channel < channels; channel++) {
    if (fillChannelGaps(filled, channel, channels)) continue;
    // Nobody saw it; any number does, as it is missing again below.
    for (let at = channel; at < filled.length; at += channels) filled[at] = 0;
  }
  const filtered = await filterAll(filled, channels, giveWay);
  const out = blendRange(filled, filtered, weights, layoutShares(joints, layout, dimensions));
  for (let at = 0; at < out.length; at++) if (Number.isNaN(positions[at])) out[at] = Number.NaN;
  return out;
}
