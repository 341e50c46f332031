import { describe, expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import type { Feed } from '../inference/onnx-session.ts';
import { liftWindows } from './lift-windows.ts';

const CARD = { windowLength: 8, stride: 3, targetFps: 30, lowPass: 0.8 };
const POSE = BODY17_COUNT * 3;
const seenAll = (frames: number): Float64Array => new Float64Array(frames * BODY17_COUNT).fill(1);
const nothing = async (): Promise<void> => {};

/** A network whose pose is the ray itself and its confidence, and whose up leans the way the left wrist points. */
function echo(windows: number[] = []): {
  run(feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Float32Array>>;
} {
  return {
    async run({ keypoints: { data, shape } }) {
      windows.push(shape[0]);
      const pose = data.slice(0, shape[0] * shape[1] * POSE);
      const up = new Float32Array(shape[0] * shape[1] * 3);
      for (let at = 0; at < up.length; at += 3) {
        up[at] = pose[(at / 3) * POSE + BODY17.leftWrist * 3] + pose[(at / 3) * POSE + BODY17.rightWrist * 3];
        up[at + 1] = 1;
      }
      return { pose, up };
    },
  };
}

/** Rays that drift slowly, each joint at its own place. */
function drifting(frames: number, fps: number): Float64Array {
  return Float64Array.from({ length: frames * BODY17_COUNT * 2 }, (_, at) => {
    const joint = Math.floor(at / 2) % BODY17_COUNT;
    const seconds = Math.floor(at / 2 / BODY17_COUNT) / fps;
    return 0.01 * joint + (at % 2) * 0.2 + 0.1 * seconds;
  });
}

describe('liftWindows', () => {
  test.each([
    { fps: 30, frames: 40 },
    { fps: 60, frames: 80 },
    { fps: 120, frames: 161 },
    { fps: 10, frames: 15 },
    { fps: 30, frames: 3 },
    { fps: 25, frames: 1 },
  ])(
    'gives every frame of $frames at $fps a second what windows say of it, seen directly and mirrored',
    async ({ fps, frames }) => {
      const rays = drifting(frames, fps);
      const { pose, up } = await liftWindows(rays, seenAll(frames), 1 / fps, echo(), CARD, nothing);
      expect(pose.length).toBe(frames * POSE);
      expect(up.length).toBe(frames * 3);
      // Away from the ends, which a low-pass holds.
      const margin = fps > 45 ? 20 : 0;
      for (let frame = margin; frame < frames - margin; frame++) {
        for (let joint = 0; joint < BODY17_COUNT; joint++) {
          const at = frame * BODY17_COUNT + joint;
          expect(pose[at * 3]).toBeCloseTo(rays[at * 2], 3);
          expect(pose[at * 3 + 1]).toBeCloseTo(rays[at * 2 + 1], 3);
          expect(pose[at * 3 + 2]).toBeCloseTo(1, 3);
        }
        const wrists = [BODY17.leftWrist, BODY17.rightWrist].map(
          (joint) => rays[(frame * BODY17_COUNT + joint) * 2],
        );
        expect(up[frame * 3]).toBeCloseTo(wrists[0] + wrists[1], 3);
      }
    },
  );

  test('the network reads zeros for what was not seen, at any frame rate', async () => {
    const frames = 60;
    const confidence = seenAll(frames);
    const rays = drifting(frames, 60);
    for (let frame = 20; frame < 40; frame++) {
      confidence[frame * BODY17_COUNT + BODY17.leftKnee] = 0;
      rays.fill(
        Number.NaN,
        (frame * BODY17_COUNT + BODY17.leftKnee) * 2,
        (frame * BODY17_COUNT + BODY17.leftKnee) * 2 + 2,
      );
    }
    let zeros = 0;
    const run = async (feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Float32Array>> => {
      const { data, shape } = feeds.keypoints;
      expect(data.every((value) => Number.isFinite(value))).toBe(true);
      for (let slot = 0; slot < shape[1]; slot++) {
        const knee = slot * POSE + BODY17.leftKnee * 3;
        if (data[knee + 2] === 0 && data[slot * POSE + 2] === 1)
          zeros += Number(data[knee] === 0 && data[knee + 1] === 0);
      }
      return echo().run(feeds);
    };
    await liftWindows(rays, confidence, 1 / 60, { run }, CARD, nothing);
    expect(zeros).toBeGreaterThan(0);
  });

  test.each([10, 30, 60, 120])(
    'the network sees motion at its own pace, whatever the clip: %i a second',
    async (fps) => {
      const steps: number[] = [];
      const run = async (feeds: Readonly<Record<string, Feed>>): Promise<Record<string, Float32Array>> => {
        const { data } = feeds.keypoints;
        steps.push(data[4 * POSE] - data[3 * POSE]);
        return echo().run(feeds);
      };
      await liftWindows(drifting(2 * fps, fps), seenAll(2 * fps), 1 / fps, { run }, CARD, nothing);
      // 0.1 a second.
      expect(steps[0]).toBeCloseTo(0.1 / 30, 4);
    },
  );

  test('stops between batches when told to', async () => {
    const stop = async (share: number): Promise<void> => {
      if (share > 0) throw new Error('stopped');
    };
    const windows: number[] = [];
    await expect(
      liftWindows(drifting(90, 30), seenAll(90), 1 / 30, echo(windows), CARD, stop),
    ).rejects.toThrow('stopped');
    expect(windows).toHaveLength(1);
  });
});
