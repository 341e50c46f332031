import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fillColumns } from './column-values.ts';
import { buildPyramid } from './value-pyramid.ts';

test('one bad frame among thousands is seen in a strip of a few columns', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 1, max: 300 }), (bad, columns) => {
      const values = new Float32Array(10_000).fill(1);
      values[bad] = 0;
      const out = new Float32Array(columns);
      fillColumns(buildPyramid(values), [0, 9999], 'least', out);
      expect(Math.min(...out)).toBe(0);
      expect(out[Math.floor((bad / 10_000) * columns)]).toBe(0);
    }),
  );
});

test('a column of two frames shows the lesser, or the larger where that is worse', () => {
  const pyramid = buildPyramid([4, 1, 7, 9]);
  const out = new Float32Array(2);
  fillColumns(pyramid, [0, 3], 'least', out);
  expect([...out]).toEqual([1, 7]);
  fillColumns(pyramid, [0, 3], 'largest', out);
  expect([...out]).toEqual([4, 9]);
});

test('frames wider than a column keep their own value up to their edge', () => {
  const out = new Float32Array(6);
  fillColumns(buildPyramid([1, 2, 3]), [1, 2], 'least', out);
  expect([...out]).toEqual([2, 2, 2, 3, 3, 3]);
});

test('a frame on the border of two columns is seen in both', () => {
  const out = new Float32Array(2);
  fillColumns(buildPyramid([1, 0, 1]), [0, 2], 'least', out);
  expect([...out]).toEqual([0, 0]);
});
