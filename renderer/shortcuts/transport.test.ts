import { expect, test } from 'vitest';
import { withInPoint, withOutPoint } from './range-points.ts';
import { shuttleSpeed } from './shuttle.ts';

test('the first press plays at normal speed, each further one twice as fast, up to sixteen', () => {
  expect(shuttleSpeed(0, 1)).toBe(1);
  expect(shuttleSpeed(1, 1)).toBe(2);
  expect(shuttleSpeed(8, 1)).toBe(16);
  expect(shuttleSpeed(16, 1)).toBe(16);
});

test('the other key turns round at normal speed', () => {
  expect(shuttleSpeed(4, -1)).toBe(-1);
  expect(shuttleSpeed(-1, -1)).toBe(-2);
  expect(shuttleSpeed(-8, 1)).toBe(1);
});

test('the first in point reaches to the end, the first out point back to the start', () => {
  expect(withInPoint(null, 30, 100)).toEqual([30, 99]);
  expect(withOutPoint(null, 30)).toEqual([0, 30]);
});

test('the other point stays, unless it would lie on the wrong side', () => {
  expect(withInPoint([10, 50], 20, 100)).toEqual([20, 50]);
  expect(withInPoint([10, 50], 60, 100)).toEqual([60, 99]);
  expect(withOutPoint([10, 50], 20)).toEqual([10, 20]);
  expect(withOutPoint([10, 50], 5)).toEqual([0, 5]);
});
