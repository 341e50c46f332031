import { checkParameters, checkSamples } from './check-samples.ts';

export interface GaussianParams {
  /** Standard deviation of the kernel, seconds. It halves the power of sines of 0.1325 / std Hz. */
  readonly stdSeconds: number;
}

/**
 * Weighted mean of the neighbouring frames, without delay. Input and result have shape [frame][channel].
 *
 * Equals `scipy.ndimage.gaussian_filter1d(values, stdSeconds / frameTime, axis=0, mode='nearest')`: the kernel
 * ends at 4 standard deviations, and past its ends the clip holds its first and last frame.
 */
export function smoothGaussian(
  values: Float64Array,
  frameCount: number,
  channels: number,
  frameTime: number,
  params: GaussianParams,
): Float64Array {
  checkSamples(values, frameCount, channels, frameTime);
  checkParameters(params);
  const kernel = gaussianKernel(params.stdSeconds / frameTime);
  const radius = kernel.length - 1;

  const out = new Float64Array(values.length);
  for (let frame = 0; frame < frameCount; frame++) {
    const to = frame * channels;
    for (let offset = -radius; offset <= radius; offset++) {
      const weight = kernel[Math.abs(offset)];
      const from = Math.min(frameCount - 1, Math.max(0, frame + offset)) * channels;
      for (let channel = 0; channel < channels; channel++)
        out[to + channel] += weight * values[from + channel];
    }
  }
  return out;
}

/** Right half of the kernel, centre first; both halves together sum to 1. `std` is in frames. */
function gaussianKernel(std: number): Float64Array {
  const radius = Math.floor(4 * std + 0.5);
  const kernel = Float64Array.from({ length: radius + 1 }, (_, k) => Math.exp(-0.5 * (k / std) ** 2));
  let sum = -kernel[0];
  for (const weight of kernel) sum += 2 * weight;
  return kernel.map((weight) => weight / sum);
}
