import { smoothGaussian } from '../filters/gaussian.ts';
import { noiseShare } from '../quality/noise-share.ts';

/** Over how many window spacings the size of the correction is averaged: about an eighth of a second. */
const LOCAL_SPACINGS = 4;

/**
 * Finishes refined motion by how much the network had to correct around each frame. Noisy stretches lose what
 * overlapping windows still disagree about from frame to frame, by a short Gaussian over time. Clean stretches get
 * back what the low-pass before the windows took from the input.
 *
 * @param refined [frame][joint][xyz] metres, after SWAA
 * @param before the same of the input
 * @param filtered the input as the windows were cut from it (`prefilter`)
 * @param sigma standard deviation in window spacings; 0 smooths nothing
 */
export function settle(
  refined: Float64Array,
  before: Float64Array,
  filtered: Float64Array,
  frameCount: number,
  spacing: number,
  sigma: number,
): Float64Array {
  const channels = refined.length / frameCount;
  // A frame time of 1 makes the kernel's seconds frames.
  const smooth =
    sigma > 0 ? smoothGaussian(refined, frameCount, channels, 1, { stdSeconds: sigma * spacing }) : refined;
  const local = smoothGaussian(correctionsMm(refined, before, frameCount), frameCount, 1, 1, {
    stdSeconds: LOCAL_SPACINGS * spacing,
  });
  const out = refined.slice();
  for (let frame = 0; frame < frameCount; frame++) {
    const share = noiseShare(local[frame]);
    for (let at = frame * channels; at < (frame + 1) * channels; at++) {
      out[at] += share * (smooth[at] - refined[at]) + (1 - share) * (before[at] - filtered[at]);
    }
  }
  return out;
}

/** Mean distance of the joints per frame, mm. */
function correctionsMm(a: Float64Array, b: Float64Array, frameCount: number): Float64Array {
  const size = a.length / frameCount;
  return Float64Array.from({ length: frameCount }, (_, frame) => {
    let sum = 0;
    for (let at = frame * size; at < (frame + 1) * size; at += 3) {
      sum += Math.hypot(a[at] - b[at], a[at + 1] - b[at + 1], a[at + 2] - b[at + 2]);
    }
    return (1000 * sum * 3) / size;
  });
}
