import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bvhToClip } from '../formats/bvh-clip.ts';
import type { BvhDocument } from '../formats/bvh-document.ts';
import { readBvh } from '../formats/bvh-read.ts';
import type { BvhUnits } from '../formats/bvh-skeleton.ts';
import { writeBvh } from '../formats/bvh-write.ts';
import { latin1Bytes, latin1Text } from '../formats/text-bytes.ts';
import { quatAngle } from '../math/quat.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { solveFk } from '../skeleton/fk.ts';
import { convertBvh } from './convert-bvh.ts';
import { resampleBvh } from './resample-bvh.ts';
import { resampleClip } from './resample-clip.ts';
import { sliceBvh, sliceClip } from './slice.ts';

const CM_Y: BvhUnits = { metresPerUnit: 0.01, upAxis: 'y' };
const ANKLE = '3 Xrotation Zrotation Yrotation';

/** A leg with a knee that has two rotations, a sliding ankle and a prop under a second root. */
function leg(rows: readonly (readonly number[])[], ankle = ANKLE): BvhDocument {
  const text = `HIERARCHY
ROOT Hip Joint
{
  OFFSET 1 2 3
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT
    Knee
  { OFFSET 0 -40 2
    CHANNELS 2 yrotation xrotation
    JOINT Ankle
    {
      OFFSET 4 -38 0
      CHANNELS ${ankle}
      End Site OFFSET
      {
        OFFSET 0 -5e0 15
      }
    }
  }
}
ROOT Ball
{
  OFFSET 0 0 0
  CHANNELS 4 Yposition Zposition Xrotation glow
}
MOTION
Frames:	${rows.length}
Frame Time: .0083333
${rows.map((row) => row.join(' ')).join('\n')}
`;
  return readBvh(latin1Bytes(text), 'leg.bvh');
}

const angle = fc.double({ min: -360, max: 360, noNaN: true });
const distance = fc.double({ min: -300, max: 300, noNaN: true });
const row = fc
  .tuple(
    fc.array(distance, { minLength: 3, maxLength: 3 }),
    fc.array(angle, { minLength: 12, maxLength: 12 }),
  )
  .map(([positions, angles]) => [...positions, ...angles]);
const rows = fc.array(row, { minLength: 1, maxLength: 6 });
const units: fc.Arbitrary<BvhUnits> = fc.record({
  metresPerUnit: fc.constantFrom(1, 0.01, 0.001, 0.0254),
  upAxis: fc.constantFrom('y', 'z'),
});

function worldPositions(clip: SkeletonClip): Float64Array {
  const nodeCount = clip.skeleton.names.length;
  const out = new Float64Array(clip.frameCount * nodeCount * 3);
  const rotations = new Float64Array(nodeCount * 4);
  for (let frame = 0; frame < clip.frameCount; frame++)
    solveFk(clip, frame, out.subarray(frame * nodeCount * 3, (frame + 1) * nodeCount * 3), rotations);
  return out;
}

function farthest(a: Float64Array, b: Float64Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
}

test('a slice has the frames of the range with their numbers; of the whole range it is the clip', () => {
  fc.assert(
    fc.property(rows, fc.nat(5), fc.nat(5), (all, a, b) => {
      const document = leg(all);
      const range = [Math.min(a, b, all.length - 1), Math.min(Math.max(a, b), all.length - 1)] as const;
      const cut = sliceBvh(document, range);
      const expected = all.slice(range[0], range[1] + 1).flat();
      if (!cut.motion.every((value, at) => value === document.motion[range[0] * 15 + at])) return false;
      const { clip } = bvhToClip(document, CM_Y);
      const cutClip = sliceClip(clip, range);
      expect(bvhToClip(cut, CM_Y).clip).toEqual(cutClip);
      expect(sliceClip(clip, [0, all.length - 1])).toEqual(clip);
      return cut.motion.length === expected.length && cut.frameCount === cutClip.frameCount;
    }),
  );
  expect(() => sliceBvh(leg([]), [0, 0])).toThrow(/0 frames/);
  expect(() => sliceBvh(leg([new Array(15).fill(1)]), [0, 1])).toThrow(
    /frames 0 to 1 are not in a clip of 1/,
  );
});

test('at its own rate a clip keeps its numbers, and frame time becomes the exact one', () => {
  const document = leg([new Array(15).fill(3), new Array(15).fill(5)]);
  const same = resampleBvh(document, 120);
  expect(same.motion).toBe(document.motion);
  expect(latin1Text(writeBvh(same), 0, 1000)).toContain('Frames:\t2\nFrame Time: 0.0083333333\n');
});

test('a turn of constant speed is exact at any rate', () => {
  const rate = fc.integer({ min: 7, max: 400 });
  fc.assert(
    fc.property(rate, fc.double({ min: -170, max: 170, noNaN: true }), (fps, degreesPerFrame) => {
      const turning = Array.from({ length: 13 }, (_, frame) => {
        const wrapped = ((((frame * degreesPerFrame + 180) % 360) + 360) % 360) - 180;
        return [frame, 2 * frame, 0, 0, 0, 0, 0, 0, 0, wrapped, 0, 0, 0, 0, frame];
      });
      const { clip } = bvhToClip(leg(turning), CM_Y);
      const resampled = resampleClip(clip, fps);
      for (let frame = 0; frame < resampled.frameCount; frame++) {
        const at = (frame * 120) / fps;
        const half = (at * degreesPerFrame * Math.PI) / 360;
        // The ankle is node 2 of 4; Z is its second channel, after an X of 0.
        const expected = [0, 0, Math.sin(half), Math.cos(half)];
        if (quatAngle(resampled.localRotations, (frame * 4 + 2) * 4, expected, 0) > 1e-7) return false;
        if (Math.abs(resampled.localTranslations[frame * 12] - at * 0.01) > 1e-12) return false;
      }
      return true;
    }),
  );
});

