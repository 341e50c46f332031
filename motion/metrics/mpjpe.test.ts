import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mpjpeMm, mpjpePerFrameMm } from './mpjpe.ts';

/** Two frames of two joints, metres. */
const TRUTH = Float64Array.of(0, 1, 0, 0, 0.5, 0, 1, 1, 0, 1, 0.5, 0);
const GLOBAL = { frames: 2, joints: 2, root: null };
const ROOTED = { frames: 2, joints: 2, root: 0 };

/** Frame 0: root 3 cm off in x. Frame 1: root 1 cm off in y, the other joint 1 cm in y and 4 cm in z. */
const PRED = Float64Array.of(0.03, 1, 0, 0, 0.5, 0, 1, 1.01, 0, 1, 0.51, 0.04);

test('the global error is the mean distance of the joints', () => {
  const expected = [(30 + 0) / 2, (10 + Math.hypot(10, 40)) / 2];
  const found = mpjpePerFrameMm(PRED, TRUTH, GLOBAL);
  expect(found[0]).toBeCloseTo(expected[0], 9);
  expect(found[1]).toBeCloseTo(expected[1], 9);
  expect(mpjpeMm(PRED, TRUTH, GLOBAL)).toBeCloseTo((expected[0] + expected[1]) / 2, 9);
});

test('the root-relative error moves the root error onto the other joints and counts the root itself', () => {
  const found = mpjpePerFrameMm(PRED, TRUTH, ROOTED);
  expect(found[0]).toBeCloseTo((0 + 30) / 2, 9);
  expect(found[1]).toBeCloseTo((0 + 40) / 2, 9);
});

test('moving whole poses changes the global error only', () => {
  const moved = TRUTH.map((value, k) => value + (k % 3 === 1 ? 0.2 : 0));
  expect(mpjpeMm(moved, TRUTH, GLOBAL)).toBeCloseTo(200, 9);
  expect(mpjpeMm(moved, TRUTH, ROOTED)).toBeCloseTo(0, 9);
});

test('a root off in all three directions is taken off in all three', () => {
  // The root is 1, 2 and 2 cm off, the other joint nowhere: relative to the root it is 3 cm off.
  const pred = [0.01, 1.02, 0.02, 0, 0.5, 0];
  expect(mpjpeMm(pred, TRUTH.slice(0, 6), { frames: 1, joints: 2, root: 0 })).toBeCloseTo(30 / 2, 9);
});

test('the error is symmetric and zero for equal clips', () => {
  const number = fc.double({ min: -3, max: 3, noNaN: true });
  const clip = fc.array(number, { minLength: 12, maxLength: 12 });
  fc.assert(
    fc.property(clip, clip, fc.constantFrom(null, 0, 1), (a, b, root) => {
      const shape = { frames: 2, joints: 2, root };
      expect(mpjpeMm(a, b, shape)).toBeCloseTo(mpjpeMm(b, a, shape), 9);
      expect(mpjpeMm(a, a, shape)).toBe(0);
    }),
  );
});

test('a missing joint is an error, named by frame and joint', () => {
  const gap = PRED.slice();
  gap[10] = Number.NaN;
  expect(() => mpjpeMm(gap, TRUTH, GLOBAL)).toThrow('prediction has NaN at frame 1, joint 1');
  expect(() => mpjpeMm(TRUTH, gap, ROOTED)).toThrow('truth has NaN at frame 1, joint 1');
});

test('sizes that do not fit are refused', () => {
  expect(() => mpjpeMm(PRED.slice(3), TRUTH, GLOBAL)).toThrow('prediction holds 9 numbers');
  expect(() => mpjpeMm([], [], { frames: 0, joints: 2, root: null })).toThrow('nothing to measure');
  expect(() => mpjpeMm(PRED, TRUTH, { ...ROOTED, root: 2 })).toThrow('root is 2');
});
