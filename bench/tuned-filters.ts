import { createFilter, FILTER_NAMES, type FilterName, type FilterParams } from '../motion/filters/filter.ts';
import { mpjpeMm } from '../motion/metrics/mpjpe.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import type { NoisyClip } from './noisy-clips.ts';
import type { TunedFilter } from './refiners.ts';

/** The parameter that is swept, and its values. */
const SWEEPS: { readonly [Name in FilterName]: readonly Partial<FilterParams[Name]>[] } = {
  'one-euro': [0.5, 1, 2, 4, 8].flatMap((minCutoffHz) => [0.5, 2, 8].map((beta) => ({ minCutoffHz, beta }))),
  gaussian: [0.01, 0.02, 0.03, 0.05, 0.08, 0.12, 0.2, 0.3].map((stdSeconds) => ({ stdSeconds })),
  savgol: [0.1, 0.2, 0.3, 0.4, 0.6, 0.9, 1.3].map((windowSeconds) => ({ windowSeconds })),
  butterworth: [0.7, 1, 1.5, 2, 3, 4, 6, 9].map((cutoffHz) => ({ cutoffHz })),
  median: [0.07, 0.1, 0.15, 0.25, 0.4].map((windowSeconds) => ({ windowSeconds })),
};

/** The filter of least MPJPE on these clips: chosen with the truth at hand, so better than anyone can choose. */
export function tuneFilter(clips: readonly NoisyClip[]): TunedFilter {
  const channels = BODY17_COUNT * 3;
  let best: TunedFilter = { name: 'gaussian', params: {} };
  let least = Number.POSITIVE_INFINITY;
  for (const name of FILTER_NAMES) {
    for (const params of SWEEPS[name]) {
      const filter = createFilter(name, params as Partial<FilterParams[FilterName]>);
      let sum = 0;
      for (const { truth, input, frameTime } of clips) {
        const frames = truth.length / channels;
        const positions = filter(input, frames, channels, frameTime);
        sum += frames * mpjpeMm(positions, truth, { frames, joints: BODY17_COUNT, root: 0 });
      }
      if (sum >= least) continue;
      least = sum;
      best = { name, params: params as Readonly<Record<string, number>> };
    }
  }
  return best;
}
