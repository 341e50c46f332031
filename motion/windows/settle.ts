import { smoothGaussian } from '../filters/gaussian.ts';
import { jointDistancesMm, meanPerFrame } from '../metrics/joint-distances.ts';
import { noiseShare } from '../quality/noise-share.ts';

/** Over how many window spacings the signs of noise are averaged: about an eighth of a second. */
const LOCAL_SPACINGS = 4;
/**
 * Jitter of the input, standard deviation per axis in mm: a good capture has a few tenths, and from the second
 * figure on the input is noisy, however small the correction.
 */
const STILL_JITTER_MM = 0.5;
const SHAKING_JITTER_MM = 1.5;
/** A fourth difference of white noise has sqrt(70) times its deviation; a 3D vector of it is 1.6 times as long. */
const FOURTH_DIFFERENCE_GAIN = Math.sqrt(70) * 1.6;

/**
 * Finishes refined motion by how noisy the input is around each frame. Where the network had to correct much, a
 * short Gaussian over time takes out what overlapping windows still disagree about from frame to frame. Where it
 * corrected little and the input does not shake, the input is clean and stays: a correction of a few millimetres is
 * no more than the network's own error.
 *
 * @param refined [frame][joint][xyz] metres, after SWAA
 * @param before the same of the input
 * @param sigma standard deviation in window spacings; 0 smooths nothing
 */
export function settle(
  refined: Float64Array,
  before: Float64Array,
  frameCount: number,
  spacing: number,
  sigma: number,
): Float64Array {
  const channels = refined.length / frameCount;
  // A frame time of 1 makes the kernel's seconds frames.
  const smooth =
    sigma > 0 ? smoothGaussian(refined, frameCount, channels, 1, { stdSeconds: sigma * spacing }) : refined;
  const local = { stdSeconds: LOCAL_SPACINGS * spacing };
  const corrections = smoothGaussian(
    meanPerFrame(jointDistancesMm(refined, before), frameCount),
    frameCount,
    1,
    1,
    local,
  );
  const jitter = smoothGaussian(jitterMm(before, frameCount), frameCount, 1, 1, local);
  const out = refined.slice();
  for (let frame = 0; frame < frameCount; frame++) {
    const noisy = noiseShare(corrections[frame]);
    const shaking = (jitter[frame] - STILL_JITTER_MM) / (SHAKING_JITTER_MM - STILL_JITTER_MM);
    const trusted = Math.max(noisy, Math.min(1, Math.max(0, shaking)));
    for (let at = frame * channels; at < (frame + 1) * channels; at++) {
      const settled = refined[at] + noisy * (smooth[at] - refined[at]);
      out[at] = before[at] + trusted * (settled - before[at]);
    }
  }
  return out;
}

/**
 * How much the joints shake around each frame: the fourth difference, which motion of a few Hz hardly has, as the
 * deviation per axis of the white noise that would have it, mm.
 */
function jitterMm(positions: Float64Array, frameCount: number): Float64Array {
  const size = positions.length / frameCount;
  const out = new Float64Array(frameCount);
  if (frameCount < 5) return out;
  for (let frame = 2; frame < frameCount - 2; frame++) {
    let sum = 0;
    for (let at = frame * size; at < (frame + 1) * size; at += 3) {
      let squares = 0;
      for (let k = at; k < at + 3; k++) {
        const difference =
          positions[k - 2 * size] -
          4 * positions[k - size] +
          6 * positions[k] -
          4 * positions[k + size] +
          positions[k + 2 * size];
        squares += difference * difference;
      }
      sum += Math.sqrt(squares);
    }
    out[frame] = (1000 * sum * 3) / size / FOURTH_DIFFERENCE_GAIN;
  }
  out.fill(out[2], 0, 2).fill(out[frameCount - 3], frameCount - 2);
  return out;
}
