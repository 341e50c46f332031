import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../../../motion/skeleton/body17.ts';
import { frontYaw, loopMoment, poseBetween, windowView } from './window-view.ts';

const POSE = BODY17_COUNT * 3;

/** Hips at +-0.1 m along a direction, a head 1.7 m up; every other joint on the floor at the root. */
function standing(lateral: readonly [x: number, z: number], frames = 1): Float32Array {
  const poses = new Float32Array(frames * POSE);
  for (let frame = 0; frame < frames; frame++) {
    const at = frame * POSE;
    poses.set([lateral[0] * 0.1, 0.9, lateral[1] * 0.1], at + BODY17.leftHip * 3);
    poses.set([-lateral[0] * 0.1, 0.9, -lateral[1] * 0.1], at + BODY17.rightHip * 3);
    poses.set([0, 1.7, 0], at + BODY17.head * 3);
  }
  return poses;
}

test('a body with its left at +X faces +Z and is seen from there', () => {
  expect(frontYaw(standing([1, 0]))).toBeCloseTo(0, 6);
});

test('a body with its left at -Z faces +X and is seen from there', () => {
  expect(frontYaw(standing([0, -1]))).toBeCloseTo(Math.PI / 2, 6);
});

test('seen from the front, the left hip is on our right, whichever way the body faces', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), (turn) => {
      const poses = standing([Math.cos(turn), Math.sin(turn)]);
      const { project } = windowView(poses, frontYaw(poses), 100, 100);
      const xOf = (joint: number) => project(poses[joint * 3], poses[joint * 3 + 1], poses[joint * 3 + 2])[0];
      expect(xOf(BODY17.leftHip)).toBeGreaterThan(xOf(BODY17.rightHip));
    }),
  );
});

test('from every direction the whole window lies within the picture, head up', () => {
  const coordinate = fc.float({ min: -2, max: 2, noNaN: true });
  const window = fc.array(coordinate, { minLength: 2 * POSE, maxLength: 2 * POSE });
  fc.assert(
    fc.property(window, fc.double({ min: -4, max: 4, noNaN: true }), (values, yaw) => {
      const poses = Float32Array.from(values);
      const { project } = windowView(poses, yaw, 120, 70);
      for (let at = 0; at < poses.length; at += 3) {
        const [x, y] = project(poses[at], poses[at + 1], poses[at + 2]);
        expect(x).toBeGreaterThanOrEqual(-1e-6);
        expect(x).toBeLessThanOrEqual(120 + 1e-6);
        expect(y).toBeGreaterThanOrEqual(-1e-6);
        expect(y).toBeLessThanOrEqual(70 + 1e-6);
      }
      expect(project(0, 1, 0)[1]).toBeLessThan(project(0, 0, 0)[1]);
    }),
  );
});

test('half way between two frames a joint is half way', () => {
  const poses = new Float32Array(2 * POSE);
  poses[POSE] = 3;
  const out = new Float32Array(POSE);
  poseBetween(out, poses, 0.5);
  expect(out[0]).toBe(1.5);
  poseBetween(out, poses, 7);
  expect(out[0]).toBe(3);
});

test('a loop of seven frames goes to its last frame, rests and begins anew', () => {
  expect(loopMoment(0, 7)).toBe(0);
  expect(loopMoment(0.5, 7)).toBe(3);
  expect(loopMoment(1.2, 7)).toBe(6);
  expect(loopMoment(1.6, 7)).toBeCloseTo(0.6, 9);
});
