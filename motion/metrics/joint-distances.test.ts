import { expect, test } from 'vitest';
import { jointDistancesMm, meanPerFrame, rootRelative } from './joint-distances.ts';

test('a 3-4-0 triangle of centimetres is 50 mm', () => {
  expect([...jointDistancesMm([0, 0, 0, 1, 1, 1], [0.03, 0.04, 0, 1, 1, 1])]).toEqual([50, 0]);
});

test('a pelvis elsewhere changes no root-relative position', () => {
  const pose = Float64Array.from({ length: 2 * 51 }, (_, at) => Math.sin(at));
  const moved = pose.map((value, at) => value + [5, -2, 1][at % 3]);
  rootRelative(moved).forEach((value, at) => {
    expect(value).toBeCloseTo(rootRelative(pose)[at], 12);
  });
  expect([...rootRelative(pose).subarray(51, 54)]).toEqual([0, 0, 0]);
});

test('every frame has its own mean', () => {
  expect([...meanPerFrame(Float64Array.of(1, 3, 10, 20), 2)]).toEqual([2, 15]);
});
