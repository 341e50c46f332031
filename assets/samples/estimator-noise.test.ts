import { expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import {
  addEstimatorNoise,
  burstFade,
  drawBursts,
  drawDifficulty,
  type NoiseAmplitudes,
} from './estimator-noise.ts';
import { seededRandom, wander } from './random.ts';

const SILENT: NoiseAmplitudes = { jitterMm: 0, driftMm: 0, missMm: 0, missShakeMm: 0, spikeMm: 0 };
const FRAME_TIME = 1 / 30;

test('a wander has mean 0 and variance 1, and moves little from frame to frame', () => {
  const values = wander(400_000, FRAME_TIME, 0.35, seededRandom(1));
  const mean = average(values);
  expect(mean).toBeCloseTo(0, 1);
  expect(average(values.map((value) => (value - mean) ** 2))).toBeCloseTo(1, 1);
  const steps = values.subarray(1).map((value, frame) => (value - values[frame]) ** 2);
  // Two poles of 0.35 s leave steps of about dt / 0.35 s.
  expect(Math.sqrt(average(steps))).toBeLessThan(0.12);
});

test('difficulty has mean 1, and its logarithms for jitter and drift correlate by 0.3', () => {
  const { jitter, drift } = drawDifficulty(600_000, FRAME_TIME, 1, seededRandom(2));
  expect(average(jitter[0])).toBeCloseTo(1, 1);
  expect(average(drift[0])).toBeCloseTo(1, 1);
  const [a, b] = [jitter[0].map(Math.log), drift[0].map(Math.log)];
  expect(correlation(a, b)).toBeGreaterThan(0.25);
  expect(correlation(a, b)).toBeLessThan(0.35);
});

test('the same seed gives the same noise, another seed another', () => {
  const positions = standing(90);
  const noisy = addEstimatorNoise(positions, FRAME_TIME, 5);
  expect(addEstimatorNoise(positions, FRAME_TIME, 5)).toEqual(noisy);
  expect(addEstimatorNoise(positions, FRAME_TIME, 6)).not.toEqual(noisy);
});

test('drift alone errs 38 mm times joint and axis', () => {
  const frameCount = 100_000;
  const positions = new Float64Array(frameCount * BODY17_COUNT * 3);
  const noisy = addEstimatorNoise(positions, FRAME_TIME, 7, { ...SILENT, driftMm: 38 });
  const meanMm = (joint: number, axis: number) => {
    let sum = 0;
    for (let frame = 0; frame < frameCount; frame++)
      sum += Math.abs(noisy[(frame * BODY17_COUNT + joint) * 3 + axis]);
    return (1000 * sum) / frameCount;
  };
  // A Gaussian's mean magnitude is sqrt(2 / pi) of its spread, and difficulty has mean 1: 30.3 mm.
  expect(meanMm(BODY17.leftKnee, 0)).toBeGreaterThan(27);
  expect(meanMm(BODY17.leftKnee, 0)).toBeLessThan(33.5);
  const depth = meanMm(BODY17.leftWrist, 2) / meanMm(BODY17.leftWrist, 0);
  expect(depth).toBeGreaterThan(1.65);
  expect(depth).toBeLessThan(1.95);
  expect(meanMm(BODY17.leftWrist, 1) / meanMm(BODY17.pelvis, 1)).toBeGreaterThan(3.3);
});

test('with all amplitudes at zero only swaps of left and right are left', () => {
  const positions = standing(3000);
  const noisy = addEstimatorNoise(positions, FRAME_TIME, 3, SILENT);
  let swapped = 0;
  for (let frame = 0; frame < 3000; frame++) {
    const x = (joint: number) => noisy[(frame * BODY17_COUNT + joint) * 3];
    expect(x(BODY17.head)).toBe(BODY17.head);
    if (x(BODY17.leftAnkle) === BODY17.rightAnkle) {
      swapped++;
      expect([BODY17.leftHip, BODY17.leftKnee].map(x)).toEqual([BODY17.rightHip, BODY17.rightKnee]);
    } else expect(x(BODY17.leftAnkle)).toBe(BODY17.leftAnkle);
  }
  // 100 s at 0.06 a second and 0.15 s each, half of them legs: about 14 frames.
  expect(swapped).toBeGreaterThan(0);
  expect(swapped).toBeLessThan(60);
});

test('bursts begin at their rate, last as long as asked and end with the clip', () => {
  const bursts = drawBursts(300_000, FRAME_TIME, 1 / 16, 0.1, 0.6, seededRandom(4));
  // 10 000 s at 1/16 a second: 625 with a spread of 25.
  expect(bursts.length).toBeGreaterThan(525);
  expect(bursts.length).toBeLessThan(725);
  for (const { start, end } of bursts) {
    expect(end).toBeLessThanOrEqual(300_000);
    expect(end - start).toBeLessThanOrEqual(18);
  }
});

test('a burst fades in and out alike and is whole in the middle', () => {
  const burst = { start: 10, end: 22 };
  expect(burstFade(10, burst)).toBeGreaterThan(0);
  expect(burstFade(10, burst)).toBeCloseTo(burstFade(21, burst), 12);
  expect(burstFade(16, burst)).toBe(1);
});

/** Each joint at x = its index, so that swaps show. */
function standing(frameCount: number): Float64Array {
  return Float64Array.from({ length: frameCount * BODY17_COUNT * 3 }, (_, at) =>
    at % 3 === 0 ? (at / 3) % BODY17_COUNT : 0,
  );
}

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [average(a), average(b)];
  const product = (x: Float64Array, mx: number, y: Float64Array, my: number) =>
    average(x.map((value, at) => (value - mx) * (y[at] - my)));
  return product(a, meanA, b, meanB) / Math.sqrt(product(a, meanA, a, meanA) * product(b, meanB, b, meanB));
}
