import { expect, test } from 'vitest';
import type { Drawing } from '../../contract/clips.ts';
import { boneSides, previewFrames } from './preview-frames.ts';

/** Ankle, knee and head in a vertical line. */
const DRAWING: Drawing = {
  names: ['leftAnkle', 'leftKnee', 'head'],
  bones: [
    [1, 0],
    [2, 1],
  ],
  body17: new Array<number>(17).fill(-1).with(6, 0).with(5, 1).with(10, 2),
};

function standing(x: number, floor: number, height: number): number[] {
  return [x, floor, 0, x, floor + height / 4, 0, x, floor + height, 0];
}

test('height and floor are those of the body, wherever it goes', () => {
  const positions = Float32Array.from([0, 1, 2, 3].flatMap((x) => standing(x, -0.9, 1.75)));
  const { ground, height, reach, frameCount } = previewFrames(DRAWING, positions, 1 / 30);
  expect(frameCount).toBe(4);
  expect(ground).toBeCloseTo(-0.9);
  expect(height).toBeCloseTo(1.75);
  // Smoothed over half a second, the centre of all four frames is x = 1.5; the ends are 1.5 m away from it.
  expect(reach).toBeCloseTo(1.5);
});

test('a frame without joints neither moves the centre nor counts', () => {
  const positions = Float32Array.from([
    ...standing(2, 0, 1.8),
    ...new Array<number>(9).fill(Number.NaN),
    ...standing(2, 0, 1.8),
  ]);
  const frames = previewFrames(DRAWING, positions, 1 / 30);
  expect([...frames.centres]).toEqual([2, 0, 2, 0, 2, 0]);
  expect(frames.height).toBeCloseTo(1.8);
});

test('a bone has the side of either of its ends', () => {
  expect(boneSides(DRAWING)).toEqual(['left', 'left']);
});

test('joints of a BVH have the side of the body joint they stand for, whatever their names', () => {
  const names = ['Bip01_L_Foot', 'Bip01_L_Calf', 'Bip01_Head'];
  expect(boneSides({ ...DRAWING, names })).toEqual(['left', 'left']);
});
