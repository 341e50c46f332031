import { checkParameters, checkSamples } from './check-samples.ts';

export interface ButterworthParams {
  /** Cutoff of one pass, Hz: one pass halves the power there, the two passes together quarter it. */
  readonly cutoffHz: number;
}

/**
 * Low-pass filter run forwards and then backwards, so that nothing is delayed: order 2 per pass, order 4 in
 * all. Input and result have shape [frame][channel].
 *
 * Equals `scipy.signal.filtfilt(*scipy.signal.butter(2, cutoffHz, fs=1 / frameTime), values, axis=0)`: both
 * ends are continued for 9 frames by point reflection (fewer on clips of under 10 frames), and each pass
 * starts in the state a constant signal would have left. A cutoff at or above half the frame rate has nothing
 * to remove, and the values come back unchanged.
 */
export function smoothButterworth(
  values: Float64Array,
  frameCount: number,
  channels: number,
  frameTime: number,
  params: ButterworthParams,
): Float64Array {
  checkSamples(values, frameCount, channels, frameTime);
  checkParameters(params);
  if (params.cutoffHz * frameTime >= 0.5) return values.slice();
  const section = lowPass(params.cutoffHz, frameTime);

  // Three times the filter's three taps, as scipy pads.
  const pad = Math.min(9, frameCount - 1);
  const extended = new Float64Array(frameCount + 2 * pad);
  const out = new Float64Array(values.length);
  for (let channel = 0; channel < channels; channel++) {
    const first = values[channel];
    const last = values[(frameCount - 1) * channels + channel];
    for (let k = 1; k <= pad; k++) {
      extended[pad - k] = 2 * first - values[k * channels + channel];
      extended[pad + frameCount - 1 + k] = 2 * last - values[(frameCount - 1 - k) * channels + channel];
    }
    for (let frame = 0; frame < frameCount; frame++)
      extended[pad + frame] = values[frame * channels + channel];
    passInPlace(extended, section, 0, 1);
    passInPlace(extended, section, extended.length - 1, -1);
    for (let frame = 0; frame < frameCount; frame++) out[frame * channels + channel] = extended[pad + frame];
  }
  return out;
}

/** y_t = b0 x_t + b1 x_(t-1) + b2 x_(t-2) - a1 y_(t-1) - a2 y_(t-2). */
interface Section {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Second-order Butterworth low-pass by the bilinear transform, prewarped so that the cutoff is exact. */
function lowPass(cutoffHz: number, frameTime: number): Section {
  const k = Math.tan(Math.PI * cutoffHz * frameTime);
  const scale = 1 / (1 + Math.SQRT2 * k + k * k);
  const b0 = k * k * scale;
  return { b0, b1: 2 * b0, b2: b0, a1: 2 * (k * k - 1) * scale, a2: (1 - Math.SQRT2 * k + k * k) * scale };
}

/** One pass from index `begin` in direction `step`, transposed direct form II. */
function passInPlace(signal: Float64Array, section: Section, begin: number, step: 1 | -1): void {
  const { b0, b1, b2, a1, a2 } = section;
  // The state after an endless constant x: the output is x too, hence z1 = (1 - b0) x and z2 = (b2 - a2) x.
  let z1 = (1 - b0) * signal[begin];
  let z2 = (b2 - a2) * signal[begin];
  for (let k = begin; k >= 0 && k < signal.length; k += step) {
    const x = signal[k];
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    signal[k] = y;
  }
}
