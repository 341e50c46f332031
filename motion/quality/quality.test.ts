import { expect, test } from 'vitest';
import { errorScores, expectedErrors } from './expected-error.ts';
import { lowQualitySpans } from './low-quality-spans.ts';
import { poseQuality } from './pqe.ts';

test('agreement reads 1, and the scale reads exp(-1)', () => {
  // Two joints, two frames; the 99th percentile of four values is the largest, 40 mm.
  const { frames, joints, scaleMm } = poseQuality(Float64Array.of(0, 0, 40, 0), 2, 10);
  expect(scaleMm).toBe(40);
  expect(frames[0]).toBe(1);
  expect(joints[2]).toBeCloseTo(Math.exp(-1), 6);
  expect(frames[1]).toBeCloseTo((1 + Math.exp(-1)) / 2, 6);
});

test('a calm clip is measured by the floor, not by its own noise', () => {
  const { frames } = poseQuality(Float64Array.of(0, 1), 1, 100);
  expect(frames[1]).toBeCloseTo(Math.exp(-0.01), 6);
});

test('a score is the mean hypotenuse of correction and weighted disagreement', () => {
  expect([...errorScores(Float64Array.of(3, 6), Float64Array.of(2, 4), 2, 2)]).toEqual([
    (5 + Math.hypot(6, 8)) / 2,
  ]);
});

test('between two knots the expected error is on their line, outside it is held', () => {
  const calibration = {
    disagreementWeight: 1,
    knots: [
      [10, 20],
      [20, 40],
    ],
  } as const;
  expect([...expectedErrors(Float64Array.of(0, 10, 15, 20, 99), calibration)]).toEqual([20, 20, 30, 40, 198]);
});

test('bad frames close together are one span with its worst frame', () => {
  const values = new Float64Array(100).fill(10);
  values[40] = 80;
  values[42] = 90;
  values[70] = 60;
  // 30 frames a second: a gap of 0.1 s is three frames.
  expect(lowQualitySpans(values, 1 / 30, { part: 0.1, floor: 45, gapSeconds: 0.1 })).toEqual([
    { start: 40, end: 42, worst: 42 },
    { start: 70, end: 70, worst: 70 },
  ]);
});

test('nothing below the floor is marked', () => {
  expect(lowQualitySpans(Float64Array.of(1, 2, 30, 44), 1 / 30)).toEqual([]);
});

test('on an absolute scale a bad clip does not hide behind its own maximum', () => {
  const { frames, scaleMm } = poseQuality(Float64Array.of(20, 400), 1, 100, true);
  expect(scaleMm).toBe(100);
  expect(frames[1]).toBeCloseTo(Math.exp(-4), 6);
  expect(frames[0]).toBeCloseTo(Math.exp(-0.2), 6);
});
