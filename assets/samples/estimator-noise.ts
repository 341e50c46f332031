/**
 * Noise shaped like that of monocular pose estimators, on body-17 positions: jitter, drift that comes in
 * stretches, missed limbs, left-right inversions and spikes. Depth (world z) errs 1.8 times as much as the
 * image plane. Filters remove the jitter and leave the rest.
 */
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { type Random, seededRandom, wander } from './random.ts';

export interface NoiseAmplitudes {
  readonly jitterMm: number;
  readonly driftMm: number;
  readonly missMm: number;
  readonly missShakeMm: number;
  readonly spikeMm: number;
}

/** The amplitudes benchmarks are run at. */
export const BENCHMARK_AMPLITUDES: NoiseAmplitudes = {
  jitterMm: 4.5,
  driftMm: 38,
  missMm: 90,
  missShakeMm: 35,
  spikeMm: 150,
};

/** Standard deviation per axis, relative to x: depth is the hardest. */
export const AXIS_FACTORS: readonly number[] = [1, 1, 1.8];

/** How much each joint errs: ends of limbs most. In body-17 order. */
export const JOINT_WEIGHTS: readonly number[] = [
  0.5, 0.7, 1, 1.5, 0.7, 1, 1.5, 0.6, 0.7, 0.9, 1, 0.8, 1.3, 1.9, 0.8, 1.3, 1.9,
];

const DRIFT_POLE_SECONDS = 0.35;
const DIFFICULTY_POLE_SECONDS = 0.6;
/** Spread of the logarithm of difficulty: common to the body, and per part. */
const COMMON_SPREAD = 0.55;
const PART_SPREAD = 0.4;
/** Correlation between how hard a moment is for jitter and for drift. */
const DIFFICULTY_CORRELATION = 0.3;
const MISSES_PER_SECOND = 1 / 16;
const INVERSIONS_PER_SECOND = 0.06;
const SPIKE_PROBABILITY = 0.004;
/** A miss fades in and out over this share of its length. */
const FADE_SHARE = 0.3;

const RIGHT_LEG = [BODY17.rightKnee, BODY17.rightAnkle];
const LEFT_LEG = [BODY17.leftKnee, BODY17.leftAnkle];
const LEFT_ARM = [BODY17.leftElbow, BODY17.leftWrist];
const RIGHT_ARM = [BODY17.rightElbow, BODY17.rightWrist];
const LIMBS: readonly (readonly number[])[] = [RIGHT_LEG, LEFT_LEG, LEFT_ARM, RIGHT_ARM];
const MISSABLE: readonly (readonly number[])[] = [...LIMBS, ...LIMBS.map((limb) => limb.slice(1))];
const SWAPS: readonly (readonly (readonly [number, number])[])[] = [
  [
    [BODY17.rightHip, BODY17.leftHip],
    [BODY17.rightKnee, BODY17.leftKnee],
    [BODY17.rightAnkle, BODY17.leftAnkle],
  ],
  [
    [BODY17.rightShoulder, BODY17.leftShoulder],
    [BODY17.rightElbow, BODY17.leftElbow],
    [BODY17.rightWrist, BODY17.leftWrist],
  ],
];

/**
 * A noisy copy of `positions` (metres, [frame][body-17 joint][xyz]). The same seed gives the same noise.
 */
export function addEstimatorNoise(
  positions: Float64Array,
  frameTime: number,
  seed: number,
  amplitudes: NoiseAmplitudes = BENCHMARK_AMPLITUDES,
): Float64Array {
  const out = Float64Array.from(positions);
  const frameCount = out.length / (BODY17_COUNT * 3);
  const random = seededRandom(seed);
  addJitterAndDrift(out, frameCount, frameTime, amplitudes, random);
  addMisses(out, frameCount, frameTime, amplitudes, random);
  swapSides(out, frameCount, frameTime, random);
  addSpikes(out, frameCount, amplitudes, random);
  return out;
}

/** How hard each moment is, for jitter and for drift: factors of mean 1, [part][frame]. */
export function drawDifficulty(
  frameCount: number,
  frameTime: number,
  partCount: number,
  random: Random,
): { readonly jitter: readonly Float64Array[]; readonly drift: readonly Float64Array[] } {
  const common = correlatedWanders(frameCount, frameTime, random);
  const jitter: Float64Array[] = [];
  const drift: Float64Array[] = [];
  const logMean = (COMMON_SPREAD ** 2 + PART_SPREAD ** 2) / 2;
  for (let part = 0; part < partCount; part++) {
    const own = correlatedWanders(frameCount, frameTime, random);
    const factor = (which: 0 | 1) =>
      common[which].map((g, frame) =>
        Math.exp(COMMON_SPREAD * g + PART_SPREAD * own[which][frame] - logMean),
      );
    jitter.push(factor(0));
    drift.push(factor(1));
  }
  return { jitter, drift };
}

