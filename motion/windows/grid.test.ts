import { expect, test } from 'vitest';
import { fromGrid, gridFrames, lowPassTaps, toGrid } from './grid.ts';

/** One channel of a sine, `hertz` at `fps`. */
function sine(frames: number, fps: number, hertz: number): Float64Array {
  return Float64Array.from({ length: frames }, (_, frame) => Math.sin((2 * Math.PI * hertz * frame) / fps));
}

test('the grid covers the whole clip', () => {
  expect(gridFrames(1, 4)).toBe(1);
  expect(gridFrames(5, 4)).toBe(2);
  expect(gridFrames(6, 4)).toBe(3);
  expect(gridFrames(7, 1)).toBe(7);
});

test('the low-pass keeps a constant and is symmetric', () => {
  const taps = lowPassTaps(4, 0.8);
  expect(taps.reduce((sum, tap) => sum + tap, 0)).toBeCloseTo(1, 12);
  expect(taps).toHaveLength(33);
  for (let k = 0; k < 16; k++) expect(taps[k]).toBeCloseTo(taps[32 - k], 12);
});

test('at spacing 1 nothing is changed', () => {
  const values = sine(20, 30, 3);
  expect(toGrid(values, 20, 1, 1, 0.8)).toBe(values);
  expect(fromGrid(values, 20, 1, 1)).toBe(values);
});

test('slow motion survives the grid and back within a thousandth', () => {
  const frames = 485;
  const values = sine(frames, 120, 2);
  const back = fromGrid(toGrid(values, frames, 1, 4, 0.8), frames, 1, 4);
  for (let frame = 20; frame < frames - 20; frame++)
    expect(Math.abs(back[frame] - values[frame])).toBeLessThan(2e-3);
});

test('shaking above the grid is taken out', () => {
  const frames = 480;
  const grid = toGrid(sine(frames, 120, 40), frames, 1, 4, 0.8);
  for (let g = 5; g < 115; g++) expect(Math.abs(grid[g])).toBeLessThan(0.01);
});

test('a spline meets its grid values and keeps straight lines straight, channel by channel', () => {
  const grid = Float64Array.of(0, 5, 1, 5, 2, 5, 3, 5);
  const back = fromGrid(grid, 10, 2, 3);
  for (let frame = 0; frame < 10; frame++) {
    expect(back[frame * 2]).toBeCloseTo(frame / 3, 12);
    expect(back[frame * 2 + 1]).toBeCloseTo(5, 12);
  }
  const bent = Float64Array.of(0, 1, 0, -2, 4);
  const through = fromGrid(bent, 17, 1, 4);
  for (let g = 0; g < 5; g++) expect(through[g * 4]).toBeCloseTo(bent[g], 12);
});

test('one or two frames come back as they are', () => {
  expect(fromGrid(toGrid(Float64Array.of(7), 1, 1, 4, 0.8), 1, 1, 4)[0]).toBeCloseTo(7, 12);
  const two = fromGrid(toGrid(Float64Array.of(7, 7), 2, 1, 4, 0.8), 2, 1, 4);
  expect(two[0]).toBeCloseTo(7, 12);
  expect(two[1]).toBeCloseTo(7, 12);
});
