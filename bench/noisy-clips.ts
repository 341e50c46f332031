import { addEstimatorNoise } from '../assets/samples/estimator-noise.ts';
import { seededRandom } from '../assets/samples/random.ts';
import type { TruthClip } from './mocap.ts';

/** A frame rate and what is done to clean clips at it. A number is the standard deviation of white noise, mm. */
export interface Setting {
  readonly fps: number;
  readonly noise: 'estimator' | 'none' | number;
  readonly title: string;
  /** Runs with other noise at most; fewer where they hardly differ. */
  readonly mostRuns: number;
}

export const SETTINGS: Readonly<Record<string, Setting>> = {
  est30: { fps: 30, noise: 'estimator', title: 'estimator-like, 30 fps', mostRuns: 5 },
  est60: { fps: 60, noise: 'estimator', title: 'estimator-like, 60 fps', mostRuns: 5 },
  white120: { fps: 120, noise: 28.8, title: 'white 28.8 mm, 120 fps', mostRuns: 2 },
  white120x2: { fps: 120, noise: 57.6, title: 'white 57.6 mm, 120 fps', mostRuns: 2 },
  clean30: { fps: 30, noise: 'none', title: 'clean, 30 fps', mostRuns: 1 },
  clean120: { fps: 120, noise: 'none', title: 'clean, 120 fps', mostRuns: 1 },
};

/** The seed of a clip's noise: its place in the split and the number of the run. */
export function clipSeed(run: number, index: number): number {
  return run * 1000 + index;
}

/** The clip's positions with the setting's noise, [frame][17][xyz] metres. */
export function corrupt(truth: TruthClip, noise: Setting['noise'], seed: number): Float64Array {
  if (noise === 'none') return truth.body17;
  if (noise === 'estimator') return addEstimatorNoise(truth.body17, truth.frameTime, seed);
  const random = seededRandom(seed);
  return truth.body17.map((value) => value + (noise / 1000) * random.gauss());
}
