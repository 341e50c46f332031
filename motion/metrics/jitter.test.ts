import { expect, test } from 'vitest';
import { jitterMPerS3 } from './jitter.ts';

/** One joint whose coordinates are functions of the time in seconds. */
function path(frames: number, frameTime: number, at: (seconds: number) => number[]): number[] {
  return Array.from({ length: frames }, (_, frame) => at(frame * frameTime)).flat();
}

test('the cubic t³ along x and 2 t³ along z has the jerk |(6, 0, 12)| at every frame rate', () => {
  for (const frameTime of [1 / 24, 1 / 120]) {
    const positions = path(9, frameTime, (t) => [t ** 3, t, 2 * t ** 3]);
    expect(jitterMPerS3(positions, frameTime, { frames: 9, joints: 1 })).toBeCloseTo(Math.hypot(6, 12), 6);
  }
});

test('even acceleration has no jerk, and a joint that rests halves the mean', () => {
  const even = path(6, 0.1, (t) => [4 * t * t, 1 - t, 3]);
  expect(jitterMPerS3(even, 0.1, { frames: 6, joints: 1 })).toBeCloseTo(0, 9);
  const pair = path(6, 0.1, (t) => [t ** 3, 0, 0, 5, 5, 5]);
  expect(jitterMPerS3(pair, 0.1, { frames: 6, joints: 2 })).toBeCloseTo(3, 9);
});

test('a spike of 1 mm in one frame weighs 1, 3, 3, 1 in four steps', () => {
  const positions = new Array<number>(10 * 3).fill(0);
  positions[5 * 3 + 1] = 0.001;
  // (1 + 3 + 3 + 1) mm over 7 steps, at a tenth of a second: times 1000 per cubic second.
  expect(jitterMPerS3(positions, 0.1, { frames: 10, joints: 1 })).toBeCloseTo((8 * 0.001 * 1000) / 7, 9);
});

test('fewer than four frames have none', () => {
  expect(jitterMPerS3([0, 0, 0, 9, 9, 9, 0, 0, 0], 0.1, { frames: 3, joints: 1 })).toBe(0);
});

test('NaN, other sizes and a zero frame time are refused', () => {
  const shape = { frames: 4, joints: 1 };
  expect(() => jitterMPerS3(new Array(12).fill(Number.NaN), 0.1, shape)).toThrow('NaN at frame 0');
  expect(() => jitterMPerS3([0, 0, 0], 0.1, shape)).toThrow(RangeError);
  expect(() => jitterMPerS3(new Array(12).fill(0), 0, shape)).toThrow('frameTime is 0');
});
