import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildPyramid, largestOf, leastOf } from './value-pyramid.ts';

const values = fc.array(
  fc.oneof(fc.float({ noNaN: true, noDefaultInfinity: true }), fc.constant(Number.NaN)),
  {
    minLength: 1,
    maxLength: 70,
  },
);

test('least and largest of any stretch are what looking at every frame gives', () => {
  fc.assert(
    fc.property(values, fc.nat(), fc.nat(), (given, a, b) => {
      const start = Math.min(a % given.length, b % given.length);
      const end = Math.max(a % given.length, b % given.length);
      const seen = given.slice(start, end + 1).filter((value) => !Number.isNaN(value));
      const pyramid = buildPyramid(given);
      // Zero is zero, whatever its sign.
      expect(leastOf(pyramid, start, end) + 0).toEqual(
        seen.length === 0 ? Number.NaN : Math.min(...seen) + 0,
      );
      expect(largestOf(pyramid, start, end) + 0).toEqual(
        seen.length === 0 ? Number.NaN : Math.max(...seen) + 0,
      );
    }),
    { examples: [[[5], 0, 0]] },
  );
});

test('a column of a frame-major array is taken on its own', () => {
  const pyramid = buildPyramid([1, 10, 2, 20, 3, 30], 2, 1);
  expect(pyramid.length).toBe(3);
  expect(leastOf(pyramid, 0, 2)).toBe(10);
  expect(largestOf(pyramid, 0, 1)).toBe(20);
});
