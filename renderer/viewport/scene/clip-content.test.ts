import { expect, test } from 'vitest';
import type { Drawing } from '../../../contract/clips.ts';
import { BODY17_DRAWING, floorHeight, pointsOf, rootTrackOf, trackOf } from './clip-content.ts';

const TWO: Drawing = { names: ['a', 'b'], bones: [[0, 1]], body17: [-1, 1] };

test('a joint the file lacks is found among the derived ones, and nowhere in a clip that has none', () => {
  const positions = new Float32Array(6);
  const body17 = new Float32Array(51);
  expect(trackOf(TWO, { positions, body17 }, 1)).toEqual({ positions, stride: 6, offset: 3 });
  expect(trackOf(TWO, { positions, body17 }, 0)).toEqual({ positions: body17, stride: 51, offset: 0 });
  expect(trackOf(TWO, { positions, body17: new Float32Array(0) }, 0)).toBeNull();
  expect(rootTrackOf(TWO, { positions, body17: new Float32Array(0) }).offset).toBe(0);
});

test('the floor stays at 0 for feet near it, and goes to the feet of a clip without a path', () => {
  expect(floorHeight(Float32Array.of(0, -0.05, 0, 0, 1.7, 0), 2)).toBe(0);
  expect(floorHeight(Float32Array.of(0, -0.92, 0, 0, 0.8, 0), 2)).toBeCloseTo(-0.92, 6);
  expect(floorHeight(new Float32Array(6).fill(Number.NaN), 2)).toBe(0);
});

test('points are relative to the path of each frame, or to one anchor', () => {
  const positions = Float32Array.of(1, 0, 0, 2, 0, 0);
  const anchor = { x: 1, y: 0, z: 0 };
  expect([...pointsOf(positions, 1, 0, 1, anchor, null)]).toEqual([0, 0, 0, 1, 0, 0]);
  const path = Float32Array.of(1, 0, 0, 2, 0, 0);
  expect([...pointsOf(positions, 1, 0, 1, anchor, path)]).toEqual([0, 0, 0, 0, 0, 0]);
});

test('a reference has sixteen bones', () => {
  expect(BODY17_DRAWING.bones.length).toBe(16);
});
