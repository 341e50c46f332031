import { jointDistancesMm, meanPerFrame } from '../../motion/metrics/joint-distances.ts';
import { noiseShare } from '../../motion/quality/noise-share.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { fillChannelGaps } from '../../motion/skeleton/fill-gaps.ts';
import { solveIk } from '../../motion/skeleton/ik/solve-ik.ts';
import { fromBody17 } from '../../motion/skeleton/layout-from-body17.ts';
import { LAYOUTS } from '../../motion/skeleton/layouts.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { blendRange } from './blend-range.ts';

/** A refinement carried back to what the file holds. */
export interface SolvedResult {
  /** The clip on its own skeleton, or null for arrays. */
  readonly skeletonClip: SkeletonClip | null;
  /** [frame][layout joint][dimension], metres and Y up for 3D; null for skeletons. */
  readonly layoutPositions: Float64Array | null;
  /** Metres, [frame][17][xyz], of what is written; empty for 2D. */
  readonly body17: Float64Array;
}

/**
 * @param targets refined and blended body-17, [frame][17][xyz]
 * @param before gap-free input body-17
 * @param weights how much of the refinement each frame gets
 * @param filterAll for filters: treats the file's own joints instead
 */
export function solveResult(
  clip: OpenedClip,
  targets: Float64Array,
  before: Float64Array,
  weights: Float64Array,
  settings: { readonly smoothRotationsSeconds?: number },
  filterAll: ((positions: Float64Array, channels: number) => Float64Array) | null,
): SolvedResult {
  const { source } = clip;
  if (source.format === 'bvh') {
    const seconds = settings.smoothRotationsSeconds ?? smoothingFor(before, targets);
    const solved = solveIk(source.clip, source.map, targetsOf(targets, clip, weights), {
      rotationSmoothing: seconds,
      twistSmoothing: seconds,
    });
    return {
      skeletonClip: solved.clip,
      layoutPositions: null,
      body17: body17Positions(solved.clip, source.map),
    };
  }
  const { layout, positions } = source;
  const channels = LAYOUTS[layout].names.length * clip.dimensions;
  const layoutPositions =
    filterAll === null
      ? fromBody17(positions, targets, before, layout, 3)
      : filterKeepingGaps(positions, channels, clip.dimensions, weights, filterAll);
  return {
    skeletonClip: null,
    layoutPositions,
    body17: clip.dimensions === 3 ? targets : new Float64Array(0),
  };
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
function filterKeepingGaps(
  positions: Float64Array,
  channels: number,
  dimensions: number,
  weights: Float64Array,
  filterAll: (positions: Float64Array, channels: number) => Float64Array,
): Float64Array {
  const filled = positions.slice();
  for (let channel = 0; channel < channels; channel++) {
    if (fillChannelGaps(filled, channel, channels)) continue;
    // Nobody saw it; any number does, as it is missing again below.
    for (let at = channel; at < filled.length; at += channels) filled[at] = 0;
  }
  const out = blendRange(filled, filterAll(filled, channels), weights);
  for (let at = 0; at < out.length; at++) if (Number.isNaN(positions[at])) out[at] = Number.NaN;
  if (positions.length % dimensions !== 0) throw new RangeError('positions are not whole points');
  return out;
}