test('a file resampled to a multiple of its rate and back has its numbers again', () => {
  fc.assert(
    fc.property(rows, fc.constantFrom(240, 360, 960), (all, fps) => {
      const document = leg(all);
      const finer = resampleBvh(document, fps);
      const again = resampleBvh(finer, 120);
      return (
        finer.frameCount === ((all.length - 1) * fps) / 120 + 1 &&
        again.motion.every((value, at) => value === document.motion[at])
      );
    }),
  );
});

test('a resampled file holds the resampled clip; unknown channels and other roots are resampled with it', () => {
  // Angles far apart, but never beyond what the two channels of the knee can follow: it stands still.
  const all = [
    [0, 0, 0, 10, 20, 30, 15, 25, 170, 5, 6, 0, 10, -170, 0],
    [4, 8, 12, -80, 60, 100, 15, 25, -170, 80, -60, 2, 20, 170, 1],
  ];
  const document = leg(all);
  const doubled = resampleBvh(document, 240);
  const expected = resampleClip(bvhToClip(document, CM_Y).clip, 240);
  const found = bvhToClip(doubled, CM_Y).clip;
  expect(farthest(worldPositions(found), worldPositions(expected))).toBeLessThan(1e-9);
  expect([...doubled.motion.slice(15, 18)]).toEqual([2, 4, 6]);
  // The ball turns by 20 degrees over 180, not back through 0.
  const ball = [...doubled.motion.slice(15 + 11, 30)];
  expect(ball[0]).toBeCloseTo(1, 12);
  expect(ball[1]).toBeCloseTo(15, 12);
  expect(ball[2]).toBeCloseTo(-180, 9);
  expect(ball[3]).toBeCloseTo(0.5, 12);
});

test('a T-pose before the motion is held, not blended into it', () => {
  const posed = new Array(15).fill(0);
  const moving = new Array(15).fill(40);
  const { motion } = resampleBvh(leg([posed, moving, moving]), 360, 1);
  expect([0, 15, 30, 45, 60].map((at) => motion[at + 3])).toEqual([0, 0, 0, 40, 40]);
});

test('in another unit and axes a file has the same pose, and back again its own numbers', () => {
  fc.assert(
    fc.property(rows, units, units, (all, from, to) => {
      const document = leg(all);
      const converted = convertBvh(document, from, to);
      const before = worldPositions(bvhToClip(document, from).clip);
      const after = worldPositions(bvhToClip(converted, to).clip);
      if (farthest(before, after) > 1e-9 * Math.max(1, from.metresPerUnit * 1000)) return false;
      const back = convertBvh(converted, to, from);
      const offsetsBack = back.joints.every((joint, index) =>
        joint.offset.every((value, axis) => Math.abs(value - document.joints[index].offset[axis]) < 1e-6),
      );
      const again = worldPositions(bvhToClip(back, from).clip);
      return offsetsBack && farthest(before, again) < 1e-9 * Math.max(1, from.metresPerUnit * 1000);
    }),
  );
});

test('from Y up to Z up the header keeps all but its offsets and the axes of the two-channel knee and the ball', () => {
  const document = leg([new Array(15).fill(10)]);
  const converted = convertBvh(document, CM_Y, { metresPerUnit: 1, upAxis: 'z' });
  const expected = document.header.text
    .replace('OFFSET 1 2 3', 'OFFSET 0.010000 -0.030000 0.020000')
    .replace('OFFSET 0 -40 2', 'OFFSET 0.000000 -0.020000 -0.400000')
    .replace('OFFSET 4 -38 0', 'OFFSET 0.040000 0.000000 -0.380000')
    .replace('OFFSET 0 -5e0 15', 'OFFSET 0.000000 -0.150000 -0.050000')
    .replace('OFFSET 0 0 0', 'OFFSET 0.000000 0.000000 0.000000')
    .replace('yrotation xrotation', 'zrotation xrotation')
    .replace('Yposition Zposition Xrotation glow', 'Zposition Yposition Xrotation glow');
  expect(converted.header.text).toBe(expected);
  // Hip: (x, y, z) becomes (x, -z, y). The ball's height keeps its column, its depth changes sign.
  const found = [...converted.motion].map((value) => Number(value.toFixed(9)));
  expect(found.slice(0, 3)).toEqual([0.1, -0.1, 0.1]);
  expect(found.slice(6, 8)).toEqual([10, 10]);
  expect(found.slice(11)).toEqual([0.1, -0.1, 10, 10]);
});

test('another unit alone leaves every angle bit for bit', () => {
  fc.assert(
    fc.property(rows, (all) => {
      const document = leg(all);
      const { motion } = convertBvh(document, CM_Y, { metresPerUnit: 0.001, upAxis: 'y' });
      return motion.every((value, at) => {
        const column = at % 15;
        const isPosition = column < 3 || column === 11 || column === 12;
        return isPosition ? Math.abs(value - 10 * document.motion[at]) < 1e-6 : value === document.motion[at];
      });
    }),
  );
  expect(convertBvh(leg([]), CM_Y, CM_Y)).toEqual(leg([]));
});
