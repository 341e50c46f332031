import { expect, test } from 'vitest';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { fromGrid, toGrid } from '../../motion/windows/grid.ts';
import { samplePositions } from '../../test/sample-files.ts';
import type { SmoothNetCard } from '../inference/model-card.ts';
import type { Feed, OnnxSession } from '../inference/onnx-session.ts';
import { refineChannels } from './refine-channels.ts';
import type { MotionInput } from './refine-motion.ts';

const POSE = BODY17_COUNT * 3;
const LENGTH = 8;
const LOW_PASS = 0.8;

/** A network that treats every row of `length` samples with `treat`. */
function network(treat: (row: Float32Array) => ArrayLike<number>, stride = 1, calls: number[][] = []) {
  const card = { targetFps: 30, lowPass: LOW_PASS, windowLength: LENGTH, stride } as SmoothNetCard;
  const run = async ({ channels }: { readonly channels: Feed }) => {
    const [rows, length] = channels.shape;
    calls.push([...channels.shape]);
    const smoothed = new Float32Array(rows * length);
    for (let row = 0; row < rows; row++) {
      smoothed.set(treat(channels.data.slice(row * length, (row + 1) * length)), row * length);
    }
    return { smoothed };
  };
  return { session: { model: { card }, run } as unknown as OnnxSession, card };
}

/** Shaking by `metres`, so that the clip counts as noisy and the network's answer is taken as it is. */
function shaking(frames: number, fps: number, metres: number): MotionInput {
  const body17 = Float64Array.from(samplePositions(frames));
  for (let at = 0; at < body17.length; at++) body17[at] += metres * Math.sin(at * 12.9898 + at * at);
  return { body17, seen: null, frameTime: 1 / fps, skeleton: null };
}

function worst(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a).reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
}

test.each([1, 3, 8])(
  'a network that changes nothing gives the clip back, with a window every %i frames',
  async (stride) => {
    for (const frames of [1, 5, 8, 9, 50]) {
      const input = shaking(frames, 30, 0.05);
      const refined = await refineChannels(
        input,
        network((row) => row, stride),
        {},
      );
      expect(worst(refined.positions, input.body17)).toBeLessThan(1e-6);
      expect(refined.disagreementMm).toHaveLength(frames * BODY17_COUNT);
      expect(Math.max(...refined.disagreementMm)).toBeLessThan(1e-3);
    }
  },
);

test('at four times the rate a network that changes nothing gives what the grid keeps', async () => {
  const input = shaking(61, 120, 0.05);
  const refined = await refineChannels(
    input,
    network((row) => row, 2),
    {},
  );
  const grid = toGrid(input.body17, 61, POSE, 4, LOW_PASS);
  expect(worst(refined.positions, fromGrid(grid, 61, POSE, 4))).toBeLessThan(1e-6);
});

test('a shift of every channel moves the pelvis once and the others twice: their own way and the pelvis’', async () => {
  const input = shaking(20, 30, 0.05);
  const shift = 0.25;
  const refined = await refineChannels(
    input,
    network((row) => row.map((value) => value + shift)),
    {},
  );
  const expected = input.body17.map((value, at) => value + (at % POSE < 3 ? shift : 2 * shift));
  expect(worst(refined.positions, expected)).toBeLessThan(1e-6);
  // Against the pelvis a joint went 0.25 m along each axis.
  for (const [at, millimetres] of refined.disagreementMm.entries()) {
    expect(millimetres).toBeCloseTo(at % BODY17_COUNT === 0 ? 0 : 250 * Math.sqrt(3), 2);
  }
});

test('a row is one channel over time, relative to the pelvis but for the pelvis itself', async () => {
  const input = shaking(LENGTH, 30, 0.05);
  const rows: Float32Array[] = [];
  await refineChannels(
    input,
    network((row) => {
      rows.push(row);
      return row;
    }),
    {},
  );
  expect(rows).toHaveLength(POSE);
  const joint = 7;
  for (let frame = 0; frame < LENGTH; frame++) {
    const at = frame * POSE + joint * 3 + 1;
    expect(rows[1][frame]).toBeCloseTo(input.body17[frame * POSE + 1], 6);
    expect(rows[joint * 3 + 1][frame]).toBeCloseTo(input.body17[at] - input.body17[frame * POSE + 1], 6);
  }
});

test('windows are averaged: the mean of a window, over all windows a frame lies in', async () => {
  const input = shaking(10, 30, 0.05);
  // Against the pelvis nothing moves, so that a joint follows the pelvis.
  for (let at = 0; at < input.body17.length; at++) {
    if (at % POSE >= 3) input.body17[at] = input.body17[at - (at % POSE) + (at % 3)];
  }
  const mean = (row: Float32Array): number => row.reduce((sum, value) => sum + value, 0) / row.length;
  const refined = await refineChannels(
    input,
    network((row) => row.map(() => mean(row))),
    {},
  );
  const pelvis = Float32Array.from({ length: 10 }, (_, frame) => input.body17[frame * POSE]);
  // Windows start at 0, 1 and 2; frame 1 lies in those at 0 and 1.
  const expected = (mean(pelvis.slice(0, 8)) + mean(pelvis.slice(1, 9))) / 2;
  expect(refined.positions[POSE]).toBeCloseTo(expected, 5);
  expect(refined.positions[POSE + 9]).toBeCloseTo(expected, 5);
});

test('a clip that stands still stays even where the network would move it a little', async () => {
  const body17 = new Float64Array(40 * POSE);
  for (let at = 0; at < body17.length; at++) body17[at] = (at % POSE) / 100;
  const input: MotionInput = { body17, seen: null, frameTime: 1 / 30, skeleton: null };
  const refined = await refineChannels(
    input,
    network((row) => row.map((value) => value + 1e-5)),
    {},
  );
  expect(worst(refined.positions, body17)).toBeLessThan(1e-7);
});

test('progress goes from nothing to all windows, in calls of some windows each', async () => {
  const done: number[] = [];
  const totals = new Set<number>();
  const calls: number[][] = [];
  await refineChannels(
    shaking(60, 30, 0.05),
    network((row) => row, 1, calls),
    {
      onProgress: (progress) => {
        done.push(progress.done);
        totals.add(progress.total);
      },
    },
  );
  expect([...totals]).toEqual([53]);
  expect(done).toEqual([0, 16, 32, 48, 53]);
  expect(calls).toEqual([
    [16 * POSE, LENGTH],
    [16 * POSE, LENGTH],
    [16 * POSE, LENGTH],
    [5 * POSE, LENGTH],
  ]);
});

test('a cancel between two calls is heard', async () => {
  const controller = new AbortController();
  const calls: number[][] = [];
  const model = network(
    (row) => {
      controller.abort();
      return row;
    },
    1,
    calls,
  );
  await expect(
    refineChannels(shaking(60, 30, 0.05), model, { signal: controller.signal }),
  ).rejects.toMatchObject({ code: 'cancelled' });
  expect(calls).toHaveLength(1);
});
