import { expect, test } from 'vitest';
import { planWindows } from './plan-windows.ts';
import { addWindow, createSwaa, finishSwaa } from './swaa.ts';
import { addWindows } from './swaa-batch.ts';

const CHANNELS = 3;

for (const [frames, stride, spacing, batch] of [
  [40, 1, 1, 7],
  [40, 1, 1, 64],
  [60, 1, 4, 16],
  [31, 1, 4, 5],
  [50, 3, 2, 8],
  [5, 1, 1, 4],
  [1, 1, 2, 4],
] as const) {
  test(`batches of ${batch} give what single windows give (${frames} frames, stride ${stride}, spacing ${spacing})`, () => {
    const plan = planWindows(frames, { length: 8, stride, spacing });
    const size = 8 * CHANNELS;
    const windows = Float32Array.from({ length: plan.starts.length * size }, (_, n) => Math.sin(n * 1.7));
    const single = createSwaa(frames, CHANNELS);
    plan.starts.forEach((start, w) => {
      addWindow(single, windows, w * size, start, plan);
    });
    const batched = createSwaa(frames, CHANNELS);
    for (let first = 0; first < plan.starts.length; first += batch) {
      const count = Math.min(batch, plan.starts.length - first);
      addWindows(batched, windows.subarray(first * size), count, first, plan);
    }
    const expected = finishSwaa(single);
    finishSwaa(batched).forEach((value, n) => {
      expect(value).toBeCloseTo(expected[n], 12);
    });
  });
}

test('windows that leave their array are refused', () => {
  const plan = planWindows(20, { length: 8, stride: 1, spacing: 1 });
  expect(() => addWindows(createSwaa(20, CHANNELS), new Float32Array(10), 4, 0, plan)).toThrow(RangeError);
});
