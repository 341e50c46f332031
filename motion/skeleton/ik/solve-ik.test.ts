import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisAngleToQuat } from '../../math/axis-angle.ts';
import { multiplyQuat, quatAngle } from '../../math/quat.ts';
import { distanceVec3 } from '../../math/vec3.ts';
import { BODY17, type Body17Map } from '../body17.ts';
import { body17Positions } from '../body17-positions.ts';
import type { SkeletonClip } from '../clip.ts';
import { solveFk } from '../fk.ts';
import { type IkResult, solveIk, solveIkSteps } from './solve-ik.ts';

/** name, parent, offset in metres: a body with buttocks, collars, hands and a two-eyed head, in a T-pose. */
const NODES: readonly (readonly [string, string, number, number, number])[] = [
  ['hip', '', 0, 0, 0],
  ['abdomen', 'hip', 0, 0.2, -0.01],
  ['chest', 'abdomen', 0, 0.12, 0],
  ['neck', 'chest', 0, 0.22, -0.02],
  ['head', 'neck', 0, 0.07, 0.01],
  ['leftEye', 'head', 0.04, 0.08, 0.08],
  ['rightEye', 'head', -0.04, 0.08, 0.08],
  ['rCollar', 'chest', -0.03, 0.19, -0.05],
  ['rShldr', 'rCollar', -0.09, -0.02, 0.01],
  ['rForeArm', 'rShldr', -0.28, -0.02, 0],
  ['rHand', 'rForeArm', -0.23, 0.01, 0.07],
  ['rHand.end', 'rHand', -0.08, 0, 0.02],
  ['lCollar', 'chest', 0.03, 0.19, -0.05],
  ['lShldr', 'lCollar', 0.09, -0.02, 0.01],
  ['lForeArm', 'lShldr', 0.28, -0.02, 0],
  ['lHand', 'lForeArm', 0.23, 0.01, 0.07],
  ['lHand.end', 'lHand', 0.08, 0, 0.02],
  ['rButtock', 'hip', -0.09, 0.04, 0.01],
  ['rThigh', 'rButtock', 0, -0.02, -0.02],
  ['rShin', 'rThigh', 0, -0.37, 0.01],
  ['rFoot', 'rShin', 0.01, -0.45, -0.05],
  ['lButtock', 'hip', 0.09, 0.04, 0.01],
  ['lThigh', 'lButtock', 0, -0.02, -0.02],
  ['lShin', 'lThigh', 0, -0.37, 0.01],
  ['lFoot', 'lShin', -0.01, -0.45, -0.05],
];
const NAMES = NODES.map(([name]) => name);
const BODY_NODES =
  'hip rThigh rShin rFoot lThigh lShin lFoot abdomen neck head eyes lShldr lForeArm lHand rShldr rForeArm rHand';
const MAP: Body17Map = BODY_NODES.split(' ').map((name) =>
  name === 'eyes'
    ? [
        { node: NAMES.indexOf('leftEye'), weight: 0.5 },
        { node: NAMES.indexOf('rightEye'), weight: 0.5 },
      ]
    : [{ node: NAMES.indexOf(name), weight: 1 }],
);
const FIXED = ['rButtock', 'lButtock'];
const UNSOLVED = ['leftEye', 'rightEye', 'rHand', 'lHand', 'rFoot', 'lFoot'];

test('targets equal to the own positions give the clip back', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const clip = randomPoses(3, 1.5, seed);
      const result = solveIk(clip, MAP, body17Positions(clip, MAP));
      expect(result.residualMm).toBeLessThan(1e-6);
      expect(largestTurn(clip, result.clip)).toBeLessThan(1e-9);
    }),
    { numRuns: 50 },
  );
});

test('targets in reach, up to 25 degrees away at every joint, are reached', () => {
  const residuals = Array.from({ length: 200 }, (_, seed) => {
    const goal = randomPoses(1, (25 * Math.PI) / 180, seed);
    const start = { ...goal, localRotations: tPose(1).localRotations };
    return solveIk(start, MAP, body17Positions(goal, MAP), { passes: 8 }).residualMm;
  });
  expect(residuals.reduce((sum, residual) => sum + residual, 0) / residuals.length).toBeLessThan(0.2);
  expect(Math.max(...residuals)).toBeLessThan(2);
});

