import { expect, test } from 'vitest';
import { footContactSteps, footSlideMmPerFrame } from './foot-slide.ts';

const FRAME_TIME = 1 / 30;
const SHAPE = { frames: 6, joints: 2 };

/** Joint 0 hangs at 1 m and drifts; joint 1 is the ankle, with the given x, y and z per frame. */
function clip(ankle: number[][]): number[] {
  return ankle.flatMap((xyz, frame) => [frame * 0.5, 1, 0, ...xyz]);
}

/** Stands for three frames sliding 4 mm, then 3 and 4 mm diagonally, then lifts and swings on. */
const STEP = clip([
  [0, 0.1, 0],
  [0.004, 0.1, 0],
  [0.007, 0.1, 0.004],
  [0.2, 0.14, 0],
  [0.4, 0.2, 0],
  [0.6, 0.14, 0],
]);

test('only the steps in which the ankle stands count', () => {
  expect([...footContactSteps(STEP, 1, FRAME_TIME, SHAPE)]).toEqual([1, 1, 0, 0, 0]);
  expect(footSlideMmPerFrame(STEP, [1], FRAME_TIME, SHAPE)).toBeCloseTo((4 + 5) / 2, 9);
});

test('height and vertical speed limits are what the caller says', () => {
  const tall = { heightToleranceMetres: 0.05, maxVerticalSpeed: 2 };
  // Frames 3 and 5 (14 cm) are now low enough; 4 cm a frame are 1.2 m/s.
  expect([...footContactSteps(STEP, 1, FRAME_TIME, SHAPE, tall)]).toEqual([1, 1, 1, 0, 0]);
  const slow = { heightToleranceMetres: 0.05, maxVerticalSpeed: 1 };
  expect([...footContactSteps(STEP, 1, FRAME_TIME, SHAPE, slow)]).toEqual([1, 1, 0, 0, 0]);
});

test('contacts can be taken from another version of the clip', () => {
  const shaken = STEP.map((value, k) => (k % 6 === 4 ? value + (Math.floor(k / 6) % 2) * 0.02 : value));
  expect(footSlideMmPerFrame(shaken, [1], FRAME_TIME, SHAPE)).toBe(0);
  expect(footSlideMmPerFrame(shaken, [1], FRAME_TIME, SHAPE, { contactPositions: STEP })).toBeCloseTo(4.5, 9);
});

test('one frame far below the ground does not lift the others off it', () => {
  const frames = 40;
  const positions = Array.from({ length: frames }, (_, frame) => [
    0.002 * frame,
    frame === 20 ? -1 : 0.1,
    0,
  ]).flat();
  const contacts = footContactSteps(positions, 0, FRAME_TIME, { frames, joints: 1 });
  expect(contacts.reduce((sum, value) => sum + value, 0)).toBe(frames - 1 - 2);
});

test('several ankles share one mean over their standing steps', () => {
  const positions = [0, 0.1, 0, 0, 0.1, 1, 0.01, 0.1, 0, 0.03, 0.1, 1];
  expect(footSlideMmPerFrame(positions, [0, 1], FRAME_TIME, { frames: 2, joints: 2 })).toBeCloseTo(20, 9);
});

test('a single frame cannot slide', () => {
  expect(footSlideMmPerFrame([0, 0, 0], [0], FRAME_TIME, { frames: 1, joints: 1 })).toBe(0);
});

test('NaN, unknown joints and a zero frame time are refused', () => {
  expect(() => footSlideMmPerFrame(clip([[Number.NaN, 0, 0]]), [1], 1, { frames: 1, joints: 2 })).toThrow(
    'NaN',
  );
  expect(() => footSlideMmPerFrame(STEP, [2], FRAME_TIME, SHAPE)).toThrow('ankle is 2');
  expect(() => footSlideMmPerFrame(STEP, [1], 0, SHAPE)).toThrow('frameTime is 0');
});
