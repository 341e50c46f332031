import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quatAngle } from '../math/quat.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { solveFk } from '../skeleton/fk.ts';
import { bvhToClip, clipToBvhMotion } from './bvh-clip.ts';
import { readBvh } from './bvh-read.ts';
import type { BvhUnits } from './bvh-skeleton.ts';
import { latin1Bytes } from './text-bytes.ts';

const DEGREES = 180 / Math.PI;

/** A hip at `hipOffset` and a knee 40 below it with an end site 30 further down. */
function leg(
  hipChannels: string,
  kneeChannels: string,
  rows: readonly (readonly number[])[],
  hipOffset = '0 0 0',
) {
  const text = `HIERARCHY
ROOT Hip
{
OFFSET ${hipOffset}
CHANNELS ${hipChannels}
JOINT Knee
{
OFFSET 0 -40 0
CHANNELS ${kneeChannels}
End Site
{
OFFSET 0 -30 0
}
}
}
MOTION
Frames: ${rows.length}
Frame Time: 0.01
${rows.map((row) => row.join(' ')).join('\n')}
`;
  return readBvh(latin1Bytes(text), 'leg.bvh');
}

const SIX = '6 Xposition Yposition Zposition Zrotation Xrotation Yrotation';
const THREE = '3 Zrotation Xrotation Yrotation';
const CM: BvhUnits = { metresPerUnit: 0.01 };

function poseAt(clip: SkeletonClip, frame: number): number[][] {
  const nodeCount = clip.skeleton.names.length;
  const positions = new Float64Array(nodeCount * 3);
  solveFk(clip, frame, positions, new Float64Array(nodeCount * 4));
  return Array.from({ length: nodeCount }, (_, node) => [...positions.slice(node * 3, node * 3 + 3)]);
}

function expectPose(found: number[][], expected: number[][]): void {
  expect(found.length).toBe(expected.length);
  found.forEach((point, node) => {
    point.forEach((value, axis) => {
      expect(value).toBeCloseTo(expected[node][axis], 9);
    });
  });
}

test('a quarter turn of the hip about Z carries the leg from -Y to +X', () => {
  const { clip, nodeOfJoint } = bvhToClip(leg(SIX, THREE, [[100, 90, 0, 90, 0, 0, 0, 0, 0]]), CM);
  expect(clip.skeleton.names).toEqual(['Hip', 'Knee', 'Knee.end']);
  expect(clip.skeleton.isEndSite).toEqual([false, false, true]);
  expect([...clip.skeleton.parents]).toEqual([-1, 0, 1]);
  expect([...nodeOfJoint]).toEqual([0, 1]);
  expectPose(poseAt(clip, 0), [
    [1, 0.9, 0],
    [1.4, 0.9, 0],
    [1.7, 0.9, 0],
  ]);
});

test('channel order is the order of the rotations: Z then X differs from X then Z', () => {
  const row = [0, 0, 0, 90, 90, 0, 0, 0, 0];
  // Z·X: the leg (-Y) goes by X to -Z, which Z leaves alone.
  expectPose([poseAt(bvhToClip(leg(SIX, THREE, [row]), CM).clip, 0)[1]], [[0, 0, -0.4]]);
  // X·Z: the leg goes by Z to +X, which X leaves alone.
  const xFirst = SIX.replace('Zrotation Xrotation', 'Xrotation Zrotation');
  expectPose([poseAt(bvhToClip(leg(xFirst, THREE, [row]), CM).clip, 0)[1]], [[0.4, 0, 0]]);
});

test('a position channel replaces the offset, or adds to it where asked; axes without a channel keep it', () => {
  const document = leg('2 Xposition Yposition', '1 Yposition', [[5, 7, -50]], '10 20 30');
  expectPose(poseAt(bvhToClip(document, CM).clip, 0).slice(0, 2), [
    [0.05, 0.07, 0.3],
    [0.05, -0.43, 0.3],
  ]);
  expectPose(poseAt(bvhToClip(document, { ...CM, positionMode: 'add' }).clip, 0).slice(0, 2), [
    [0.15, 0.27, 0.3],
    [0.15, -0.63, 0.3],
  ]);
});

test('a Z-up file stands upright in the clip, at rest and in motion', () => {
  const text = leg(SIX, THREE, [[10, 20, 90, 0, 90, 0, 0, 0, 0]]);
  const { clip } = bvhToClip(text, { ...CM, upAxis: 'z' });
  // In the file the leg lies along -Y, that is +Z of the clip; a quarter turn about X takes it to -Z, that is down.
  expect([...clip.skeleton.restOffsets.slice(3, 6)]).toEqual([0, 0, 0.4]);
  expectPose(poseAt(clip, 0).slice(0, 2), [
    [0.1, 0.9, -0.2],
    [0.1, 0.5, -0.2],
  ]);
});

test('nodes under another root stay out of the clip', () => {
  const one = leg(SIX, THREE, []);
  const joints = [...one.joints, { ...one.joints[0], uniqueName: 'Prop' }];
  const { clip, nodeOfJoint } = bvhToClip({ ...one, joints, roots: [0, 2], root: 0 }, CM);
  expect(clip.skeleton.names).toEqual(['Hip', 'Knee', 'Knee.end']);
  expect([...nodeOfJoint]).toEqual([0, 1, -1]);
});

const angle = fc.double({ min: -720, max: 720, noNaN: true });
const distance = fc.double({ min: -300, max: 300, noNaN: true });
const row = fc.tuple(distance, distance, distance, angle, angle, angle, angle, angle, angle);
const units: fc.Arbitrary<BvhUnits> = fc.record({
  metresPerUnit: fc.constantFrom(1, 0.01, 0.0254, 0.0254 / 0.45),
  positionMode: fc.constantFrom('replace', 'add'),
  upAxis: fc.constantFrom('y', 'z'),
});

