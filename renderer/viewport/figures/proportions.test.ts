import { expect, test } from 'vitest';
import type { Drawing } from '../../../contract/clips.ts';
import { flatBones, proportionsOf } from './proportions.ts';

/** A stick man's arm: shoulder, wrist (body-17), a finger's end site 5 cm further. */
const ARM: Drawing = {
  names: ['shoulder', 'wrist', 'finger end'],
  bones: [
    [0, 1],
    [1, 2],
  ],
  body17: [0, 1],
};

test('an end site and its bone are half as thick as they would be for a body-17 joint', () => {
  const positions = Float32Array.of(0, 0, 0, 0, 1, 0, 0, 1.5, 0);
  const end = proportionsOf(ARM, positions);
  const joint = proportionsOf({ ...ARM, body17: [0, 1, 2] }, positions);
  expect(end.size).toBe(1.5);
  expect(end.jointRadii[2]).toBeCloseTo(joint.jointRadii[2] / 2, 6);
  expect(end.boneRadii[1]).toBeCloseTo(joint.boneRadii[1] / 2, 6);
  expect(end.boneRadii[0]).toBe(joint.boneRadii[0]);
});

test('a finger of 4 cm is slimmer than an arm', () => {
  const { boneRadii } = proportionsOf(
    { ...ARM, body17: [0, 1, 2] },
    Float32Array.of(0, 0, 0, 0, 1, 0, 0, 1.04, 0),
  );
  expect(boneRadii[1]).toBeCloseTo(0.04 * 0.13, 6);
  expect(boneRadii[0]).toBeCloseTo(1.04 * 0.0125, 6);
});

test('a leaf that stands for a body-17 joint is no end site', () => {
  const positions = Float32Array.of(0, 0, 0, 0, 1, 0, 0, 2, 0);
  const { boneRadii } = proportionsOf({ ...ARM, body17: [0, 1, 2] }, positions);
  expect(boneRadii[1]).toBe(boneRadii[0]);
});

test('the size comes from a frame that sees every joint, not from an earlier one that does not', () => {
  const unseen = [Number.NaN, Number.NaN, Number.NaN];
  const positions = Float32Array.from([0, 0, 0, 0, 9, 0, ...unseen, 0, 0, 0, 0, 1, 0, 0, 2, 0]);
  expect(proportionsOf(ARM, positions).size).toBe(2);
});

test('a clip in which nothing is seen still has finite radii', () => {
  const { jointRadii, boneRadii, size } = proportionsOf(ARM, new Float32Array(9).fill(Number.NaN));
  expect(size).toBe(1.7);
  expect([...jointRadii, ...boneRadii].every((radius) => radius > 0 && Number.isFinite(radius))).toBe(true);
});

test('bones are listed pair by pair', () => {
  expect([...flatBones(ARM)]).toEqual([0, 1, 1, 2]);
});
