/**
 * SWAA, the Sliding Window Average Algorithm of SynSP++ (section 8 of the method): a frame lies in several
 * overlapping windows, and its result is the mean of what they say. Done as one scatter-add over the windows.
 */
import { unclampedSlots, type WindowPlan } from './plan-windows.ts';

/** Running sums; owned by the caller between `createSwaa` and `finishSwaa`. */
export interface SwaaSums {
  readonly frameCount: number;
  readonly channels: number;
  /** Weighted sum of the windows' values. Shape [frame][channel]. */
  readonly values: Float64Array;
  /** Sum of the weights. Shape [frame]. */
  readonly weights: Float64Array;
}

export function createSwaa(frameCount: number, channels: number): SwaaSums {
  return {
    frameCount,
    channels,
    values: new Float64Array(frameCount * channels),
    weights: new Float64Array(frameCount),
  };
}

/**
 * Adds one window, shape [slot][channel], read from `window` at `windowOffset`. `start` is the frame of its
 * slot 0 (an entry of `plan.starts`). Slots past the end of the clip are ignored. `weights` holds one number
 * >= 0 per slot (default: all 1), such as a confidence or a taper towards the window's ends.
 *
 * Throws RangeError if the plan is of another frame count or the window does not lie inside its array.
 */
export function addWindow(
  sums: SwaaSums,
  window: ArrayLike<number>,
  windowOffset: number,
  start: number,
  plan: WindowPlan,
  weights?: ArrayLike<number>,
): void {
  const { channels, frameCount } = sums;
  if (plan.frameCount !== frameCount) {
    throw new RangeError(`the plan is for ${plan.frameCount} frames, the sums are for ${frameCount}`);
  }
  if (windowOffset < 0 || windowOffset + plan.length * channels > window.length) {
    throw new RangeError(
      `a window of ${plan.length} x ${channels} at ${windowOffset} leaves its array of ${window.length}`,
    );
  }
  if (!(start >= 0 && start < frameCount)) throw new RangeError(`start ${start} is outside the clip`);

  const slots = unclampedSlots(plan, start);
  if (weights === undefined && plan.spacing === 1) {
    addRun(sums.values, start * channels, window, windowOffset, slots * channels);
    for (let frame = start; frame < start + slots; frame++) sums.weights[frame] += 1;
    return;
  }
  for (let slot = 0; slot < slots; slot++) {
    const frame = start + slot * plan.spacing;
    const weight = weights === undefined ? 1 : weights[slot];
    if (!(weight >= 0)) throw new RangeError(`weight of slot ${slot} is ${weight}, expected a number >= 0`);
    sums.weights[frame] += weight;
    if (weight === 1) addRun(sums.values, frame * channels, window, windowOffset + slot * channels, channels);
    else if (weight > 0) {
      addWeightedRun(sums.values, frame * channels, window, windowOffset + slot * channels, channels, weight);
    }
  }
}

/**
 * The average, shape [frame][channel], in a new array. Throws an Error naming the first frame that no slot of
 * positive weight covered.
 */
export function finishSwaa(sums: SwaaSums): Float64Array {
  const { channels, frameCount, values, weights } = sums;
  const out = new Float64Array(values.length);
  for (let frame = 0; frame < frameCount; frame++) {
    const weight = weights[frame];
    if (!(weight > 0)) throw new Error(`frame ${frame} is covered by no window of positive weight`);
    const end = (frame + 1) * channels;
    for (let k = frame * channels; k < end; k++) out[k] = values[k] / weight;
  }
  return out;
}

/**
 * The average of all windows of a plan, shape [frame][channel]. `windows` has shape [window][slot][channel],
 * in the order of `plan.starts`; `weights` are per slot, the same for every window.
 */
export function averageWindows(
  windows: ArrayLike<number>,
  channels: number,
  plan: WindowPlan,
  weights?: ArrayLike<number>,
): Float64Array {
  const expected = plan.starts.length * plan.length * channels;
  if (windows.length !== expected) {
    throw new RangeError(`the windows hold ${windows.length} numbers, the plan needs ${expected}`);
  }
  const sums = createSwaa(plan.frameCount, channels);
  for (let index = 0; index < plan.starts.length; index++) {
    addWindow(sums, windows, index * plan.length * channels, plan.starts[index], plan, weights);
  }
  return finishSwaa(sums);
}

function addRun(out: Float64Array, to: number, values: ArrayLike<number>, from: number, count: number): void {
  for (let k = 0; k < count; k++) out[to + k] += values[from + k];
}

function addWeightedRun(
  out: Float64Array,
  to: number,
  values: ArrayLike<number>,
  from: number,
  count: number,
  weight: number,
): void {
  for (let k = 0; k < count; k++) out[to + k] += weight * values[from + k];
}
