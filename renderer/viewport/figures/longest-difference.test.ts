import { expect, test } from 'vitest';
import { distanceOf, longestDifference } from './longest-difference.ts';

const SEEN = Float32Array.of(0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0);
const MOVED = Float32Array.of(0, 0, 0, 1, 1, 1, 0.03, 0.04, 0, 0, 0.01, 0);

test('the joint moved farthest is found, with its distance', () => {
  expect(longestDifference(SEEN, MOVED, 1, 2)).toBe(0);
  expect(distanceOf(SEEN, MOVED, 2)).toBeCloseTo(0.05, 6);
});

test('where nothing moved, or nothing is seen in both, there is none', () => {
  expect(longestDifference(SEEN, MOVED, 0, 2)).toBe(-1);
  expect(longestDifference(SEEN, new Float32Array(12).fill(Number.NaN), 1, 2)).toBe(-1);
});
