import { expect, test } from 'vitest';
import { chainTurns, invertTurn, turnToYUp } from '../formats/axes.ts';
import type { NpyArray } from '../formats/npy-array.ts';
import { parseNpyDtype } from '../formats/npy-dtype.ts';
import { convertNpy } from './convert-npy.ts';
import { resampleNpy } from './resample-npy.ts';
import { sliceNpy } from './slice.ts';

function array(shape: readonly number[], values: readonly number[], descr = '<f4'): NpyArray {
  const data = Float64Array.from(values);
  return { shape, data, dtype: parseNpyDtype(descr)!, fortranOrder: false, warnings: [] };
}

const Z_TO_Y = chainTurns(turnToYUp('+z'), invertTurn(turnToYUp('+y')));
const Y_TO_Z = chainTurns(turnToYUp('+y'), invertTurn(turnToYUp('+z')));

test('a slice keeps rows whole, in flat arrays as in others', () => {
  expect(sliceNpy(array([3, 4], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]), [1, 2])).toEqual(
    array([2, 4], [4, 5, 6, 7, 8, 9, 10, 11]),
  );
  expect(sliceNpy(array([2, 1, 3], [0, 1, 2, 3, 4, 5]), [1, 1]).shape).toEqual([1, 1, 3]);
});

test('positions are linear between frames, and stay missing around a gap', () => {
  const line = array([3, 1, 3], [0, 0, 0, 2, 4, 6, Number.NaN, Number.NaN, Number.NaN]);
  const doubled = resampleNpy(line, { jointCount: 1, dimensions: 3 }, 30, 60);
  expect(doubled.shape).toEqual([5, 1, 3]);
  expect([...doubled.data]).toEqual([0, 0, 0, 1, 2, 3, 2, 4, 6, ...new Array(6).fill(Number.NaN)]);
  expect(resampleNpy(line, { jointCount: 1, dimensions: 3 }, 30, 30)).toBe(line);
});

test('a joint with confidence 0 is not blended: the nearer frame is taken', () => {
  const seenThenLost = array([2, 2, 3], [10, 20, 1, 10, 20, 1, 0, 0, 0, 30, 40, 0.5]);
  const { data } = resampleNpy(seenThenLost, { jointCount: 2, dimensions: 2 }, 1, 4);
  expect([...data.slice(6, 9)]).toEqual([10, 20, 1]);
  expect([...data.slice(18, 21)]).toEqual([0, 0, 0]);
  expect([...data.slice(9, 12)]).toEqual([15, 25, 0.875]);
});

test('a point 2 m up in metres, Z up, is 200 up in centimetres, Y up; its confidence stays', () => {
  const points = { jointCount: 1, dimensions: 3 } as const;
  const source = array([1, 1, 4], [1, -3, 2, 0.5], '<f2');
  const converted = convertNpy(source, points, 100, Z_TO_Y);
  expect([...converted.data]).toEqual([100, 200, 300, 0.5]);
  expect(converted.dtype.descr).toBe('<f4');
  expect([...convertNpy(converted, points, 0.01, Y_TO_Z).data]).toEqual([...source.data]);
});
