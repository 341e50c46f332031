import type { WindowPlan } from './plan-windows.ts';

/**
 * Copies the frames of the window at `start` into `out`, shape [slot][channel], from `values`, shape
 * [frame][channel]. Slots past the end of the clip repeat its last frame.
 */
export function sliceWindow(
  out: Float64Array | Float32Array,
  outOffset: number,
  values: ArrayLike<number>,
  channels: number,
  start: number,
  plan: WindowPlan,
): void {
  const lastFrame = plan.frameCount - 1;
  for (let slot = 0; slot < plan.length; slot++) {
    const from = Math.min(lastFrame, start + slot * plan.spacing) * channels;
    const to = outOffset + slot * channels;
    for (let channel = 0; channel < channels; channel++) out[to + channel] = values[from + channel];
  }
}
