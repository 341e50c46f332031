import { expect, test } from 'vitest';
import { rangeOfMotionKeptPercent } from './range-of-motion.ts';

const SHAPE = { frames: 4, joints: 3, root: 0 };

/** A root that walks along x, a joint beside it that swings along y by `swing`, and one that rests beside it. */
function clip(swing: number): number[] {
  return [1, -1, 1, -1].flatMap((side, frame) => [frame, 0, 0, frame + 1, side * swing, 0, frame, 2, 0]);
}

test('a swing of 6 cm that is left of 10 cm is 60 percent, whatever the root and resting joints do', () => {
  expect(rangeOfMotionKeptPercent(clip(0.1), clip(0.06), SHAPE)).toBeCloseTo(60, 9);
});

test('an untouched clip keeps all of it, and so does one in which nothing moves', () => {
  expect(rangeOfMotionKeptPercent(clip(0.1), clip(0.1), SHAPE)).toBe(100);
  expect(rangeOfMotionKeptPercent(clip(0), clip(0), SHAPE)).toBe(100);
});

test('joints count alike, and in the world the walk is a range, too', () => {
  // Standard deviation of 0, 1, 2, 3 is the square root of 1.25; joint 1 has the swing besides.
  const before = Math.sqrt(1.25 + 0.01);
  const after = Math.sqrt(1.25 + 0.0036);
  const kept = rangeOfMotionKeptPercent(clip(0.1), clip(0.06), { ...SHAPE, root: null });
  expect(kept).toBeCloseTo((100 * (1 + after / before + 1)) / 3, 9);
});

test('NaN and other sizes are refused', () => {
  expect(() => rangeOfMotionKeptPercent(clip(Number.NaN), clip(0), SHAPE)).toThrow('before has NaN');
  expect(() => rangeOfMotionKeptPercent(clip(0), [0], SHAPE)).toThrow(RangeError);
});
