import { expect, test } from 'vitest';
import { body17Positions } from './body17-positions.ts';
import type { SkeletonClip } from './clip.ts';
import { solveFk } from './fk.ts';

const quarterZ = [0, 0, Math.SQRT1_2, Math.SQRT1_2];

/** Hip at (1, 0, 0), knee 0.5 m above it, an end site 0.4 m along the shin's +Y. */
function legClip(hipRotation: number[], kneeRotation: number[]): SkeletonClip {
  return {
    kind: 'skeleton',
    name: 'leg',
    skeleton: {
      names: ['hip', 'knee', 'knee.end'],
      parents: Int32Array.of(-1, 0, 1),
      restOffsets: Float64Array.of(0, 0, 0, 0, 0.5, 0, 0, 0.4, 0),
      isEndSite: [false, false, true],
    },
    frameCount: 1,
    frameTime: 1 / 60,
    localRotations: Float64Array.of(...hipRotation, ...kneeRotation, 0, 0, 0, 1),
    localTranslations: Float64Array.of(1, 0, 0, 0, 0.5, 0, 0, 0.4, 0),
  };
}

test('a quarter turn of the hip about Z carries the knee from +Y to -X and the shin with it', () => {
  const positions = new Float64Array(9);
  const rotations = new Float64Array(12);
  solveFk(legClip(quarterZ, [0, 0, 0, 1]), 0, positions, rotations);
  expect([...positions].map((value) => Math.round(value * 1e9) / 1e9 + 0)).toEqual([
    1, 0, 0, 0.5, 0, 0, 0.1, 0, 0,
  ]);
});

test('a second quarter turn at the knee points the shin down', () => {
  const positions = new Float64Array(9);
  const rotations = new Float64Array(12);
  solveFk(legClip(quarterZ, quarterZ), 0, positions, rotations);
  expect(positions[6]).toBeCloseTo(0.5, 12);
  expect(positions[7]).toBeCloseTo(-0.4, 12);
  // Half a turn in all, about Z; the end site turns with its joint.
  expect(Math.abs(rotations[8 + 2])).toBeCloseTo(1, 12);
});

test('a body joint is the weighted mean of its nodes, and NaN where the skeleton has none', () => {
  const clip = legClip(quarterZ, [0, 0, 0, 1]);
  const map = Array.from({ length: 17 }, () => [] as { node: number; weight: number }[]);
  map[3] = [
    { node: 1, weight: 0.25 },
    { node: 2, weight: 0.75 },
  ];
  const positions = body17Positions(clip, map);
  expect(positions[9]).toBeCloseTo(0.25 * 0.5 + 0.75 * 0.1, 12);
  expect(positions[0]).toBeNaN();
});
