import { expect, test } from 'vitest';
import { settle } from './settle.ts';

const FRAMES = 40;
/** One joint that shakes by 4 mm from frame to frame. */
const shaking = Float64Array.from({ length: FRAMES * 3 }, (_, at) =>
  at % 3 === 0 ? 0.004 * (-1) ** Math.floor(at / 3) : 1,
);

/** What a Gaussian of `sigma` frames leaves of a shake of one cycle in two frames. */
function leftOver(sigma: number): number {
  let alternating = 0;
  let sum = 0;
  for (let k = -10; k <= 10; k++) {
    const weight = Math.exp(-0.5 * (k / sigma) ** 2);
    alternating += (-1) ** k * weight;
    sum += weight;
  }
  return alternating / sum;
}

const raised = (metres: number): Float64Array =>
  shaking.map((value, at) => (at % 3 === 1 ? value + metres : value));

test('motion that needed no correction stays as it is', () => {
  expect(settle(shaking, shaking, FRAMES, 1, 0)).toEqual(shaking);
});

test('shaking motion that needed a large correction loses its shake', () => {
  const settled = settle(shaking, raised(0.08), FRAMES, 1, 0.8);
  expect(settled[60]).toBeCloseTo(shaking[60] * leftOver(0.8), 4);
  expect(Math.abs(settled[60])).toBeLessThan(0.1 * Math.abs(shaking[60]));
  expect(settled[61]).toBeCloseTo(1, 12);
});

test('half a correction smooths half as much', () => {
  // 20 mm is half way between clean (10 mm) and noisy (30 mm); the input shakes, so the result is trusted.
  const full = settle(shaking, raised(0.08), FRAMES, 1, 0.8);
  const half = settle(shaking, raised(0.02), FRAMES, 1, 0.8);
  expect(half[60]).toBeCloseTo((shaking[60] + full[60]) / 2, 9);
});

/** A slow curve: one cycle in 40 frames has a fourth difference of 0.06 % of its size. */
const curve = shaking.map((value, at) =>
  at % 3 === 0 ? 0.05 * Math.sin((at / 3 / FRAMES) * 2 * Math.PI) : value,
);

test('a still input that needed a few millimetres is left as it was', () => {
  const refined = curve.map((value, at) => (at % 3 === 1 ? value + 0.008 : value));
  expect(settle(refined, curve, FRAMES, 1, 0.5)).toEqual(curve);
});

test('a shaking input is refined however small the correction', () => {
  const refined = shaking.map((value, at) => (at % 3 === 0 ? 0 : value));
  expect(settle(refined, shaking, FRAMES, 4, 0)).toEqual(refined);
});

test('a still input that needed a large correction is refined', () => {
  const refined = curve.map((value, at) => (at % 3 === 1 ? value + 0.08 : value));
  settle(refined, curve, FRAMES, 1, 0).forEach((value, at) => {
    expect(value).toBeCloseTo(refined[at], 12);
  });
});
