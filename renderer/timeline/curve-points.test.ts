import fc from 'fast-check';
import { expect, test } from 'vitest';
import { curvePoints, roundPeak } from './curve-points.ts';
import { buildPyramid } from './value-pyramid.ts';

test('few frames are drawn as they are, and NaN breaks the line', () => {
  const points = curvePoints([buildPyramid([1, Number.NaN, 3])], [0, 2], 100);
  expect(points).toEqual({ x: [0, 1, 2], y: [[1, null, 3]], peak: 3 });
});

test('many frames become two points a column and keep the highest and the lowest value', () => {
  const numbers = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 200, maxLength: 400 });
  fc.assert(
    fc.property(numbers, (values) => {
      const { x, y, peak } = curvePoints([buildPyramid(values)], [0, values.length - 1], 20);
      expect(x).toHaveLength(40);
      expect([...x].sort((a, b) => a - b)).toEqual(x);
      expect(peak).toBe(Math.max(...values));
      expect(Math.max(...y[0].map(Number))).toBe(Math.max(...values));
      expect(Math.min(...y[0].map(Number))).toBe(Math.min(...values));
    }),
  );
});

test('two curves share their x', () => {
  const { x, y } = curvePoints([buildPyramid([1, 2]), buildPyramid([3, 4])], [0, 1], 10);
  expect(x).toEqual([0, 1]);
  expect(y).toEqual([
    [1, 2],
    [3, 4],
  ]);
});

test('a value axis ends at a round number not below the peak', () => {
  expect([0, 0.7, 1, 1.2, 87, 101].map(roundPeak)).toEqual([1, 0.8, 1, 1.5, 100, 150]);
});
