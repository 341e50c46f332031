import { expect, test } from 'vitest';
import { DIALECTS } from '../../test/dialect-skeletons.ts';
import { farthest, realSources, sampleSource, swingingClip, worldPositions } from '../../test/rig-clips.ts';
import { PLACES, type Places, sided, skeletonFrom } from '../../test/skeleton-from-text.ts';
import { eulerToQuat } from '../math/euler.ts';
import { multiplyQuat } from '../math/quat.ts';
import { BODY17 } from '../skeleton/body17.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { matchSkeleton } from '../skeleton/match-skeleton.ts';
import { buildRestTree } from '../skeleton/rest-tree.ts';
import type { Skeleton } from '../skeleton/skeleton.ts';
import { rebaseClip, rebaseSkeleton, rebaseToTPose } from './rebase.ts';
import { findRoles, HALVES, NO_NODE } from './roles.ts';
import { tPoseRotations } from './t-pose.ts';

const DEGREE = Math.PI / 180;

const BODY = `
Hips pelvis
 Spine spine
  Chest chest
   Neck thorax
    Head neck
     - head
   {Left|Right}Shoulder *Collar
    {}Arm *Shoulder
     {}ForeArm *Elbow
      {}Hand *Wrist
       - *Finger
 {Left|Right}UpLeg *Hip
  {}Leg *Knee
   {}Foot *Ankle
    {}Toe *Toe`;

/** Arms hanging, palms to the thighs. */
const ARMS_DOWN: Places = {
  ...PLACES,
  ...sided('Elbow', [0.2, 1.14, 0]),
  ...sided('Wrist', [0.22, 0.9, 0.02]),
  ...sided('Finger', [0.22, 0.8, 0.02]),
};

/** Directions of a rest pose's limbs against those of a T-pose; degrees. */
function worstTPoseAngle(skeleton: Skeleton, map: ReturnType<typeof matchSkeleton>['map']): number {
  const { positions } = buildRestTree(skeleton);
  const roles = findRoles(skeleton, map);
  let worst = 0;
  const check = (from: number, to: number, target: readonly number[]) => {
    if (from === NO_NODE || to === NO_NODE) return;
    const way = [0, 1, 2].map((axis) => positions[to * 3 + axis] - positions[from * 3 + axis]);
    const cosine = way.reduce((sum, value, axis) => sum + value * target[axis], 0) / Math.hypot(...way);
    worst = Math.max(worst, Math.acos(Math.min(1, cosine)) / DEGREE);
  };
  for (const half of HALVES) {
    const { upperArm, lowerArm, hand, thigh, calf, foot } = roles[half];
    const side = half === 'left' ? [1, 0, 0] : [-1, 0, 0];
    check(upperArm, lowerArm, side);
    check(lowerArm, hand, side);
    check(thigh, calf, [0, -1, 0]);
    check(calf, foot, [0, -1, 0]);
  }
  check(roles.right.thigh, roles.left.thigh, [1, 0, 0]);
  return worst;
}

test.each(Object.entries(DIALECTS))(
  '%s, turned round and tilted, rests in a T-pose after the turn',
  (_, text) => {
    const { skeleton } = skeletonFrom(text);
    const { map } = matchSkeleton(skeleton);
    const tilt = Float64Array.of(0, 0, 0, 1);
    eulerToQuat(tilt, 0, 2.5, 0.3, 0.4, 'YXZ');
    const all = new Float64Array(skeleton.names.length * 4);
    for (let node = 0; node < skeleton.names.length; node++) all.set(tilt, node * 4);
    const tilted = rebaseSkeleton(skeleton, all);
    const posed = rebaseSkeleton(tilted, tPoseRotations(tilted, map));
    expect(worstTPoseAngle(tilted, map)).toBeGreaterThan(30);
    expect(worstTPoseAngle(posed, map)).toBeLessThan(3);
  },
);

test('hanging arms come up level with the palms down, as the palms at the thighs say', () => {
  const { skeleton } = skeletonFrom(BODY, ARMS_DOWN);
  const { map } = matchSkeleton(skeleton);
  const turn = tPoseRotations(skeleton, map);
  const posed = rebaseSkeleton(skeleton, turn);
  expect(worstTPoseAngle(posed, map)).toBeLessThan(1e-6);
  // The left palm looks at the right (-X) when the arm hangs and must look down.
  const palm = Float64Array.of(-1, 0, 0, 0);
  const hand = skeleton.names.indexOf('LeftHand');
  const q = turn.slice(hand * 4, hand * 4 + 4);
  const turned = new Float64Array(4);
  multiplyQuat(turned, 0, q, 0, palm, 0);
  multiplyQuat(turned, 0, turned, 0, Float64Array.of(-q[0], -q[1], -q[2], q[3]), 0);
  expect(turned[1]).toBeLessThan(-0.95);
});

