import { checkParameters, checkSamples } from './check-samples.ts';

export interface SavitzkyGolayParams {
  /** Duration the polynomial is fitted to, seconds. Taken as the nearest odd number of frames. */
  readonly windowSeconds: number;
  /** Degree of the polynomial, an integer >= 0. Odd degrees act as the even one below, except at the ends. */
  readonly degree: number;
}

/**
 * Replaces every frame by the value of a polynomial fitted to the frames around it (Savitzky & Golay 1964),
 * without delay. Input and result have shape [frame][channel].
 *
 * Equals `scipy.signal.savgol_filter(values, window, degree, axis=0, mode='interp')`: near its ends the clip
 * takes the polynomial of the first or last full window. A clip shorter than the window is fitted with the
 * longest odd window it holds; where that has no more frames than the polynomial has coefficients, the fit
 * passes through every frame, so the values come back unchanged.
 */
export function smoothSavitzkyGolay(
  values: Float64Array,
  frameCount: number,
  channels: number,
  frameTime: number,
  params: SavitzkyGolayParams,
): Float64Array {
  checkSamples(values, frameCount, channels, frameTime);
  checkParameters(params, ['degree']);
  const { windowSeconds, degree } = params;
  if (!Number.isInteger(degree)) throw new RangeError(`degree is ${degree}, expected an integer`);

  const wanted = Math.max(0, Math.round((windowSeconds / frameTime - 1) / 2));
  const radius = Math.min(wanted, Math.floor((frameCount - 1) / 2));
  const length = 2 * radius + 1;
  if (length <= degree + 1) return values.slice();

  const weights = fitWeights(radius, degree);
  const out = new Float64Array(values.length);
  for (let frame = 0; frame < frameCount; frame++) {
    const centre = Math.min(frameCount - 1 - radius, Math.max(radius, frame));
    const row = (frame - centre + radius) * length;
    const to = frame * channels;
    for (let slot = 0; slot < length; slot++) {
      const weight = weights[row + slot];
      const from = (centre - radius + slot) * channels;
      for (let channel = 0; channel < channels; channel++)
        out[to + channel] += weight * values[from + channel];
    }
  }
  return out;
}

/**
 * Least-squares weights, shape [place][slot], both from -radius to radius: the fitted polynomial at a place is
 * the weighted sum of the window's slots. Built from the polynomials that are orthogonal on the slots (Gram
 * polynomials, three-term recurrence), which stays exact where the normal equations of powers do not.
 */
function fitWeights(radius: number, degree: number): Float64Array {
  const length = 2 * radius + 1;
  const weights = new Float64Array(length * length);
  let before = new Float64Array(length);
  let current = new Float64Array(length).fill(1);
  let normBefore = 1;
  for (let power = 0; power <= degree; power++) {
    let norm = 0;
    for (const value of current) norm += value * value;
    for (let place = 0; place < length; place++) {
      const share = current[place] / norm;
      for (let slot = 0; slot < length; slot++) weights[place * length + slot] += share * current[slot];
    }
    const next = new Float64Array(length);
    for (let slot = 0; slot < length; slot++) {
      next[slot] = (slot - radius) * current[slot] - (power === 0 ? 0 : norm / normBefore) * before[slot];
    }
    before = current;
    current = next;
    normBefore = norm;
  }
  return weights;
}