test('an untouched clip gives back the original numbers bit for bit, in any unit, mode, axes and order', () => {
  const orders = fc.shuffledSubarray(['Xrotation', 'Yrotation', 'Zrotation'], { minLength: 3 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 4 }), units, orders, (rows, unit, order) => {
      const document = leg(SIX, `3 ${order.join(' ')}`, rows, '1 2 3');
      const motion = clipToBvhMotion(document, bvhToClip(document, unit).clip, unit);
      return motion.every((value, at) => Object.is(value, document.motion[at]));
    }),
  );
});

test('another clip on the same hierarchy comes back as its pose, whatever the order of channels', () => {
  const orders = fc.shuffledSubarray(['Xrotation', 'Yrotation', 'Zrotation'], { minLength: 3 });
  fc.assert(
    fc.property(row, row, units, orders, (before, after, unit, order) => {
      const names = `3 ${order.join(' ')}`;
      const document = leg(SIX, names, [before], '1 2 3');
      const wanted = bvhToClip(leg(SIX, names, [after], '1 2 3'), unit).clip;
      const again = { ...document, motion: clipToBvhMotion(document, wanted, unit) };
      const found = bvhToClip(again, unit).clip;
      for (let node = 0; node < 2; node++) {
        if (quatAngle(found.localRotations, node * 4, wanted.localRotations, node * 4) > 1e-7) return false;
      }
      return found.localTranslations.every(
        (value, at) => Math.abs(value - wanted.localTranslations[at]) < 1e-9,
      );
    }),
  );
});

test('only the joint and frame that changed get new numbers', () => {
  const rows = [1, 2, 3].map((frame) => [1, 2, 3, frame, 5, 6, frame, 8, 9]);
  const document = leg(SIX, THREE, rows);
  const { clip } = bvhToClip(document, CM);
  const localRotations = clip.localRotations.slice();
  localRotations.set([0, 0, 0, 1], (1 * 3 + 1) * 4); // frame 1, knee
  const motion = clipToBvhMotion(document, { ...clip, localRotations }, CM);
  const changed = [...motion].flatMap((value, at) => (Object.is(value, document.motion[at]) ? [] : [at]));
  expect(changed).toEqual([15, 16, 17]);
  expect([...motion.slice(15, 18)].map(Math.abs)).toEqual([0, 0, 0]);
});

test('angles run on past 180 degrees and start next to the input', () => {
  // The knee turns on by 50 degrees a frame; the file wraps into -180..180.
  const rows = [350, 40, 90, 140, 190, 240].map((z) => [
    0,
    0,
    0,
    0,
    0,
    0,
    z > 180 && z < 300 ? z - 360 : z,
    0,
    0,
  ]);
  const document = leg(SIX, THREE, rows);
  const { clip } = bvhToClip(document, CM);
  const localRotations = clip.localRotations.slice();
  for (let frame = 0; frame < clip.frameCount; frame++) {
    // One degree more than the file says, so that every frame is new.
    const half = (350 + 50 * frame + 1) / 2 / DEGREES;
    localRotations.set([0, 0, Math.sin(half), Math.cos(half)], (frame * 3 + 1) * 4);
  }
  const motion = clipToBvhMotion(document, { ...clip, localRotations }, CM);
  [351, 401, 451, 501, 551, 601].forEach((z, frame) => {
    expect(motion[frame * 9 + 6]).toBeCloseTo(z, 6);
  });
});

test('a joint with one or two rotation channels keeps to what they can express', () => {
  fc.assert(
    fc.property(angle, angle, angle, angle, fc.constantFrom('X', 'Y', 'Z'), (a, b, da, db, third) => {
      const axes = ['X', 'Y', 'Z'].filter((axis) => axis !== third).map((axis) => `${axis}rotation`);
      const document = leg('0', `2 ${axes.join(' ')}`, [[a, b]]);
      const goal = bvhToClip(
        leg('0', `3 ${axes.join(' ')} ${third}rotation`, [[a + da, b + db, 20]]),
        CM,
      ).clip;
      const motion = clipToBvhMotion(document, goal, CM);
      const errorOf = (values: Float64Array): number => {
        const found = bvhToClip({ ...document, motion: values }, CM).clip;
        return quatAngle(found.localRotations, 4, goal.localRotations, 4);
      };
      const best = errorOf(motion);
      // No neighbour is closer, and the angles that make the goal up are not either.
      const others = [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ].map(([x, y]) => Float64Array.of(motion[0] + x, motion[1] + y));
      others.push(Float64Array.of(a + da, b + db));
      return others.every((other) => errorOf(other) >= best - 1e-9) && best <= 20 / DEGREES + 1e-9;
    }),
  );
  const hinge = leg('0', '1 Xrotation', [[370]]);
  const bent = bvhToClip(leg('0', '1 Xrotation', [[50]]), CM).clip;
  expect(clipToBvhMotion(hinge, bent, CM)[0]).toBeCloseTo(410, 9);
});

test('a base or a hierarchy that does not fit the clip is refused', () => {
  const document = leg(SIX, THREE, [[0, 0, 0, 0, 0, 0, 0, 0, 0]]);
  const { clip } = bvhToClip(document, CM);
  expect(() => clipToBvhMotion(document, clip, { ...CM, base: new Float64Array(8) })).toThrow(
    /needs 1 frames of 9/,
  );
  expect(() => bvhToClip(document, { metresPerUnit: 0 })).toThrow(/metresPerUnit/);
});