test('noisy targets move only what may move: bones keep their length, hands their local rotation', () => {
  const clip = walk(40);
  const targets = body17Positions(clip, MAP);
  const random = noise(5);
  for (let at = 0; at < targets.length; at++) targets[at] += 0.02 * random();
  const { clip: solved, residualMm } = solveIk(clip, MAP, targets);
  // 20 mm white noise per axis is 32 mm away on average; fixed lengths leave about half of it unexplained.
  expect(residualMm).toBeGreaterThan(5);
  expect(residualMm).toBeLessThan(24);
  for (let at = 0; at < clip.localTranslations.length; at++) {
    if (Math.floor(at / 3) % NODES.length !== 0)
      expect(solved.localTranslations[at]).toBe(clip.localTranslations[at]);
  }
  for (const name of UNSOLVED) {
    for (let frame = 0; frame < clip.frameCount; frame++) {
      const at = (frame * NODES.length + NAMES.indexOf(name)) * 4;
      for (let component = 0; component < 4; component++) {
        expect(solved.localRotations[at + component]).toBe(clip.localRotations[at + component]);
      }
    }
  }
});

test('slowly wandering targets do not make any joint faster than the clip and the wander are', () => {
  const clip = walk(240);
  const targets = body17Positions(clip, MAP);
  // 20 mm, one period in two seconds, another phase for every coordinate: 63 mm/s, which on the shortest
  // lever (7 cm from neck to head, errors of both ends and on two axes) is at most 63 · 2 · √2 / 70 = 2.5 rad/s,
  // and twice that between two joints that turn against each other.
  for (let at = 0; at < targets.length; at++) {
    targets[at] += 0.02 * Math.sin((Math.PI * Math.floor(at / 51)) / 60 + (at % 51) * 2.4);
  }
  const { clip: solved, residualMm } = solveIk(clip, MAP, targets);
  expect(residualMm).toBeLessThan(20);
  expect(largestSpeed(solved)).toBeLessThan(largestSpeed(clip) + 5.1);
});

test('a straight spine pressed together stays smooth instead of buckling to and fro', () => {
  const clip = tPose(120);
  const targets = body17Positions(clip, MAP);
  for (let frame = 0; frame < 120; frame++) {
    for (let joint = 0; joint < 17; joint++) {
      const at = (frame * 17 + joint) * 3;
      if (joint >= BODY17.thorax) targets[at + 1] -= 0.03;
      targets[at] += 0.001 * Math.sin(frame * 0.5 + joint);
    }
  }
  const { clip: solved } = solveIk(clip, MAP, targets);
  // 1 mm at 30 rad/s on a lever of 7 cm is 0.4 rad/s; the head has two such ends.
  expect(largestSpeed(solved)).toBeLessThan(1);
});

test('frames that have left and right confused do not make the result leap', () => {
  const clean = walk(60);
  const flipped: SkeletonClip = { ...clean, localRotations: Float64Array.from(clean.localRotations) };
  const halfTurn = [0, 1, 0, 0];
  for (let frame = 20; frame < 24; frame++) {
    // The body faces backwards and both upper arms point the other way.
    const root = frame * NODES.length * 4;
    multiplyQuat(flipped.localRotations, root, halfTurn, 0, flipped.localRotations, root);
    for (const name of ['lShldr', 'rShldr']) {
      const at = root + NAMES.indexOf(name) * 4;
      multiplyQuat(flipped.localRotations, at, halfTurn, 0, flipped.localRotations, at);
    }
  }
  expect(largestSpeed(flipped)).toBeGreaterThan(100);
  const { clip: solved, residualMm } = solveIk(flipped, MAP, body17Positions(clean, MAP));
  expect(residualMm).toBeLessThan(0.5);
  // What the targets leave open rests for four frames and catches up in the fifth.
  expect(largestSpeed(solved)).toBeLessThan(5 * largestSpeed(clean));
});

