import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pearson } from './pearson.ts';

test('four points worked by hand', () => {
  // Deviations -1.5 -0.5 0.5 1.5 and -1.5 0.5 -0.5 1.5: products sum to 4, squares to 5 and 5.
  expect(pearson([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(4 / 5, 12);
});

test('any straight line correlates fully, with the sign of its slope', () => {
  const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 30 });
  fc.assert(
    fc.property(values, fc.constantFrom(-3, -0.01, 0.5, 200), (a, slope) => {
      fc.pre(new Set(a).size > 1);
      const b = a.map((value) => slope * value + 7);
      expect(pearson(a, b)).toBeCloseTo(Math.sign(slope), 9);
      expect(pearson(b, a)).toBeCloseTo(pearson(a, b), 12);
    }),
  );
});

test('a series that does not vary correlates with nothing', () => {
  // The mean of these is not exactly 0.1 in floating point.
  expect(pearson(Array(10).fill(0.1), [1, 2, 4, 8, 1, 2, 4, 8, 1, 20])).toBe(0);
  expect(pearson([1, 2, 4], [0, 0, 0])).toBe(0);
  expect(pearson([5], [6])).toBe(0);
});

test('series that do not pair up and NaN are refused', () => {
  expect(() => pearson([1, 2], [1])).toThrow('series of 2 and 1 values');
  expect(() => pearson([], [])).toThrow(RangeError);
  expect(() => pearson([1, 2], [1, Number.NaN])).toThrow('pair 1 is 2 and NaN');
});
