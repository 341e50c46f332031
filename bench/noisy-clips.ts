import { addEstimatorNoise, BENCHMARK_AMPLITUDES } from '../assets/samples/estimator-noise.ts';
import { seededRandom } from '../assets/samples/random.ts';
import { BODY17_COUNT, BODY17_PARENTS } from '../motion/skeleton/body17.ts';
import { fillGaps } from '../motion/skeleton/fill-gaps.ts';
import { cutGaps } from './cut-gaps.ts';
import type { TruthClip } from './mocap.ts';
import { onOtherBody } from './other-bodies.ts';

/** A frame rate and what is done to clean clips at it. A number is the standard deviation of white noise, mm. */
export interface Setting {
  readonly fps: number;
  readonly noise: 'estimator' | 'none' | number;
  readonly title: string;
  /** Runs with other noise at most; fewer where they hardly differ. */
  readonly mostRuns: number;
  /** Times the amplitudes of the estimator-like noise; 1 by default. */
  readonly amplitude?: number;
  /** Depth errs no more than width and height. */
  readonly flatDepth?: boolean;
  /** Every clip is put on a body of its own, truth and input alike. */
  readonly otherBodies?: boolean;
  /** One wrist is missing throughout, other joints for stretches. */
  readonly gaps?: boolean;
}

const est30 = { fps: 30, noise: 'estimator', mostRuns: 2 } as const;

/** What the main tables show. */
export const SETTINGS: Readonly<Record<string, Setting>> = {
  est30: { ...est30, title: 'estimator-like, 30 fps', mostRuns: 5 },
  est60: { fps: 60, noise: 'estimator', title: 'estimator-like, 60 fps', mostRuns: 5 },
  est120: { fps: 120, noise: 'estimator', title: 'estimator-like, 120 fps', mostRuns: 1 },
  white120: { fps: 120, noise: 28.8, title: 'white 28.8 mm, 120 fps', mostRuns: 2 },
  white120x2: { fps: 120, noise: 57.6, title: 'white 57.6 mm, 120 fps', mostRuns: 2 },
  clean30: { fps: 30, noise: 'none', title: 'clean, 30 fps', mostRuns: 1 },
  clean120: { fps: 120, noise: 'none', title: 'clean, 120 fps', mostRuns: 1 },
  half30: { ...est30, title: 'estimator-like × 0.5, 30 fps', amplitude: 0.5 },
  double30: { ...est30, title: 'estimator-like × 2, 30 fps', amplitude: 2 },
  flat30: { ...est30, title: 'estimator-like without depth bias, 30 fps', flatDepth: true },
  bodies30: { ...est30, title: 'estimator-like, other skeletons, 30 fps', otherBodies: true },
  gaps30: { ...est30, title: 'estimator-like, missing joints, 30 fps', gaps: true },
};

/** Settings unlike the training's; they stand in a table of their own. */
export const ROBUSTNESS: readonly string[] = ['half30', 'double30', 'flat30', 'bodies30', 'gaps30'];

/** A clip as refiners get it, and what they should have found. Metres, [frame][17][xyz]. */
export interface NoisyClip {
  readonly truth: Float64Array;
  /** Without gaps. */
  readonly input: Float64Array;
  /** 1 where a joint was not filled in, [frame][17]; null: everywhere. */
  readonly seen: Uint8Array | null;
  readonly frameTime: number;
}

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

/** A clip, already at the setting's frame rate, with everything the setting does to it. */
export function noisyClip(clip: TruthClip, setting: Setting, run: number, index: number): NoisyClip {
  const seed = clipSeed(run, index);
  const { frameTime } = clip;
  // The body is the clip's, whatever the noise.
  const body17 = setting.otherBodies ? onOtherBody(clip.body17, index + 1) : clip.body17;
  const { amplitude = 1, flatDepth = false } = setting;
  const noisy =
    amplitude !== 1 || flatDepth
      ? scaledNoise(body17, frameTime, seed, amplitude, flatDepth)
      : corrupt({ ...clip, body17 }, setting.noise, seed);
  if (!setting.gaps) return { truth: body17, input: noisy, seen: null, frameTime };
  const seen = cutGaps(noisy.length / (BODY17_COUNT * 3), frameTime, seed);
  const holed = noisy.map((value, at) => (seen[Math.floor(at / 3)] === 1 ? value : Number.NaN));
  return { truth: body17, input: fillGaps(holed, BODY17_PARENTS).positions, seen, frameTime };
}

/** How much more depth errs in the estimator-like noise than the image plane. */
const DEPTH_FACTOR = 1.8;

/** Without depth bias: the motion is stretched in depth by as much as the noise is, and shrunk again with it. */
function scaledNoise(
  truth: Float64Array,
  frameTime: number,
  seed: number,
  amplitude: number,
  flatDepth: boolean,
): Float64Array {
  const depth = flatDepth ? DEPTH_FACTOR : 1;
  const amplitudes = Object.fromEntries(
    Object.entries(BENCHMARK_AMPLITUDES).map(([name, mm]) => [name, mm * amplitude]),
  ) as unknown as typeof BENCHMARK_AMPLITUDES;
  const stretched = truth.map((value, at) => (at % 3 === 2 ? value * depth : value));
  const noisy = addEstimatorNoise(stretched, frameTime, seed, amplitudes);
  return noisy.map((value, at) => (at % 3 === 2 ? value / depth : value));
}
