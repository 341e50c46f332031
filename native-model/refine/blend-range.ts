import { jointDistancesMm, meanPerFrame } from '../../motion/metrics/joint-distances.ts';

/** What part of the refinement each frame gets. */
export interface BlendSettings {
  readonly strength: number;
  readonly range?: readonly [number, number];
  readonly featherFrames?: number;
}

/** Weight per frame, 0..strength: 0 outside the range and in calibration frames, faded inside its ends, at most to its middle. */
export function rangeWeights(
  frameCount: number,
  leadFrames: number,
  { strength, range, featherFrames = 0 }: BlendSettings,
): Float64Array {
  const [first, last] = range ?? [0, frameCount - 1];
  // A fade longer than half the range would never reach full strength.
  const fadeFrames = Math.min(featherFrames, Math.floor((last - first) / 2));
  const weights = new Float64Array(frameCount);
  for (let frame = Math.max(first, leadFrames); frame <= last; frame++) {
    // A range that reaches the clip's end has nothing to fade into there.
    const fromStart = first <= leadFrames ? Number.POSITIVE_INFINITY : frame - first + 1;
    const toEnd = last >= frameCount - 1 ? Number.POSITIVE_INFINITY : last - frame + 1;
    const fade = Math.min(1, Math.min(fromStart, toEnd) / (fadeFrames + 1));
    // Smoothstep: no corner in the motion where the fade begins and ends.
    weights[frame] = strength * fade * fade * (3 - 2 * fade);
  }
  return weights;
}

/**
 * before + weight * share * (after - before), per frame and channel. Where weight or share is 0 stand the input's
 * own numbers.
 *
 * @param shares per channel, 0..1 (`jointShares`)
 */
export function blendRange(
  before: Float64Array,
  after: Float64Array,
  weights: Float64Array,
  shares?: Float64Array,
): Float64Array {
  const channels = before.length / weights.length;
  const out = before.slice();
  for (let frame = 0; frame < weights.length; frame++) {
    if (weights[frame] === 0) continue;
    for (let channel = 0; channel < channels; channel++) {
      const weight = shares === undefined ? weights[frame] : weights[frame] * shares[channel];
      if (weight === 0) continue;
      const at = frame * channels + channel;
      out[at] += weight * (after[at] - before[at]);
    }
  }
  return out;
}

/** Less than this at the edge of a range is not seen as a jump, mm. */
const VISIBLE_JUMP_MM = 10;

/**
 * Says where a range that was not faded makes the motion jump: at its first and last frame, unless the motion
 * itself begins or ends there. Positions in metres, [frame][joint][xyz].
 */
export function describeJumps(
  before: Float64Array,
  blended: Float64Array,
  frameCount: number,
  leadFrames: number,
  range: readonly [number, number] | undefined,
): string[] {
  if (range === undefined) return [];
  const [first, last] = range;
  const edges: [number, string][] = [];
  if (first > leadFrames) edges.push([first, 'begins']);
  if (last < frameCount - 1) edges.push([last, 'ends']);
  const moved = meanPerFrame(jointDistancesMm(before, blended), frameCount);
  return edges.flatMap(([frame, verb]) => {
    const mm = moved[frame];
    if (!(mm > VISIBLE_JUMP_MM)) return [];
    return `the range ${verb} with a jump of ${mm.toFixed(0)} mm at frame ${frame}; a feather (--feather) fades it in and out`;
  });
}
