import { createFilter, type FilterName } from '../../motion/filters/filter.ts';
import type { GiveWay } from './give-way.ts';

/** Smooths positions of any number of channels, [frame][channel] without NaN; returns a new array. */
export type FilterAll = (
  positions: Float64Array,
  channels: number,
  giveWay: GiveWay,
) => Promise<Float64Array>;

/** Channels filtered between two pauses: one joint. */
const CHANNELS_PER_STEP = 3;

/** A filter that leaves the first `leadFrames` frames alone and gives way between joints. */
export function createFilterAll(name: FilterName, frameTime: number, leadFrames: number): FilterAll {
  const filter = createFilter(name);
  return async (positions, channels, giveWay) => {
    const out = positions.slice();
    const frames = positions.length / channels - leadFrames;
    // Filters treat every channel by itself, so that some at a time give the same as all at once.
    for (let first = 0; first < channels; first += CHANNELS_PER_STEP) {
      const count = Math.min(CHANNELS_PER_STEP, channels - first);
      const some = new Float64Array(frames * count);
      const from = leadFrames * channels + first;
      for (let at = 0; at < some.length; at++) {
        some[at] = positions[from + Math.floor(at / count) * channels + (at % count)];
      }
      const smooth = filter(some, frames, count, frameTime);
      for (let at = 0; at < some.length; at++) {
        out[from + Math.floor(at / count) * channels + (at % count)] = smooth[at];
      }
      await giveWay();
    }
    return out;
  };
}