test('an arm without targets keeps its local rotations, a frame without any stays as it is', () => {
  const clip = walk(10);
  const targets = body17Positions(clip, MAP);
  const random = noise(9);
  for (let at = 0; at < targets.length; at++) targets[at] += 0.02 * random();
  for (let frame = 0; frame < 10; frame++) {
    for (const joint of [BODY17.leftShoulder, BODY17.leftElbow, BODY17.leftWrist]) {
      targets.fill(Number.NaN, (frame * 17 + joint) * 3, (frame * 17 + joint + 1) * 3);
    }
  }
  targets.fill(Number.NaN, 0, 51);
  const { clip: solved } = solveIk(clip, MAP, targets);
  for (const name of ['lCollar', 'lShldr', 'lForeArm', 'lHand']) {
    for (let frame = 0; frame < 10; frame++) {
      const at = (frame * NODES.length + NAMES.indexOf(name)) * 4;
      expect(quatAngle(solved.localRotations, at, clip.localRotations, at)).toBeLessThan(1e-9);
    }
  }
  expect(solved.localRotations.subarray(0, NODES.length * 4)).toEqual(
    clip.localRotations.subarray(0, NODES.length * 4),
  );
  expect(solved.localTranslations.subarray(0, 3)).toEqual(clip.localTranslations.subarray(0, 3));
  expect(solved.localTranslations[NODES.length * 3]).not.toBe(clip.localTranslations[NODES.length * 3]);
});

test('a root above the pelvis keeps its rotation and carries the translation', () => {
  const random = noise(21);
  const plain = walk(20);
  const clip = withArmature(plain);
  const map = MAP.map((entry) => entry.map(({ node, weight }) => ({ node: node + 1, weight })));
  const targets = body17Positions(clip, map);
  for (let at = 0; at < targets.length; at++) targets[at] += 0.3 + 0.01 * random();
  const { clip: solved, residualMm } = solveIk(clip, map, targets);
  expect(residualMm).toBeLessThan(12);
  expect(quatAngle(solved.localRotations, 0, clip.localRotations, 0)).toBe(0);
  expect(solved.localTranslations[0] - clip.localTranslations[0]).toBeGreaterThan(0.2);
  expect(solved.localTranslations.subarray(3, 6)).toEqual(clip.localTranslations.subarray(3, 6));
});

test('body joints made of several nodes, on two branches or beyond the last one, are met as well', () => {
  const at = (name: string, weight: number) => ({ node: NAMES.indexOf(name), weight });
  const map = [...MAP];
  map[BODY17.pelvis] = [at('lThigh', 0.5), at('rThigh', 0.5)];
  map[BODY17.thorax] = [at('lShldr', 0.5), at('rShldr', 0.5)];
  map[BODY17.head] = [at('head', 2), at('neck', -1)];
  const goal = randomPoses(20, 0.3, 5);
  const start = { ...goal, localRotations: tPose(20).localRotations };
  const result = solveIk(start, map, body17Positions(goal, map), { passes: 12 });
  expect(result.residualMm).toBeLessThan(1);
  const same = solveIk(goal, map, body17Positions(goal, map));
  expect(largestTurn(goal, same.clip)).toBeLessThan(1e-9);
});

test('a swing keeps the twist about its bone', () => {
  const start = tPose(1);
  const twisted = NAMES.indexOf('lForeArm') * 4;
  axisAngleToQuat(start.localRotations, twisted, [0.9, 0, 0], 0);
  const goal: SkeletonClip = { ...start, localRotations: Float64Array.from(start.localRotations) };
  // The forearm turns about an axis at right angles to the bone lForeArm-lHand as it stands in the world.
  const positions = new Float64Array(NODES.length * 3);
  solveFk(start, 0, positions, new Float64Array(NODES.length * 4));
  const elbow = NAMES.indexOf('lForeArm') * 3;
  const wrist = NAMES.indexOf('lHand') * 3;
  const x = positions[wrist] - positions[elbow];
  const y = positions[wrist + 1] - positions[elbow + 1];
  const length = Math.hypot(x, y);
  const swing = new Float64Array(4);
  axisAngleToQuat(swing, 0, [(-0.7 * y) / length, (0.7 * x) / length, 0], 0);
  multiplyQuat(goal.localRotations, twisted, swing, 0, goal.localRotations, twisted);
  const { clip: solved } = solveIk(start, MAP, body17Positions(goal, MAP));
  expect(quatAngle(solved.localRotations, twisted, goal.localRotations, twisted)).toBeLessThan(1e-6);
});

