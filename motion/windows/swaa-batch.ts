import type { WindowPlan } from './plan-windows.ts';
import { unclampedSlots } from './plan-windows.ts';
import { addWindow, type SwaaSums } from './swaa.ts';

/** Slots that the fast path sums in registers. */
const SLOTS = 8;

/**
 * Adds windows `first` to `first + count - 1` of a plan, shape [window][slot][channel], each slot with weight 1: the
 * same as `addWindow` for each of them. Where windows of 8 slots start at every frame (stride 1), a frame's sum is
 * gathered from all its windows at once instead of being read and written for each.
 */
export function addWindows(
  sums: SwaaSums,
  windows: ArrayLike<number>,
  count: number,
  first: number,
  plan: WindowPlan,
): void {
  const { starts, length, spacing } = plan;
  const { channels } = sums;
  const size = length * channels;
  const isDense =
    length === SLOTS &&
    count > 0 &&
    starts[first + count - 1] - starts[first] === count - 1 &&
    unclampedSlots(plan, starts[first + count - 1]) === SLOTS;
  if (!isDense) {
    for (let w = 0; w < count; w++) addWindow(sums, windows, w * size, starts[first + w], plan);
    return;
  }
  if (count * size > windows.length) {
    throw new RangeError(`${count} windows of ${size} leave their array of ${windows.length}`);
  }
  const origin = starts[first];
  const lastFrame = origin + count - 1 + (SLOTS - 1) * spacing;
  for (let frame = origin; frame <= lastFrame; frame++) {
    const offset = frame - origin;
    // Slot i of window offset - i * spacing reads this frame.
    const firstSlot = Math.max(0, Math.ceil((offset - count + 1) / spacing));
    const lastSlot = Math.min(SLOTS - 1, Math.floor(offset / spacing));
    if (lastSlot < firstSlot) continue;
    sums.weights[frame] += lastSlot - firstSlot + 1;
    const at = frame * channels;
    const base = offset * size;
    const step = channels - spacing * size;
    if (lastSlot - firstSlot === SLOTS - 1) {
      gatherEight(sums.values, at, windows, base, step, channels);
    } else {
      for (let slot = firstSlot; slot <= lastSlot; slot++) {
        const from = base + slot * step;
        for (let channel = 0; channel < channels; channel++) {
          sums.values[at + channel] += windows[from + channel];
        }
      }
    }
  }
}

function gatherEight(
  out: Float64Array,
  at: number,
  windows: ArrayLike<number>,
  base: number,
  step: number,
  channels: number,
): void {
  const b = base + step;
  const c = b + step;
  const d = c + step;
  const e = d + step;
  const f = e + step;
  const g = f + step;
  const h = g + step;
  for (let n = 0; n < channels; n++) {
    out[at + n] +=
      windows[base + n] +
      windows[b + n] +
      windows[c + n] +
      windows[d + n] +
      (windows[e + n] + windows[f + n] + windows[g + n] + windows[h + n]);
  }
}
