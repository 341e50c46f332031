import { expect, test } from 'vitest';
import { axisAngleToQuat } from '../math/axis-angle.ts';
import { makeQuatsContinuous, quatAngle } from '../math/quat.ts';
import { BODY17 } from './body17.ts';
import { body17Positions } from './body17-positions.ts';
import type { SkeletonClip } from './clip.ts';
import { skeletonFromPositions } from './skeleton-from-positions.ts';

/** Body-17 of a T-pose: Y up, facing +Z, left towards +X; metres. */
const T_POSE = [
  [0, 0.95, 0],
  [-0.1, 0.93, 0],
  [-0.1, 0.5, 0],
  [-0.1, 0.08, 0],
  [0.1, 0.93, 0],
  [0.1, 0.5, 0],
  [0.1, 0.08, 0],
  [0, 1.15, 0],
  [0, 1.45, 0],
  [0, 1.55, 0.02],
  [0, 1.7, 0.02],
  [0.18, 1.42, 0],
  [0.46, 1.42, 0],
  [0.71, 1.42, 0],
  [-0.18, 1.42, 0],
  [-0.46, 1.42, 0],
  [-0.71, 1.42, 0],
];
/** What Unity's Humanoid avatar requires. */
const UNITY_BONES =
  'Hips Spine Head LeftUpLeg RightUpLeg LeftLeg RightLeg LeftFoot RightFoot LeftArm RightArm LeftForeArm RightForeArm LeftHand RightHand';

test('a T-pose becomes the rest pose: every rotation is the identity and the names are those Unity asks for', () => {
  const { clip, map, residualMm } = skeletonFromPositions(Float64Array.from(T_POSE.flat()), 1 / 30);
  expect(residualMm).toBeLessThan(1e-6);
  for (let at = 0; at < clip.localRotations.length; at += 4) {
    expect(quatAngle(clip.localRotations, at, [0, 0, 0, 1], 0)).toBeLessThan(1e-7);
  }
  for (const bone of UNITY_BONES.split(' ')) expect(clip.skeleton.names).toContain(bone);
  const positions = body17Positions(clip, map);
  expect(positions[BODY17.leftWrist * 3]).toBeCloseTo(0.71, 9);
});

test('a knee bent by 90 degrees turns the shin about +X and leaves the thigh untwisted', () => {
  const pose = T_POSE.map((point) => [...point]);
  pose[BODY17.leftAnkle] = [0.1, 0.5, -0.42];
  const { clip } = skeletonFromPositions(twice(pose), 1 / 30);
  // In the rest pose the shin hangs down; a quarter turn about +X carries -Y to -Z, the heel to the back.
  expect(
    quatAngle(clip.localRotations, at(clip, 'LeftLeg'), [Math.SQRT1_2, 0, 0, Math.SQRT1_2], 0),
  ).toBeLessThan(1e-6);
  expect(quatAngle(clip.localRotations, at(clip, 'LeftUpLeg'), [0, 0, 0, 1], 0)).toBeLessThan(1e-6);
});

test('an elbow bent upwards twists the upper arm by a quarter turn', () => {
  const pose = T_POSE.map((point) => [...point]);
  pose[BODY17.leftWrist] = [0.46, 1.67, 0];
  const { clip } = skeletonFromPositions(twice(pose), 1 / 30);
  // From the axis -Y of a hand coming forward to the axis +Z of a hand going up: -90° about +X.
  const expected = new Float64Array(4);
  axisAngleToQuat(expected, 0, [-Math.PI / 2, 0, 0], 0);
  expect(quatAngle(clip.localRotations, at(clip, 'LeftArm'), expected, 0)).toBeLessThan(1e-6);
});

test('forward kinematics of the skeleton is at the positions, as far as their bone lengths are constant', () => {
  const exact = skeletonFromPositions(dance(120, 0), 1 / 60);
  // Bones of the dance keep their length but for pelvis and shoulder girdle, which are not rigid.
  expect(exact.residualMm).toBeLessThan(3);
  const found = body17Positions(exact.clip, exact.map);
  const wanted = dance(120, 0);
  let sum = 0;
  for (let joint = 0; joint < found.length; joint += 3) {
    sum += Math.hypot(
      found[joint] - wanted[joint],
      found[joint + 1] - wanted[joint + 1],
      found[joint + 2] - wanted[joint + 2],
    );
  }
  expect((1000 * sum) / (found.length / 3)).toBeCloseTo(exact.residualMm, 9);
});

