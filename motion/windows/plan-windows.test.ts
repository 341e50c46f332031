import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planWindows, unclampedSlots } from './plan-windows.ts';
import { sliceWindow } from './slice-window.ts';

const plan = (frameCount: number, length: number, stride: number, spacing: number) =>
  planWindows(frameCount, { length, stride, spacing });

test('stride 1 starts a window at every frame that has a full window after it', () => {
  expect([...plan(6, 4, 1, 1).starts]).toEqual([0, 1, 2]);
});

test('the last window moves back to end with the clip', () => {
  expect([...plan(10, 4, 3, 1).starts]).toEqual([0, 3, 6]);
  expect([...plan(11, 4, 3, 1).starts]).toEqual([0, 3, 6, 7]);
});

test('a clip no longer than a window gets one window from its first frame', () => {
  expect([...plan(4, 4, 2, 1).starts]).toEqual([0]);
  expect([...plan(3, 8, 1, 1).starts]).toEqual([0]);
  expect([...plan(1, 8, 3, 1).starts]).toEqual([0]);
});

test('a stride above the window length leaves no gap', () => {
  expect([...plan(9, 3, 100, 1).starts]).toEqual([0, 3, 6]);
});

test('with spacing 2 even and odd frames get windows of their own', () => {
  // Frames 0 2 4 6 8 and 1 3 5 7, windows of 4 slots: the even phase needs two, the odd one exactly one.
  expect([...plan(9, 4, 2, 2).starts]).toEqual([0, 1, 2]);
});

test('a phase exists only where the clip has a frame for it', () => {
  expect([...plan(2, 4, 1, 5).starts]).toEqual([0, 1]);
});

test('a window starts every stride frames on average, whatever the spacing', () => {
  for (const spacing of [1, 2, 3, 4])
    expect(plan(4800, 16, 8, spacing).starts.length / 600).toBeCloseTo(1, 1);
});

test('every frame is read by a slot of its own and every window begins inside the clip', () => {
  const size = (max: number) => fc.integer({ min: 1, max });
  fc.assert(
    fc.property(size(120), size(20), size(30), size(9), (frameCount, length, stride, spacing) => {
      const windows = plan(frameCount, length, stride, spacing);
      const covered = new Set<number>();
      for (const start of windows.starts) {
        expect(start).toBeGreaterThanOrEqual(0);
        let slots = 0;
        for (let slot = 0; slot < length; slot++) {
          if (start + slot * spacing >= frameCount) continue;
          covered.add(start + slot * spacing);
          slots++;
        }
        expect(unclampedSlots(windows, start)).toBe(slots);
        // Clamped slots occur only where the phase has fewer frames than a window has slots.
        if (slots < length) expect(start).toBeLessThan(spacing);
      }
      expect(covered.size).toBe(frameCount);
      expect(new Set(windows.starts).size).toBe(windows.starts.length);
      expect([...windows.starts]).toEqual([...windows.starts].sort((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});

test('sizes below 1 and fractions are refused by name', () => {
  expect(() => plan(0, 8, 1, 1)).toThrow('frameCount is 0');
  expect(() => plan(10, 8, 0, 1)).toThrow('stride is 0');
  expect(() => plan(10, 8, 1, 1.5)).toThrow('spacing is 1.5');
});

test('a slice reads spaced frames and repeats the last one past the end', () => {
  const values = [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5];
  const out = new Float32Array(9);
  sliceWindow(out, 1, values, 2, 1, plan(5, 4, 1, 2));
  expect([...out]).toEqual([0, 1, 1.5, 3, 3.5, 4, 4.5, 4, 4.5]);
});
