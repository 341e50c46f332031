/** What part of the refinement each frame gets. */
export interface BlendSettings {
  readonly strength: number;
  readonly range?: readonly [number, number];
  readonly featherFrames?: number;
}

/** Weight per frame, 0..strength: 0 outside the range and in calibration frames, faded inside its ends. */
export function rangeWeights(
  frameCount: number,
  leadFrames: number,
  { strength, range, featherFrames = 0 }: BlendSettings,
): Float64Array {
  const [first, last] = range ?? [0, frameCount - 1];
  const weights = new Float64Array(frameCount);
  for (let frame = Math.max(first, leadFrames); frame <= last; frame++) {
    // A range that reaches the clip's end has nothing to fade into there.
    const fromStart = first <= leadFrames ? Number.POSITIVE_INFINITY : frame - first + 1;
    const toEnd = last >= frameCount - 1 ? Number.POSITIVE_INFINITY : last - frame + 1;
    const fade = Math.min(1, Math.min(fromStart, toEnd) / (featherFrames + 1));
    // Smoothstep: no corner in the motion where the fade begins and ends.
    weights[frame] = strength * fade * fade * (3 - 2 * fade);
  }
  return weights;
}

/** before + weight * (after - before), per frame. Frames of weight 0 are the input's own numbers. */
export function blendRange(before: Float64Array, after: Float64Array, weights: Float64Array): Float64Array {
  const channels = before.length / weights.length;
  const out = before.slice();
  for (let frame = 0; frame < weights.length; frame++) {
    if (weights[frame] === 0) continue;
    for (let at = frame * channels; at < (frame + 1) * channels; at++) {
      out[at] += weights[frame] * (after[at] - before[at]);
    }
  }
  return out;
}
