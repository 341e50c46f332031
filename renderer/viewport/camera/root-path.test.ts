import { expect, test } from 'vitest';
import { smoothRootPath } from './root-path.ts';

test('a root that stands still is followed to the millimetre', () => {
  const positions = Float32Array.from({ length: 60 * 6 }, (_, at) =>
    at % 6 === 3 ? 2 : at % 6 === 4 ? 1 : 0,
  );
  const path = smoothRootPath(positions, 6, 3, 1 / 30);
  expect(path.length).toBe(60 * 3);
  for (let frame = 0; frame < 60; frame++) {
    expect(path[frame * 3]).toBeCloseTo(2, 4);
    expect(path[frame * 3 + 1]).toBeCloseTo(1, 4);
  }
});

test('jitter of 20 mm leaves less than a millimetre, and a walk is followed without lag', () => {
  const frames = 600;
  const positions = new Float32Array(frames * 3);
  for (let frame = 0; frame < frames; frame++) {
    positions[frame * 3] = frame * 0.02;
    positions[frame * 3 + 1] = frame % 2 === 0 ? 0.02 : -0.02;
  }
  const path = smoothRootPath(positions, 3, 0, 1 / 60);
  for (let frame = 200; frame < 400; frame++) {
    expect(path[frame * 3]).toBeCloseTo(frame * 0.02, 2);
    expect(Math.abs(path[frame * 3 + 1])).toBeLessThan(0.001);
  }
});

test('frames without a root hold the place where it was last seen', () => {
  const positions = new Float32Array(90).fill(1);
  positions.fill(Number.NaN, 0, 9);
  positions.fill(Number.NaN, 45, 60);
  expect(smoothRootPath(positions, 3, 0, 1 / 30).every((value) => Math.abs(value - 1) < 1e-5)).toBe(true);
});
