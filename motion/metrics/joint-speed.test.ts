import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accelMagnitudeMmPerFrame2 } from './accel-error.ts';
import {
  jointAccelMmPerFrame2,
  jointSpeedMPerS,
  meanAccelMmPerFrame2,
  meanSpeedMPerS,
} from './joint-speed.ts';

/** Two joints over four frames at 10 fps: the first rests, the second walks 0.3, 0.4 and 0.5 m along x. */
const WALK = Float32Array.of(0, 1, 0, 0, 0, 0, 0, 1, 0, 0.3, 0, 0, 0, 1, 0, 0.7, 0, 0, 0, 1, 0, 1.2, 0, 0);

test('0.3 m in a tenth of a second is 3 m/s, told at the frame where the joint arrives', () => {
  const speeds = jointSpeedMPerS(WALK, 2, 1, 0.1);
  expect(speeds[0]).toBeNaN();
  expect(speeds[1]).toBeCloseTo(3, 5);
  expect(speeds[2]).toBeCloseTo(4, 5);
  expect(speeds[3]).toBeCloseTo(5, 5);
  expect([...jointSpeedMPerS(WALK, 2, 0, 0.1).slice(1)]).toEqual([0, 0, 0]);
});

test('steps of 0.3, 0.4, 0.5 m accelerate by 100 mm per frame squared', () => {
  const accels = jointAccelMmPerFrame2(WALK, 2, 1);
  expect(accels[0]).toBeNaN();
  expect(accels[1]).toBeCloseTo(100, 3);
  expect(accels[2]).toBeCloseTo(100, 3);
  expect(accels[3]).toBeNaN();
});

test('a joint that jumps to and fro is fast in every frame', () => {
  const speeds = jointSpeedMPerS([0, 0, 0, 0.1, 0, 0, 0, 0, 0, 0.1, 0, 0], 1, 0, 1);
  for (const speed of speeds.slice(1)) expect(speed).toBeCloseTo(0.1, 6);
});

test('an unseen joint leaves the mean to the others, and a frame of unseen joints has none', () => {
  const gap = Float32Array.from(WALK);
  gap.fill(Number.NaN, 2 * 6 + 3, 2 * 6 + 6);
  const means = meanSpeedMPerS(gap, 2, 0.1);
  expect(means[1]).toBeCloseTo(1.5, 5);
  expect(means[2]).toBe(0);
  gap.fill(Number.NaN, 2 * 6, 2 * 6 + 6);
  expect(meanSpeedMPerS(gap, 2, 0.1)[2]).toBeNaN();
});

test('the mean over joints is the mean of the joints, and its mean over frames is Accel', () => {
  const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.array(coordinate, { minLength: 27, maxLength: 27 }), (positions) => {
      const means = meanAccelMmPerFrame2(positions, 3);
      const joints = [0, 1, 2].map((joint) => jointAccelMmPerFrame2(positions, 3, joint)[1]);
      expect(means[1]).toBeCloseTo((joints[0] + joints[1] + joints[2]) / 3, 1);
      expect(means[1]).toBeCloseTo(
        accelMagnitudeMmPerFrame2(positions, { frames: 3, joints: 3, root: null }),
        1,
      );
    }),
  );
});

test('other sizes, joints and frame times are refused by name', () => {
  expect(() => jointSpeedMPerS([1, 2, 3, 4], 1, 0, 0.1)).toThrow('no whole frames of 1 joints');
  expect(() => jointAccelMmPerFrame2(WALK, 2, 2)).toThrow('joint is 2');
  expect(() => meanSpeedMPerS(WALK, 2, 0)).toThrow('frameTime is 0');
});
