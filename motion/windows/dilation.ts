import { smoothGaussian } from '../filters/gaussian.ts';

/**
 * How a clip of any frame rate meets a network trained on windows of one time span: a window's frames lie
 * `spacing` frames apart, about 1 / targetFps seconds. Halves round up.
 */
export function windowSpacing(frameTime: number, targetFps: number): number {
  return Math.max(1, Math.floor(1 / frameTime / targetFps + 0.5));
}

/**
 * Low-pass before dilation, so that the frames between a window's frames count too: a Gaussian of `sigma`
 * spacings, ends held. Shape [frame][channel]; at spacing 1 the values themselves.
 */
export function prefilter(
  values: Float64Array,
  frameCount: number,
  channels: number,
  spacing: number,
  sigma: number,
): Float64Array {
  if (spacing <= 1 || sigma <= 0) return values;
  // A frame time of 1 makes the kernel's seconds frames.
  return smoothGaussian(values, frameCount, channels, 1, { stdSeconds: sigma * spacing });
}
