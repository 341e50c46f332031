import { expect, test } from 'vitest';
import { blendRange, describeJumps, rangeWeights } from './blend-range.ts';

const FRAMES = 10;

test('a range without a fade is refined in full, and nothing outside it', () => {
  const weights = rangeWeights(FRAMES, 0, { strength: 0.5, range: [2, 4] });
  expect([...weights]).toEqual([0, 0, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0]);
});

test('calibration frames stay, and the motion does not fade in after them', () => {
  const weights = rangeWeights(FRAMES, 2, { strength: 1, featherFrames: 3 });
  expect([...weights]).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
});

test('a fade is smooth, the same from both sides, and inside the range', () => {
  const weights = rangeWeights(FRAMES, 0, { strength: 1, range: [1, 8], featherFrames: 1 });
  // Smoothstep of a half.
  expect([...weights]).toEqual([0, 0.5, 1, 1, 1, 1, 1, 1, 0.5, 0]);
});

test('a fade longer than the range still reaches full strength in its middle', () => {
  const weights = rangeWeights(FRAMES, 0, { strength: 1, range: [2, 6], featherFrames: 500 });
  expect(weights[4]).toBe(1);
  expect(weights[2]).toBeLessThan(weights[3]);
});

/** One joint at the origin, refined by 0.05 m in the frames that `weights` say. */
function jumpsOf(range: readonly [number, number], featherFrames: number, leadFrames = 0): string[] {
  const before = new Float64Array(FRAMES * 3);
  const after = before.map((_, at) => (at % 3 === 0 ? 0.05 : 0));
  const weights = rangeWeights(FRAMES, leadFrames, { strength: 1, range, featherFrames });
  return describeJumps(before, blendRange(before, after, weights), FRAMES, leadFrames, range);
}

test('a jump at the edge of a range is told with its size, and not where the motion begins or ends', () => {
  expect(jumpsOf([3, 6], 0)).toEqual([
    expect.stringMatching(/begins with a jump of 50 mm at frame 3;.*--feather/),
    expect.stringMatching(/ends with a jump of 50 mm at frame 6;/),
  ]);
  expect(jumpsOf([0, 9], 0)).toEqual([]);
  expect(jumpsOf([2, 9], 0, 2)).toEqual([]);
});

test('a faded range has no jump to tell', () => {
  // Smoothstep of a quarter of 50 mm is 7.8 mm.
  expect(jumpsOf([1, 8], 3)).toEqual([]);
});

test('a channel gets its share of the refinement, and one without a share keeps its own numbers', () => {
  // 0.1 + (0.3 - 0.1) is not 0.3 in binary: what is not blended must not be computed either.
  const before = Float64Array.of(0.1, 0.1, 0.1);
  const after = Float64Array.of(0.3, 0.3, Number.NaN);
  const blended = blendRange(before, after, Float64Array.of(0.5), Float64Array.of(1, 0.5, 0));
  expect(blended[0]).toBeCloseTo(0.2, 12);
  expect(blended[1]).toBeCloseTo(0.15, 12);
  expect(blended[2]).toBe(0.1);
});
