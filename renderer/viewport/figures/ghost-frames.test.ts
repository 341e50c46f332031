import { expect, test } from 'vitest';
import { GHOST_COUNT, ghostStrength, writeGhostFrames } from './ghost-frames.ts';

test('at 30 frames a second ghosts stand five frames apart on both sides', () => {
  const out = new Int32Array(GHOST_COUNT);
  writeGhostFrames(100, 1000, 1 / 30, out);
  expect([...out]).toEqual([85, 90, 95, 105, 110, 115]);
});

test('ghosts beyond the ends of the clip are left out', () => {
  const out = new Int32Array(GHOST_COUNT);
  writeGhostFrames(6, 12, 1 / 30, out);
  expect([...out]).toEqual([-1, -1, 1, 11, -1, -1]);
});

test('at three frames a second ghosts are whole frames apart', () => {
  const out = new Int32Array(GHOST_COUNT);
  writeGhostFrames(10, 100, 1 / 3, out);
  expect([...out]).toEqual([7, 8, 9, 11, 12, 13]);
});

test('a ghost fades with its distance in time, alike on both sides', () => {
  const strengths = Array.from({ length: GHOST_COUNT }, (_, ghost) => ghostStrength(ghost));
  expect(strengths[0]).toBe(strengths[5]);
  expect(strengths[2]).toBe(strengths[3]);
  expect(strengths[0]).toBeLessThan(strengths[1]);
  expect(strengths[1]).toBeLessThan(strengths[2]);
  expect(strengths[0]).toBeGreaterThan(0);
});