function correlatedWanders(
  frameCount: number,
  frameTime: number,
  random: Random,
): [Float64Array, Float64Array] {
  const one = wander(frameCount, frameTime, DIFFICULTY_POLE_SECONDS, random);
  const other = wander(frameCount, frameTime, DIFFICULTY_POLE_SECONDS, random);
  const rest = Math.sqrt(1 - DIFFICULTY_CORRELATION ** 2);
  return [one, other.map((value, frame) => DIFFICULTY_CORRELATION * one[frame] + rest * value)];
}

function addJitterAndDrift(
  out: Float64Array,
  frameCount: number,
  frameTime: number,
  { jitterMm, driftMm }: NoiseAmplitudes,
  random: Random,
): void {
  // Part 0 is the torso with head, shoulders and hips; then one per limb.
  const difficulty = drawDifficulty(frameCount, frameTime, LIMBS.length + 1, random);
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    const part = LIMBS.findIndex((limb) => limb.includes(joint)) + 1;
    for (let axis = 0; axis < 3; axis++) {
      const metresPerMm = (JOINT_WEIGHTS[joint] * AXIS_FACTORS[axis]) / 1000;
      const drift = wander(frameCount, frameTime, DRIFT_POLE_SECONDS, random);
      for (let frame = 0; frame < frameCount; frame++) {
        const jitter = jitterMm * random.gauss() * difficulty.jitter[part][frame];
        const wandered = driftMm * drift[frame] * difficulty.drift[part][frame];
        out[(frame * BODY17_COUNT + joint) * 3 + axis] += metresPerMm * (jitter + wandered);
      }
    }
  }
}

function addMisses(
  out: Float64Array,
  frameCount: number,
  frameTime: number,
  { missMm, missShakeMm }: NoiseAmplitudes,
  random: Random,
): void {
  for (const part of MISSABLE) {
    for (const burst of drawBursts(frameCount, frameTime, MISSES_PER_SECOND, 0.1, 0.6, random)) {
      for (const joint of part) {
        for (let axis = 0; axis < 3; axis++) {
          const offsetMm = missMm * AXIS_FACTORS[axis] * random.gauss();
          for (let frame = burst.start; frame < burst.end; frame++) {
            const errorMm = burstFade(frame, burst) * (offsetMm + missShakeMm * random.gauss());
            out[(frame * BODY17_COUNT + joint) * 3 + axis] += errorMm / 1000;
          }
        }
      }
    }
  }
}

function swapSides(out: Float64Array, frameCount: number, frameTime: number, random: Random): void {
  for (const burst of drawBursts(frameCount, frameTime, INVERSIONS_PER_SECOND, 0.05, 0.25, random)) {
    const pairs = SWAPS[random.uniform() < 0.5 ? 0 : 1];
    for (let frame = burst.start; frame < burst.end; frame++) {
      for (const [right, left] of pairs) {
        for (let axis = 0; axis < 3; axis++) {
          const a = (frame * BODY17_COUNT + right) * 3 + axis;
          const b = (frame * BODY17_COUNT + left) * 3 + axis;
          [out[a], out[b]] = [out[b], out[a]];
        }
      }
    }
  }
}

function addSpikes(
  out: Float64Array,
  frameCount: number,
  { spikeMm }: NoiseAmplitudes,
  random: Random,
): void {
  for (let joint = 0; joint < frameCount * BODY17_COUNT; joint++) {
    if (random.uniform() >= SPIKE_PROBABILITY) continue;
    for (let axis = 0; axis < 3; axis++) out[joint * 3 + axis] += (spikeMm / 1000) * random.gauss();
  }
}

/** Frames `start` up to, not including, `end`. */
export interface Burst {
  readonly start: number;
  readonly end: number;
}

/** Bursts that begin at `ratePerSecond` (Poisson) and last between the two bounds; cut at the clip's end. */
export function drawBursts(
  frameCount: number,
  frameTime: number,
  ratePerSecond: number,
  leastSeconds: number,
  mostSeconds: number,
  random: Random,
): Burst[] {
  const bursts: Burst[] = [];
  for (let seconds = 0; ; ) {
    seconds -= Math.log(1 - random.uniform()) / ratePerSecond;
    const start = Math.floor(seconds / frameTime);
    if (start >= frameCount) return bursts;
    const length = Math.max(1, Math.round(random.between(leastSeconds, mostSeconds) / frameTime));
    bursts.push({ start, end: Math.min(frameCount, start + length) });
  }
}

/** 0..1: how far a burst has faded in, raised-cosine at both ends. */
export function burstFade(frame: number, { start, end }: Burst): number {
  const length = end - start;
  const edge = Math.min(frame - start + 0.5, end - frame - 0.5) / (FADE_SHARE * length);
  return edge >= 1 ? 1 : (1 - Math.cos(Math.PI * edge)) / 2;
}
