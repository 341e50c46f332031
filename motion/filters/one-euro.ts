/**
 * The One-Euro filter: Casiez, Roussel & Vogel, "1 Euro Filter: A Simple Speed-based Low-pass Filter for Noisy
 * Input in Interactive Systems", CHI 2012, algorithm 1.
 */
import { checkParameters, checkSamples } from './check-samples.ts';

export interface OneEuroParams {
  /** Cutoff at rest, Hz. Lower removes more jitter. */
  readonly minCutoffHz: number;
  /** Rise of the cutoff with speed, Hz per (unit of the values per second). Higher lags less when moving. */
  readonly beta: number;
  /** Cutoff of the speed estimate itself, Hz. */
  readonly speedCutoffHz: number;
}

/**
 * Low-pass filter whose cutoff rises with the speed of each channel. Input and result have shape
 * [frame][channel]. It reads no later frame, so it suits live input and, unlike the other filters, lags behind
 * the motion. The first frame comes back unchanged; its speed counts as zero.
 */
export function smoothOneEuro(
  values: Float64Array,
  frameCount: number,
  channels: number,
  frameTime: number,
  params: OneEuroParams,
): Float64Array {
  checkSamples(values, frameCount, channels, frameTime);
  checkParameters(params, ['beta']);
  const { minCutoffHz, beta, speedCutoffHz } = params;
  const speedShare = newShare(speedCutoffHz, frameTime);

  const out = values.slice();
  for (let channel = 0; channel < channels; channel++) {
    let speed = 0;
    for (let k = channels + channel; k < values.length; k += channels) {
      speed += speedShare * ((values[k] - out[k - channels]) / frameTime - speed);
      const share = newShare(minCutoffHz + beta * Math.abs(speed), frameTime);
      out[k] = out[k - channels] + share * (values[k] - out[k - channels]);
    }
  }
  return out;
}

/** Share of the new value in an exponential average of the given cutoff (the paper's alpha). */
function newShare(cutoffHz: number, frameTime: number): number {
  const timeConstant = 1 / (2 * Math.PI * cutoffHz);
  return 1 / (1 + timeConstant / frameTime);
}
