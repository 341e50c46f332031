import { expect, test } from 'vitest';
import { axisAngleToQuat } from '../../math/axis-angle.ts';
import { quatAngle } from '../../math/quat.ts';
import { BODY17, BODY17_COUNT, BODY17_PARENTS } from '../body17.ts';
import { body17Positions } from '../body17-positions.ts';
import type { SkeletonClip } from '../clip.ts';
import { skeletonFromPositions } from '../skeleton-from-positions.ts';
import { averageSmplBody } from './average-smpl.ts';
import { fitSmplBody } from './fit-smpl-body.ts';
import { retargetToSmpl } from './retarget-to-smpl.ts';
import { smplBody17Map } from './smpl-body.ts';
import { smplToClip } from './smpl-to-clip.ts';

/** A person of other size than the average who walks on the spot, turns and swings bent arms. */
function walk(scale: number, frameCount = 60): { clip: SkeletonClip; positions: Float64Array } {
  const body = averageSmplBody('smplh', 22);
  const { skeleton } = body;
  const nodes = skeleton.names.length;
  const grown = { ...skeleton, restOffsets: skeleton.restOffsets.map((value) => value * scale) };
  const localRotations = new Float64Array(frameCount * nodes * 4);
  const localTranslations = new Float64Array(frameCount * nodes * 3);
  for (let w = 3; w < localRotations.length; w += 4) localRotations[w] = 1;
  for (let frame = 0; frame < frameCount; frame++) {
    const phase = (frame / 30) * 2 * Math.PI;
    const swing = Math.sin(phase);
    const pose: Record<string, number[]> = {
      pelvis: [0, 0.3 * frame * 0.03, 0],
      leftHip: [-0.5 * swing, 0, 0],
      rightHip: [0.5 * swing, 0, 0],
      leftKnee: [0.6 + 0.5 * swing, 0, 0],
      rightKnee: [0.6 - 0.5 * swing, 0, 0],
      spine1: [0.1, 0.05 * swing, 0],
      leftShoulder: [0, 0, -1.2],
      rightShoulder: [0, 0, 1.2],
      leftElbow: [0, -0.8 - 0.3 * swing, 0],
      rightElbow: [0, 0.8 - 0.3 * swing, 0],
      head: [0, 0.2 * swing, 0],
    };
    localTranslations.set(grown.restOffsets, frame * nodes * 3);
    localTranslations.set([0.2, 1, 0.01 * frame], frame * nodes * 3);
    for (const [name, vector] of Object.entries(pose)) {
      axisAngleToQuat(localRotations, (frame * nodes + grown.names.indexOf(name)) * 4, vector, 0);
    }
  }
  const clip: SkeletonClip = {
    kind: 'skeleton',
    name: 'walk',
    skeleton: grown,
    frameCount,
    frameTime: 1 / 30,
    localRotations,
    localTranslations,
  };
  return { clip, positions: body17Positions(clip, smplBody17Map(body)) };
}

test('the body takes the bone lengths of the positions, the joints between them in proportion', () => {
  const { positions } = walk(1.2);
  const { skeleton } = fitSmplBody(skeletonFromPositions(positions, 1 / 30).clip.skeleton, 'smplh', 22);
  const average = averageSmplBody('smplh', 22).skeleton;
  const length = (of: typeof skeleton, name: string) =>
    Math.hypot(...of.restOffsets.subarray(of.names.indexOf(name) * 3, of.names.indexOf(name) * 3 + 3));
  for (const name of [
    'leftHip',
    'leftKnee',
    'rightAnkle',
    'leftFoot',
    'leftFoot.end',
    'rightElbow',
    'leftWrist',
    'rightWrist.end',
    'head',
    'head.end',
  ]) {
    expect(length(skeleton, name)).toBeCloseTo(1.2 * length(average, name), 9);
  }
  // The walk bends the spine, so its bones are a little shorter than their joints' way.
  for (const name of ['spine1', 'spine2', 'spine3', 'neck', 'leftCollar', 'leftShoulder']) {
    expect(length(skeleton, name) / length(average, name)).toBeCloseTo(1.2, 1);
  }
});