test('smoothing on request calms the hands and the twist and leaves the positions alone', () => {
  const clip = walk(200);
  const random = noise(11);
  const shaken: SkeletonClip = { ...clip, localRotations: Float64Array.from(clip.localRotations) };
  for (let at = 0; at < shaken.localRotations.length; at += 4) {
    const jitter = new Float64Array(4);
    axisAngleToQuat(jitter, 0, [0.05 * random(), 0.05 * random(), 0.05 * random()], 0);
    multiplyQuat(shaken.localRotations, at, jitter, 0, shaken.localRotations, at);
  }
  const targets = body17Positions(clip, MAP);
  const rough = solveIk(shaken, MAP, targets);
  const calm = solveIk(shaken, MAP, targets, { rotationSmoothing: 0.05, twistSmoothing: 0.05 });
  const hands = ['rHand', 'lHand'];
  expect(meanSpeed(rough.clip, hands)).toBeGreaterThan(3 * meanSpeed(clip, hands));
  expect(meanSpeed(calm.clip, hands)).toBeLessThan(1.3 * meanSpeed(clip, hands));
  const limbs = ['lShldr', 'rShldr', 'lForeArm', 'lThigh', 'rShin', 'head'];
  expect(meanSpeed(rough.clip, limbs)).toBeGreaterThan(1.5 * meanSpeed(clip, limbs));
  expect(meanSpeed(calm.clip, limbs)).toBeLessThan(1.3 * meanSpeed(clip, limbs));
  expect(calm.residualMm).toBeLessThan(1);
});

test('the steps end at the result of the whole, to the last bit, and their shares rise to 1', () => {
  const clip = walk(200);
  const targets = body17Positions(clip, MAP);
  const random = noise(3);
  for (let at = 0; at < targets.length; at++) targets[at] += 0.02 * random();
  const options = { rotationSmoothing: 0.05, twistSmoothing: 0.05 };
  const { shares, result } = drain(solveIkSteps(clip, MAP, targets, options));
  expect(result).toEqual(solveIk(clip, MAP, targets, options));
  // 200 frames are three yields a solve, and every joint of the skeleton is smoothed once.
  expect(shares).toHaveLength(2 * 3 + NODES.length);
  for (let at = 1; at < shares.length; at++) expect(shares[at]).toBeGreaterThan(shares[at - 1]);
  expect(shares[0]).toBeGreaterThan(0);
  expect(shares.at(-1)).toBeLessThan(1);
  expect(shares.at(-1)).toBeGreaterThan(0.9);
});

test('targets of the wrong length and maps without joints are refused', () => {
  const clip = tPose(2);
  expect(() => solveIk(clip, MAP, new Float64Array(51))).toThrow(/51 numbers, expected 102/);
  expect(() =>
    solveIk(
      clip,
      MAP.map(() => []),
      new Float64Array(102),
    ),
  ).toThrow(RangeError);
});

function drain(steps: Generator<number, IkResult, void>): { shares: number[]; result: IkResult } {
  const shares: number[] = [];
  for (;;) {
    const step = steps.next();
    if (step.done) return { shares, result: step.value };
    shares.push(step.value);
  }
}

function tPose(frameCount: number): SkeletonClip {
  const count = NODES.length;
  const offsets = Float64Array.from(NODES.flatMap(([, , x, y, z]) => [x, y, z]));
  const localRotations = new Float64Array(frameCount * count * 4);
  const localTranslations = new Float64Array(frameCount * count * 3);
  for (let at = 3; at < localRotations.length; at += 4) localRotations[at] = 1;
  for (let frame = 0; frame < frameCount; frame++) {
    localTranslations.set(offsets, frame * count * 3);
    localTranslations[frame * count * 3 + 1] = 0.9;
  }
  return {
    kind: 'skeleton',
    name: 'body',
    skeleton: {
      names: NAMES,
      parents: Int32Array.from(NODES, ([, parent]) => NAMES.indexOf(parent)),
      restOffsets: offsets,
      isEndSite: NAMES.map((name) => name.endsWith('.end')),
    },
    frameCount,
    frameTime: 1 / 60,
    localRotations,
    localTranslations,
  };
}

