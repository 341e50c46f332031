import { expect, test } from 'vitest';
import { guessLayout, guessLayout17 } from './guess-layout.ts';
import { LAYOUTS, type LayoutName } from './layouts.ts';

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

/** Two poses of a body whose limbs keep their lengths, in a layout; joints that are no limb's lie at random. */
function limbs(layout: LayoutName): Float64Array {
  const places: Record<string, number[]> = {};
  for (const [side, x] of [
    ['left', 0.15],
    ['right', -0.15],
  ] as const) {
    places[`${side}Shoulder`] = [x, 1.4, 0];
    places[`${side}Elbow`] = [x * 1.2, 1.1, 0];
    places[`${side}Wrist`] = [x * 1.2, 1.1, 0.25];
    places[`${side}Hip`] = [x * 0.6, 0.95, 0];
    places[`${side}Knee`] = [x * 0.6, 0.5, 0];
    places[`${side}Ankle`] = [x * 0.6, 0.08, 0];
  }
  const pose = LAYOUTS[layout].names.map((name, joint) => places[name] ?? [0, 1 + 0.02 * joint, 0.1]);
  return flat([...pose, ...pose.map(([x, y, z]) => [z, y, -x])]);
}

test('of 25 joints, even limbs tell BODY_25 from Kinect', () => {
  const candidates = ['body25', 'kinect25'] as const;
  for (const layout of candidates)
    expect(guessLayout(limbs(layout), candidates, 3)).toMatchObject({ layout, confidence: 'high' });
  const nothing = new Float64Array(75).fill(Number.NaN);
  expect(guessLayout(nothing, candidates, 3)).toMatchObject({ layout: 'body25', confidence: 'low' });
});

test('a joint count that one layout has leaves no choice, 17 joints go by face and hips', () => {
  expect(guessLayout(new Float64Array(66), ['smpl22'], 3)).toMatchObject({ confidence: 'high' });
  expect(guessLayout(flat(H36M), ['coco17', 'h36m17'], 3).layout).toBe('h36m17');
  expect(guessLayout(flat(H36M), ['coco17', 'h36m17-left'], 3)).toMatchObject({
    layout: 'coco17',
    confidence: 'low',
  });
});