test('SMPL meets the positions of a larger person to a few millimetres, in AMASS axes', () => {
  const { positions } = walk(1.2);
  const { track, body, residualMm } = retargetToSmpl(positions, 1 / 30);
  expect(residualMm).toBeLessThan(2);
  expect(track.up).toBe('+z');
  const { clip, map } = smplToClip(track, body);
  const solved = body17Positions(clip, map);
  let worst = 0;
  for (let at = 0; at < solved.length; at++) worst = Math.max(worst, Math.abs(solved[at] - positions[at]));
  expect(worst).toBeLessThan(0.02);
  // The pelvis walks along +Z; in Z-up axes that is -Y.
  expect(track.translations![59 * 3 + 1] - track.translations![1]).toBeCloseTo(-0.59, 2);
});

test('bent knees and elbows come back with the rotation they had', () => {
  const { clip, positions } = walk(1);
  const { track } = retargetToSmpl(positions, 1 / 30, { up: '+y' });
  const nodes = clip.skeleton.names.length;
  for (const name of ['leftKnee', 'rightKnee', 'leftElbow', 'rightElbow']) {
    const joint = clip.skeleton.names.indexOf(name);
    for (const frame of [10, 30, 50]) {
      const angle = quatAngle(
        track.rotations,
        (frame * 22 + joint) * 4,
        clip.localRotations,
        (frame * nodes + joint) * 4,
      );
      expect(angle).toBeLessThan(0.1);
    }
  }
});

test('a joint that was lost in some frames is bridged', () => {
  const { positions } = walk(1);
  const gap = positions.slice();
  gap.fill(
    Number.NaN,
    (20 * BODY17_COUNT + BODY17.leftWrist) * 3,
    (20 * BODY17_COUNT + BODY17.leftWrist) * 3 + 3,
  );
  const { track } = retargetToSmpl(gap, 1 / 30);
  expect(track.rotations.every(Number.isFinite)).toBe(true);
});

test('the average body has bones of a person of 1.70 m', () => {
  const { skeleton } = averageSmplBody('smplx');
  const map = smplBody17Map(averageSmplBody('smplx'));
  expect(map.every(([{ node }]) => node >= 0)).toBe(true);
  const rest = skeleton.restOffsets.slice();
  for (let node = 1; node < skeleton.parents.length; node++) {
    expect(skeleton.parents[node]).toBeLessThan(node);
    for (let axis = 0; axis < 3; axis++) rest[node * 3 + axis] += rest[skeleton.parents[node] * 3 + axis];
  }
  const place = (name: string) => [0, 1, 2].map((axis) => rest[skeleton.names.indexOf(name) * 3 + axis]);
  // From the floor (0.57 of the stature below the pelvis) to the head top.
  expect(place('head.end')[1] + 0.57 * 1.7).toBeCloseTo(1.7, 9);
  expect(place('leftWrist')[0]).toBeGreaterThan(0.6);
  // Arm span is about the stature.
  expect(place('leftMiddle3.end')[0] * 2).toBeCloseTo(1.7, 0);
  expect(place('leftFoot.end')[2]).toBeGreaterThan(place('leftAnkle')[2] + 0.15);
  for (const name of skeleton.names.filter((joint) => joint.startsWith('left'))) {
    const [x, y, z] = place(name);
    expect(place(name.replace('left', 'right'))).toEqual([-x, y, z]);
  }
  // The bones between body-17 joints have length.
  for (let joint = 1; joint < BODY17_COUNT; joint++) {
    const from = place(skeleton.names[map[BODY17_PARENTS[joint]][0].node]);
    const to = place(skeleton.names[map[joint][0].node]);
    expect(Math.hypot(...to.map((value, axis) => value - from[axis]))).toBeGreaterThan(0.08);
  }
});
