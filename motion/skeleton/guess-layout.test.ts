import { expect, test } from 'vitest';
import { guessLayout17 } from './guess-layout.ts';

/** A standing body, right leg first, arms hanging; x is the body's left. */
// biome-ignore format: a row a limb
const H36M = [
  [0, 1, 0], [-0.1, 1, 0], [-0.1, 0.5, 0], [-0.1, 0.1, 0], [0.1, 1, 0], [0.1, 0.5, 0], [0.1, 0.1, 0],
  [0, 1.2, 0], [0, 1.45, 0], [0, 1.55, 0], [0, 1.7, 0],
  [0.2, 1.4, 0], [0.25, 1.1, 0], [0.3, 0.9, 0], [-0.2, 1.4, 0], [-0.25, 1.1, 0], [-0.3, 0.9, 0],
];

const flat = (pose: number[][]): Float64Array => Float64Array.from(pose.flat());

test('the right hip first is h36m17, the left hip first h36m17-left', () => {
  expect(guessLayout17(flat(H36M), 3)).toMatchObject({ layout: 'h36m17', confidence: 'high' });
  const leftFirst = [H36M[0], ...H36M.slice(4, 7), ...H36M.slice(1, 4), ...H36M.slice(7)];
  expect(guessLayout17(flat(leftFirst), 3)).toMatchObject({ layout: 'h36m17-left', confidence: 'high' });
});

test('five first joints in a face are coco17', () => {
  const face = [0, 0.03, -0.03, 0.07, -0.07].map((x) => [x, 1.6, 0.1]);
  expect(guessLayout17(flat([...face, ...H36M.slice(5)]), 3)).toMatchObject({ layout: 'coco17' });
});

test('a clip without one whole frame is a guess that says so', () => {
  expect(guessLayout17(new Float64Array(51).fill(Number.NaN), 3).confidence).toBe('low');
});
