import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { handMadeWalk } from '../contact/hand-made-walk.ts';
import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import { seeMotion } from './hand-made-camera.ts';
import { solveRootInCamera } from './root-in-camera.ts';

const FPS = 30;
/** Walks along +Z, towards a camera 7 m ahead that looks down by 10 degrees from the side. */
const walk = handMadeWalk({ seconds: 3, fps: FPS });
const seen = seeMotion(walk, { place: [2, 1.8, 7], yaw: 0.3, pitch: 0.17 });
const everything = new Float64Array(seen.rays.length / 2).fill(1);

/** Greatest distance from the true root, metres, over the given frames. */
function worstError(found: Float64Array, frames = [...Array(found.length / 3).keys()]): number {
  return Math.max(
    ...frames.map((frame) =>
      Math.hypot(...[0, 1, 2].map((axis) => found[frame * 3 + axis] - seen.root[frame * 3 + axis])),
    ),
  );
}

describe('solveRootInCamera', () => {
  test('finds the root of an exact pose to a few millimetres', () => {
    expect(worstError(solveRootInCamera(seen.pose, seen.rays, everything, 1 / FPS))).toBeLessThan(0.008);
  });

  test('a pose that is 10 % too large is put 10 % too far away', () => {
    const found = solveRootInCamera(
      seen.pose.map((value) => 1.1 * value),
      seen.rays,
      everything,
      1 / FPS,
    );
    for (let frame = 0; frame < found.length / 3; frame++) {
      expect(found[frame * 3 + 2] / seen.root[frame * 3 + 2]).toBeCloseTo(1.1, 2);
    }
  });

  test('a wrist at the other end of the picture hardly moves the root', () => {
    const rays = seen.rays.slice();
    for (let frame = 20; frame < 30; frame++) rays[(frame * BODY17_COUNT + BODY17.leftWrist) * 2] += 1;
    expect(worstError(solveRootInCamera(seen.pose, rays, everything, 1 / FPS))).toBeLessThan(0.04);
  });

  test('shaking keypoints do not shake the depth', () => {
    // 8 mm at the body, alternating from frame to frame: a depth of its own per frame would jump by decimetres.
    const rays = seen.rays.map((value, at) => {
      const joint = Math.floor(at / 2);
      return value + (0.008 / 6) * (((joint * 7919 + Math.floor(joint / BODY17_COUNT) * 104729) % 5) - 2);
    });
    const found = solveRootInCamera(seen.pose, rays, everything, 1 / FPS);
    let worst = 0;
    for (let frame = 1; frame + 1 < found.length / 3; frame++) {
      const z = (k: number): number => found[(frame + k) * 3 + 2];
      worst = Math.max(worst, Math.abs(z(1) - 2 * z(0) + z(-1)));
    }
    expect(worst).toBeLessThan(0.003);
    expect(worstError(found)).toBeLessThan(0.15);
  });

  test('frames in which nothing is seen are drawn through, whatever their rays hold', () => {
    const confidence = everything.slice();
    const rays = seen.rays.slice();
    confidence.fill(0, 40 * BODY17_COUNT, 46 * BODY17_COUNT);
    rays.fill(Number.NaN, 40 * BODY17_COUNT * 2, 46 * BODY17_COUNT * 2);
    const found = solveRootInCamera(seen.pose, rays, confidence, 1 / FPS);
    expect(worstError(found)).toBeLessThan(0.02);
  });

  test('whatever the keypoints say, the root is somewhere in front of the camera', () => {
    const numbers = (count: number, size: number): fc.Arbitrary<number[]> =>
      fc.array(fc.double({ min: -size, max: size, noNaN: true }), { minLength: count, maxLength: count });
    const frames = fc.integer({ min: 1, max: 4 }).chain((count) =>
      fc.record({
        pose: numbers(count * BODY17_COUNT * 3, 2),
        rays: numbers(count * BODY17_COUNT * 2, 3),
        confidence: numbers(count * BODY17_COUNT, 1),
      }),
    );
    fc.assert(
      fc.property(frames, ({ pose, rays, confidence }) => {
        const seenOrNot = Float64Array.from(confidence, (sure) => Math.max(0, sure));
        const found = solveRootInCamera(Float64Array.from(pose), Float64Array.from(rays), seenOrNot, 1 / FPS);
        expect(found.every((value) => Number.isFinite(value))).toBe(true);
        for (let at = 2; at < found.length; at += 3) expect(found[at]).toBeLessThan(0);
      }),
    );
  });

  test('one frame is enough', () => {
    const one = solveRootInCamera(
      seen.pose.subarray(0, BODY17_COUNT * 3),
      seen.rays.subarray(0, BODY17_COUNT * 2),
      everything.subarray(0, BODY17_COUNT),
      1 / FPS,
    );
    expect(worstError(one, [0])).toBeLessThan(1e-6);
  });
});
