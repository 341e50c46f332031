import fc from 'fast-check';
import { expect, test } from 'vitest';
import { planWindows, type WindowPlan } from './plan-windows.ts';
import { sliceWindow } from './slice-window.ts';
import { addWindow, averageWindows, createSwaa, finishSwaa } from './swaa.ts';

/** Per frame: look through all slots of all windows for that frame. */
function obviousAverage(windows: number[], channels: number, plan: WindowPlan, weights?: number[]): number[] {
  const out: number[] = [];
  for (let frame = 0; frame < plan.frameCount; frame++) {
    for (let channel = 0; channel < channels; channel++) {
      let sum = 0;
      let total = 0;
      for (let index = 0; index < plan.starts.length; index++) {
        for (let slot = 0; slot < plan.length; slot++) {
          if (plan.starts[index] + slot * plan.spacing !== frame) continue;
          const weight = weights?.[slot] ?? 1;
          sum += weight * windows[(index * plan.length + slot) * channels + channel];
          total += weight;
        }
      }
      out.push(sum / total);
    }
  }
  return out;
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) expect(found[k]).toBeCloseTo(expected[k], 10);
}

function pseudoRandom(count: number): number[] {
  return Array.from({ length: count }, (_, k) => Math.sin(k * 12.9898 + 1) * 3);
}

test('two windows of two frames share the middle frame of three', () => {
  const plan = planWindows(3, { length: 2, stride: 1, spacing: 1 });
  expect([...averageWindows([1, 2, 4, 8], 1, plan)]).toEqual([1, 3, 8]);
});

test('weights decide how much each window says', () => {
  const plan = planWindows(3, { length: 2, stride: 1, spacing: 1 });
  // Frame 1 is slot 1 (weight 3) of the first window and slot 0 (weight 1) of the second.
  expect([...averageWindows([1, 2, 4, 8], 1, plan, [1, 3])]).toEqual([1, (3 * 2 + 4) / 4, 8]);
});

test('the scatter-add equals the double loop at any stride, spacing and clip length', () => {
  const size = (max: number) => fc.integer({ min: 1, max });
  fc.assert(
    fc.property(
      size(50),
      fc.record({ length: size(12), stride: size(14), spacing: size(5) }),
      size(4),
      fc.boolean(),
      (frameCount, layout, channels, weighted) => {
        const plan = planWindows(frameCount, layout);
        const windows = pseudoRandom(plan.starts.length * plan.length * channels);
        const weights = weighted
          ? pseudoRandom(plan.length).map((value) => Math.abs(value) + 0.1)
          : undefined;
        expectNear(
          averageWindows(windows, channels, plan, weights),
          obviousAverage(windows, channels, plan, weights),
        );
      },
    ),
    { numRuns: 300 },
  );
});

test('slots past the end of a short clip say nothing', () => {
  const plan = planWindows(2, { length: 4, stride: 1, spacing: 1 });
  expect([...averageWindows([1, 2, 100, 100], 1, plan)]).toEqual([1, 2]);
  const single = planWindows(1, { length: 3, stride: 2, spacing: 2 });
  expect([...averageWindows([5, 6, 100, 100, 100, 100], 2, single)]).toEqual([5, 6]);
  const dilated = planWindows(3, { length: 2, stride: 1, spacing: 2 });
  // Windows: frames 0 and 2; frame 1 and nothing.
  expect([...averageWindows([1, 2, 3, 100], 1, dilated)]).toEqual([1, 3, 2]);
});

test('slicing a signal and averaging the slices gives the signal back', () => {
  const channels = 3;
  const signal = pseudoRandom(37 * channels);
  for (const spacing of [1, 2, 5]) {
    const plan = planWindows(37, { length: 8, stride: 3, spacing });
    const size = plan.length * channels;
    const windows = new Float64Array(plan.starts.length * size);
    plan.starts.forEach((start, index) => {
      sliceWindow(windows, index * size, signal, channels, start, plan);
    });
    expectNear(averageWindows(windows, channels, plan, [1, 2, 3, 4, 4, 3, 2, 1]), signal);
    expectNear(averageWindows(windows, channels, plan), signal);
  }
});

test('a constant stays constant up to both ends', () => {
  const plan = planWindows(23, { length: 8, stride: 5, spacing: 1 });
  const windows = new Float32Array(plan.starts.length * 8).fill(0.75);
  expect([...averageWindows(windows, 1, plan)]).toEqual(Array(23).fill(0.75));
});

test('windows may be added in any order, from any place in a larger array, each with its own weights', () => {
  const plan = planWindows(3, { length: 2, stride: 1, spacing: 1 });
  const sums = createSwaa(3, 1);
  addWindow(sums, Float32Array.of(9, 4, 8), 1, 1, plan, [0.5, 1]);
  addWindow(sums, [1, 2], 0, 0, plan, [1, 0]);
  expect([...finishSwaa(sums)]).toEqual([1, 4, 8]);
});

test('a frame that nothing covers is an error, not a zero', () => {
  const plan = planWindows(3, { length: 2, stride: 1, spacing: 1 });
  const sums = createSwaa(3, 1);
  addWindow(sums, [1, 2], 0, 0, plan);
  expect(() => finishSwaa(sums)).toThrow('frame 2 is covered by no window');
});

test('windows that do not fit plan or array are refused', () => {
  const plan = planWindows(3, { length: 2, stride: 1, spacing: 1 });
  expect(() => addWindow(createSwaa(4, 1), [1, 2], 0, 0, plan)).toThrow('the plan is for 3 frames');
  expect(() => addWindow(createSwaa(3, 1), [1, 2], 1, 0, plan)).toThrow('leaves its array');
  expect(() => addWindow(createSwaa(3, 1), [1, 2], 0, 3, plan)).toThrow('outside the clip');
  expect(() => addWindow(createSwaa(3, 1), [1, 2], 0, 0, plan, [1, -1])).toThrow('weight of slot 1');
  expect(() => averageWindows([1, 2, 3], 1, plan)).toThrow('the plan needs 4');
});