test('rotations stay continuous while arms straighten and bend the other way', () => {
  const { clip } = skeletonFromPositions(dance(240, 1), 1 / 60);
  makeQuatsContinuous(clip.localRotations, clip.frameCount, clip.skeleton.names.length);
  const stride = clip.skeleton.names.length * 4;
  let fastest = 0;
  for (let from = 0; from < clip.localRotations.length - stride; from += 4) {
    fastest = Math.max(fastest, quatAngle(clip.localRotations, from, clip.localRotations, from + stride));
  }
  // The elbow bends by up to 0.9 · 2π / 60 = 0.09 rad a frame, the arm swings by 0.06, and the hinge changes
  // sides at 20 / 60 = 0.33 rad a frame.
  expect(fastest).toBeGreaterThan(0.2);
  expect(fastest).toBeLessThan(0.5);
});

test('gaps are bridged, and a joint that no frame has is named', () => {
  const positions = dance(60, 0);
  for (let frame = 20; frame < 25; frame++)
    positions.fill(Number.NaN, (frame * 17 + 13) * 3, (frame * 17 + 14) * 3);
  const { clip, map } = skeletonFromPositions(positions, 1 / 60);
  expect(body17Positions(clip, map).every(Number.isFinite)).toBe(true);
  for (let frame = 0; frame < 60; frame++)
    positions.fill(Number.NaN, (frame * 17 + 13) * 3, (frame * 17 + 14) * 3);
  expect(() => skeletonFromPositions(positions, 1 / 60)).toThrow(/leftWrist/);
});

function at(clip: SkeletonClip, name: string): number {
  return clip.skeleton.names.indexOf(name) * 4;
}

/** Two frames of one pose. */
function twice(pose: number[][]): Float64Array {
  return Float64Array.from([...pose.flat(), ...pose.flat()]);
}

/** Turning on the spot with swinging arms and legs; with `swap` 1 the elbows bend to both sides. */
function dance(frameCount: number, swap: number): Float64Array {
  const out = new Float64Array(frameCount * 51);
  for (let frame = 0; frame < frameCount; frame++) {
    const phase = (2 * Math.PI * frame) / 60;
    const pose = T_POSE.map((point) => [...point]);
    for (const side of [1, -1]) {
      const [hip, knee, ankle, shoulder, elbow, wrist] =
        side > 0 ? [4, 5, 6, 11, 12, 13] : [1, 2, 3, 14, 15, 16];
      const thigh = 0.5 * Math.sin(phase) * side;
      const shin = thigh - 0.5 - 0.4 * Math.cos(phase);
      pose[knee] = along(pose[hip], 0.43, [0, -Math.cos(thigh), Math.sin(thigh)]);
      pose[ankle] = along(pose[knee], 0.42, [0, -Math.cos(shin), Math.sin(shin)]);
      const arm = 0.6 * Math.sin(phase + 1);
      const bend = swap ? 0.9 * Math.sin(phase) : 0.9 + 0.3 * Math.sin(phase);
      pose[elbow] = along(pose[shoulder], 0.28, [side * Math.cos(arm), Math.sin(arm), 0]);
      pose[wrist] = along(pose[elbow], 0.25, [
        side * Math.cos(arm) * Math.cos(bend),
        Math.sin(arm) * Math.cos(bend),
        Math.sin(bend),
      ]);
    }
    const heading = phase / 4;
    pose.forEach(([x, y, z], joint) => {
      out.set(
        [x * Math.cos(heading) + z * Math.sin(heading), y, z * Math.cos(heading) - x * Math.sin(heading)],
        (frame * 17 + joint) * 3,
      );
    });
  }
  return out;
}

function along(point: number[], length: number, direction: number[]): number[] {
  return point.map((value, axis) => value + length * direction[axis]);
}
