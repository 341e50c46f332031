import { expect, test } from 'vitest';
import { withInPoint, withOutPoint, withoutInPoint, withoutOutPoint } from './range-points.ts';

test('an in point behind the out point sends that to the end, an out point before the in point sends that to the start', () => {
  expect(withInPoint([10, 20], 30, 100)).toEqual([30, 99]);
  expect(withOutPoint([10, 20], 5)).toEqual([0, 5]);
});

test('without one of its points a range reaches to that end of the clip', () => {
  expect(withoutInPoint([10, 20], 100)).toEqual([0, 20]);
  expect(withoutOutPoint([10, 20], 100)).toEqual([10, 99]);
});

test('without its last point a range is the whole clip, which is none', () => {
  expect(withoutInPoint([10, 99], 100)).toBeNull();
  expect(withoutOutPoint([0, 20], 100)).toBeNull();
});