/** The same clip under a root that stands 1 m aside and faces sideways. */
function withArmature(clip: SkeletonClip): SkeletonClip {
  const count = NODES.length;
  const localRotations = new Float64Array(clip.frameCount * (count + 1) * 4);
  const localTranslations = new Float64Array(clip.frameCount * (count + 1) * 3);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    localRotations.set([0, Math.SQRT1_2, 0, Math.SQRT1_2], frame * (count + 1) * 4);
    localTranslations.set([1, 0, 0], frame * (count + 1) * 3);
    localRotations.set(
      clip.localRotations.subarray(frame * count * 4, (frame + 1) * count * 4),
      (frame * (count + 1) + 1) * 4,
    );
    localTranslations.set(
      clip.localTranslations.subarray(frame * count * 3, (frame + 1) * count * 3),
      (frame * (count + 1) + 1) * 3,
    );
  }
  const { names, parents, restOffsets, isEndSite } = clip.skeleton;
  const skeleton = {
    names: ['armature', ...names],
    parents: Int32Array.from([-1, ...Array.from(parents, (parent) => parent + 1)]),
    restOffsets: Float64Array.from([0, 0, 0, ...restOffsets]),
    isEndSite: [false, ...isEndSite],
  };
  return { ...clip, skeleton, localRotations, localTranslations };
}

/** Every joint but the buttocks turned by up to `radians` about an axis of its own. */
function randomPoses(frameCount: number, radians: number, seed: number): SkeletonClip {
  const clip = tPose(frameCount);
  const random = noise(seed);
  for (let at = 0; at < clip.localRotations.length; at += 4) {
    const node = (at / 4) % NODES.length;
    if (FIXED.includes(NAMES[node]) || clip.skeleton.isEndSite[node]) continue;
    const axis = [random(), random(), random()];
    const scale = (radians * Math.abs(Math.sin(random() * 3))) / Math.hypot(...axis);
    axisAngleToQuat(
      clip.localRotations,
      at,
      axis.map((value) => value * scale),
      0,
    );
  }
  return clip;
}

/** One stride per second: every joint swings up to 0.4 rad about its own axis. */
function walk(frameCount: number): SkeletonClip {
  const clip = tPose(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    const phase = (2 * Math.PI * frame) / 60;
    clip.localTranslations[frame * NODES.length * 3 + 2] = frame * 0.02;
    for (let node = 0; node < NODES.length; node++) {
      if (FIXED.includes(NAMES[node]) || clip.skeleton.isEndSite[node]) continue;
      const at = (frame * NODES.length + node) * 4;
      const swing = 0.4 * Math.sin(phase + node);
      axisAngleToQuat(clip.localRotations, at, [swing, 0.3 * swing, 0.2 * Math.cos(phase) * swing], 0);
    }
  }
  return clip;
}

/** Standard normal numbers (mulberry32 and Box-Muller). */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform() + 1e-12)) * Math.cos(2 * Math.PI * uniform());
}

function largestTurn(a: SkeletonClip, b: SkeletonClip): number {
  let largest = 0;
  for (let at = 0; at < a.localRotations.length; at += 4) {
    largest = Math.max(largest, quatAngle(a.localRotations, at, b.localRotations, at));
  }
  return Math.max(largest, distanceVec3(a.localTranslations, 0, b.localTranslations, 0));
}

/** rad/s of the fastest local rotation. */
function largestSpeed(clip: SkeletonClip): number {
  return Math.max(...NAMES.map((_, node) => Math.max(...nodeSpeeds(clip, node))));
}

function meanSpeed(clip: SkeletonClip, names: readonly string[]): number {
  const speeds = names.flatMap((name) => nodeSpeeds(clip, NAMES.indexOf(name)));
  return speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
}

function nodeSpeeds(clip: SkeletonClip, node: number): number[] {
  const stride = NODES.length * 4;
  return Array.from({ length: clip.frameCount - 1 }, (_, frame) => {
    const at = frame * stride + node * 4;
    return quatAngle(clip.localRotations, at, clip.localRotations, at + stride) / clip.frameTime;
  });
}
