import { expect, test } from 'vitest';
import { accelErrorMmPerFrame2, accelMagnitudeMmPerFrame2 } from './accel-error.ts';

/** A root that stands and a joint at x = t^2 cm: second difference 2 cm per frame^2 in every frame. */
function accelerating(frames: number): Float64Array {
  const positions = new Float64Array(frames * 6);
  for (let frame = 0; frame < frames; frame++) positions[frame * 6 + 3] = 0.01 * frame * frame;
  return positions;
}

const GLOBAL = { frames: 5, joints: 2, root: null };
const ROOTED = { frames: 5, joints: 2, root: 0 };

test('constant acceleration of one joint in two is halved by the mean over joints', () => {
  expect(accelMagnitudeMmPerFrame2(accelerating(5), GLOBAL)).toBeCloseTo(20 / 2, 9);
});

test('steady motion has no acceleration', () => {
  const steady = new Float64Array(30).map((_, k) => 0.3 * Math.floor(k / 6) + k * 0.01);
  expect(accelMagnitudeMmPerFrame2(steady, GLOBAL)).toBeCloseTo(0, 9);
});

test('Accel compares acceleration vectors, not their lengths', () => {
  const backwards = accelerating(5).map((value) => -value);
  expect(accelErrorMmPerFrame2(backwards, accelerating(5), GLOBAL)).toBeCloseTo(40 / 2, 9);
  expect(accelErrorMmPerFrame2(accelerating(5), accelerating(5), GLOBAL)).toBe(0);
});

test('a motion without acceleration scores the acceleration of the truth', () => {
  const truth = accelerating(5);
  expect(accelErrorMmPerFrame2(new Float64Array(30), truth, GLOBAL)).toBeCloseTo(
    accelMagnitudeMmPerFrame2(truth, GLOBAL),
    9,
  );
});

test('one frame off by 1 cm shows in three frames as 1, 2 and 1 cm', () => {
  const spiked = accelerating(7);
  spiked[3 * 6 + 5] += 0.01;
  const shape = { frames: 7, joints: 2, root: null };
  expect(accelErrorMmPerFrame2(spiked, accelerating(7), shape)).toBeCloseTo((10 + 20 + 10) / (5 * 2), 9);
});

test('relative to the root, a shaking root shakes the other joints and itself not at all', () => {
  const shaking = accelerating(5);
  shaking[2 * 6 + 1] += 0.01;
  const perStep = [10, 20, 10];
  const expected = perStep.reduce((sum, value) => sum + value, 0) / (3 * 2);
  expect(accelErrorMmPerFrame2(shaking, accelerating(5), ROOTED)).toBeCloseTo(expected, 9);
  const all = accelerating(5);
  for (const k of [13, 16]) all[k] += 0.01;
  expect(accelErrorMmPerFrame2(all, accelerating(5), ROOTED)).toBeCloseTo(0, 9);
  expect(accelErrorMmPerFrame2(all, accelerating(5), GLOBAL)).toBeCloseTo(2 * expected, 9);
});

test('fewer than three frames have no acceleration', () => {
  for (const frames of [1, 2]) {
    const shape = { frames, joints: 2, root: null };
    expect(accelErrorMmPerFrame2(accelerating(frames), new Float64Array(frames * 6), shape)).toBe(0);
    expect(accelMagnitudeMmPerFrame2(accelerating(frames), shape)).toBe(0);
  }
});

test('a missing joint is an error, in short clips too', () => {
  const gap = [Number.NaN, 0, 0];
  const shape = { frames: 1, joints: 1, root: null };
  expect(() => accelErrorMmPerFrame2(gap, [0, 0, 0], shape)).toThrow('prediction has NaN');
  expect(() => accelMagnitudeMmPerFrame2(gap, shape)).toThrow('positions has NaN');
});
