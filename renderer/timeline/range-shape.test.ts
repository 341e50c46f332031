import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rangeOutline, withIn, withOut } from './range-shape.ts';

test('an in point stops at the out point, and a range over everything is none', () => {
  expect(withIn([10, 20], 50, 100)).toEqual([20, 20]);
  expect(withOut([10, 20], 4, 100)).toEqual([10, 10]);
  expect(withIn(null, 30, 100)).toEqual([30, 99]);
  expect(withOut(null, 30.4, 100)).toEqual([0, 30]);
  expect(withIn([30, 99], 0, 100)).toBeNull();
});

test('a fade of 8 frames reaches full weight 8 frames inside both ends', () => {
  const points = rangeOutline([20, 59], 8, 100, 0);
  expect(points[0]).toEqual({ frame: 20, weight: 0 });
  const full = points.filter((point) => point.weight === 1).map((point) => point.frame);
  expect(full).toEqual([28, 52]);
  expect(points.at(-1)).toEqual({ frame: 60, weight: 0 });
});

test('where the range begins with the motion and ends with the clip nothing fades', () => {
  expect(rangeOutline([0, 99], 8, 100, 3)).toEqual([
    { frame: 3, weight: 0 },
    { frame: 3, weight: 1 },
    { frame: 100, weight: 1 },
    { frame: 100, weight: 0 },
  ]);
});

test('the outline never runs backwards, however long the feather', () => {
  fc.assert(
    fc.property(fc.nat(90), fc.nat(90), fc.nat(500), (a, b, feather) => {
      const points = rangeOutline([Math.min(a, b), Math.max(a, b)], feather, 100, 0);
      for (let at = 1; at < points.length; at++) {
        expect(points[at].frame).toBeGreaterThanOrEqual(points[at - 1].frame - 1e-9);
      }
    }),
  );
});
