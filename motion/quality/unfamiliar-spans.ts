/** A stretch of frames, both ends inclusive. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** A pose or two out of the ordinary is nothing to be told; half a second is. */
const MEAN_SECONDS = 0.5;
const LEAST_SECONDS = 0.5;

/**
 * Where motion is unlike what a network was trained on: where the surprise, averaged over half a second, exceeds the
 * network's limit for at least as long.
 *
 * @param surprise [frame], as the network tells it
 * @param limit `unfamiliarAbove` of its card
 */
export function unfamiliarSpans(surprise: Float64Array, frameTime: number, limit: number): FrameRange[] {
  const reach = Math.round(MEAN_SECONDS / frameTime / 2);
  const least = Math.round(LEAST_SECONDS / frameTime);
  const sums = new Float64Array(surprise.length + 1);
  for (let frame = 0; frame < surprise.length; frame++) sums[frame + 1] = sums[frame] + surprise[frame];
  const spans: { start: number; end: number }[] = [];
  for (let frame = 0; frame < surprise.length; frame++) {
    const first = Math.max(0, frame - reach);
    const stop = Math.min(surprise.length, frame + reach + 1);
    if ((sums[stop] - sums[first]) / (stop - first) <= limit) continue;
    const last = spans.at(-1);
    if (last !== undefined && frame - last.end <= least) last.end = frame;
    else spans.push({ start: frame, end: frame });
  }
  return spans.filter(({ start, end }) => end - start + 1 >= Math.min(least, surprise.length));
}
