import { expect, test } from 'vitest';
import { fillChannelGaps, fillGaps } from './fill-gaps.ts';

const { NaN: none } = Number;

test('a gap is bridged by a straight line and the ends are held', () => {
  const values = Float64Array.of(none, 2, none, none, 8, none);
  expect(fillChannelGaps(values, 0, 1)).toBe(true);
  expect([...values]).toEqual([2, 2, 4, 6, 8, 8]);
});

test('a channel that no frame has stays missing', () => {
  const values = Float64Array.of(none, 1, none, 2);
  expect(fillChannelGaps(values, 0, 2)).toBe(false);
  expect([...values]).toEqual([none, 1, none, 2]);
});

test('a joint that misses one coordinate is filled as a whole', () => {
  const { positions, missing } = fillGaps(Float64Array.of(0, 0, 0, 9, none, 9, 2, 4, 6), [-1]);
  expect(missing).toBe(1);
  expect([...positions]).toEqual([0, 0, 0, 1, 2, 3, 2, 4, 6]);
});

test('a joint that no frame saw stands at its parent', () => {
  const { positions, missing } = fillGaps(Float64Array.of(1, 2, 3, none, none, none), [-1, 0]);
  expect(missing).toBe(1);
  expect([...positions]).toEqual([1, 2, 3, 1, 2, 3]);
});
