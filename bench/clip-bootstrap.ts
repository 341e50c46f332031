import { seededRandom } from '../assets/samples/random.ts';

const RESAMPLES = 1000;

/** One clip in one run. */
export interface ClipValue {
  readonly clip: number;
  readonly frames: number;
  readonly value: number;
}

/** Frame-weighted mean and the bounds of its 95 % confidence interval. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Bootstrap over clips with a fixed seed: all runs of a clip are drawn together. */
export function clipInterval(values: readonly ClipValue[]): Interval {
  const clips = new Map<number, { sum: number; frames: number }>();
  for (const { clip, frames, value } of values) {
    const total = clips.get(clip) ?? { sum: 0, frames: 0 };
    clips.set(clip, { sum: total.sum + frames * value, frames: total.frames + frames });
  }
  const totals = [...clips.values()];
  const ratio = (chosen: readonly { sum: number; frames: number }[]): number =>
    chosen.reduce((sum, one) => sum + one.sum, 0) / chosen.reduce((sum, one) => sum + one.frames, 0);
  const random = seededRandom(1);
  const means = Array.from({ length: RESAMPLES }, () =>
    ratio(totals.map(() => totals[Math.floor(random.uniform() * totals.length)])),
  ).sort((a, b) => a - b);
  return { mean: ratio(totals), low: means[RESAMPLES * 0.025], high: means[RESAMPLES * 0.975 - 1] };
}
