import { checkParameters, checkSamples } from './check-samples.ts';

export interface MedianParams {
  /** Duration the median is taken over, seconds. Taken as the nearest odd number of frames. */
  readonly windowSeconds: number;
}

/**
 * Median of the neighbouring frames, per channel: removes spikes shorter than half the window and keeps steps.
 * Input and result have shape [frame][channel].
 *
 * Equals `scipy.ndimage.median_filter(values, (window, 1), mode='nearest')`: past its ends the clip holds its
 * first and last frame.
 */
export function smoothMedian(
  values: Float64Array,
  frameCount: number,
  channels: number,
  frameTime: number,
  params: MedianParams,
): Float64Array {
  checkSamples(values, frameCount, channels, frameTime);
  checkParameters(params);
  const radius = Math.max(0, Math.round((params.windowSeconds / frameTime - 1) / 2));
  const lastFrame = frameCount - 1;
  const at = (frame: number, channel: number): number =>
    values[Math.min(lastFrame, Math.max(0, frame)) * channels + channel];

  const out = new Float64Array(values.length);
  const sorted = new Float64Array(2 * radius + 1);
  for (let channel = 0; channel < channels; channel++) {
    for (let slot = 0; slot < sorted.length; slot++) sorted[slot] = at(slot - radius, channel);
    sorted.sort();
    out[channel] = sorted[radius];
    for (let frame = 1; frame < frameCount; frame++) {
      replaceSorted(sorted, at(frame - radius - 1, channel), at(frame + radius, channel));
      out[frame * channels + channel] = sorted[radius];
    }
  }
  return out;
}

/** Takes one `leaving` value out of an ascending array and puts `entering` where it belongs. */
function replaceSorted(sorted: Float64Array, leaving: number, entering: number): void {
  let slot = 0;
  while (sorted[slot] < leaving) slot++;
  while (slot + 1 < sorted.length && sorted[slot + 1] < entering) {
    sorted[slot] = sorted[slot + 1];
    slot++;
  }
  while (slot > 0 && sorted[slot - 1] > entering) {
    sorted[slot] = sorted[slot - 1];
    slot--;
  }
  sorted[slot] = entering;
}