/**
 * LAFAN1 rests with legs, trunk and arms all along one axis (here +Y; its hips are a fist apart), and its motion
 * turns the legs round.
 */
const ALL_ALONG_Y: Places = {
  ...PLACES,
  ...sided('Hip', [0.1, 0.97, 0]),
  ...sided('Knee', [0.1, 1.4, 0]),
  ...sided('Ankle', [0.1, 1.8, 0]),
  ...sided('Toe', [0.1, 1.95, 0]),
  ...sided('Shoulder', [0.14, 1.42, 0]),
  ...sided('Elbow', [0.14, 1.7, 0]),
  ...sided('Wrist', [0.14, 1.95, 0]),
  ...sided('Finger', [0.14, 2.05, 0]),
};

test('a skeleton that rests with all bones in one direction gets knees that bend backwards and feet that point forward', () => {
  const { skeleton } = skeletonFrom(BODY, ALL_ALONG_Y);
  const { map } = matchSkeleton(skeletonFrom(BODY).skeleton);
  for (const hinge of [1, -1]) {
    const clip = bendingKnees(skeleton, hinge);
    const turn = tPoseRotations(skeleton, map, [clip]);
    const posed = rebaseSkeleton(skeleton, turn);
    expect(worstTPoseAngle(posed, map)).toBeLessThan(1e-6);
    const toe = skeleton.names.indexOf('LeftToe');
    expect(posed.restOffsets[toe * 3 + 2]).toBeGreaterThan(0.1);
    // About +X, to the body's left, from a leg that is not turned about itself.
    const bent = rebaseClip(clip, turn, posed);
    const knee = (skeleton.names.length * 20 + skeleton.names.indexOf('LeftLeg')) * 4;
    expect(bent.localRotations[knee] / bent.localRotations[knee + 3]).toBeGreaterThan(0.3);
  }
});

/** Stands upright; knees bend by up to 80° about the X axis of the thigh's own frame, or against it. */
function bendingKnees(skeleton: Skeleton, hinge: number): SkeletonClip {
  const clip = swingingClip(skeleton, 40, 0);
  const count = skeleton.names.length;
  for (let frame = 0; frame < 40; frame++) {
    for (const side of ['Left', 'Right']) {
      const node = (name: string) => (frame * count + skeleton.names.indexOf(side + name)) * 4;
      // Half a turn about Z leaves the thigh's X axis to the right; about X, to the left.
      clip.localRotations.set(hinge > 0 ? [1, 0, 0, 0] : [0, 0, 1, 0], node('UpLeg'));
      const half = ((40 * frame) / 40) * DEGREE;
      clip.localRotations.set([hinge * Math.sin(half), 0, 0, Math.cos(half)], node('Leg'));
    }
  }
  return clip;
}

test('a rebased clip has the same world positions, also with positions on every joint and bones of no length', () => {
  for (const text of Object.values(DIALECTS)) {
    const { skeleton } = skeletonFrom(text, { ...PLACES, leftKnee: PLACES.leftHip });
    const clip = swingingClip(skeleton);
    for (let at = 0; at < clip.localTranslations.length; at++)
      clip.localTranslations[at] += 0.01 * Math.sin(at);
    const { map } = matchSkeleton(skeletonFrom(text).skeleton);
    expect(farthest(worldPositions(rebaseToTPose(clip, map)), worldPositions(clip))).toBeLessThan(1e-12);
  }
});

test('a map without trunk, feet or hands leaves those joints as they are and throws nothing', () => {
  const { skeleton } = skeletonFrom(BODY, ARMS_DOWN);
  const { map } = matchSkeleton(skeleton);
  for (const lacking of Object.values(BODY17)) {
    const part = map.map((entry, joint) => (joint === lacking ? [] : entry));
    expect(tPoseRotations(skeleton, part).every(Number.isFinite)).toBe(true);
  }
  expect(
    [
      ...tPoseRotations(
        skeleton,
        map.map(() => []),
      ),
    ].every((value, at) => value === (at % 4 === 3 ? 1 : 0)),
  ).toBe(true);
});

test('real skeletons and the sample rest in a T-pose', (context) => {
  const sources = [{ name: 'sample', ...sampleSource(30) }, ...realSources(200)];
  if (sources.length === 1) context.skip('shared/mocap is not here');
  for (const { clip, map } of sources) {
    const rebased = rebaseToTPose(clip, map);
    expect(worstTPoseAngle(rebased.skeleton, map)).toBeLessThan(5);
    expect(farthest(worldPositions(rebased), worldPositions(clip))).toBeLessThan(1e-12);
  }
});
