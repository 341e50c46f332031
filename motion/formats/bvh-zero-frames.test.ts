import { expect, test } from 'vitest';
import { bvhToClip } from './bvh-clip.ts';
import { readBvh } from './bvh-read.ts';
import { countLeadFrames } from './bvh-t-pose.ts';
import { countZeroFrames } from './bvh-zero-frames.ts';

/** Hips with one knee; a row is hip position and hip and knee angles, centimetres and degrees. */
function clipOf(rows: readonly (readonly number[])[]) {
  const six = '6 Xposition Yposition Zposition Zrotation Xrotation Yrotation';
  const text = `HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\nCHANNELS ${six}\nJOINT Knee\n{\nOFFSET 0 -40 0
CHANNELS 3 Zrotation Xrotation Yrotation\n}\n}\nMOTION\nFrames: ${rows.length}\nFrame Time: 0.01
${rows.map((row) => row.join(' ')).join('\n')}\n`;
  return bvhToClip(readBvh(new TextEncoder().encode(text), 'padded.bvh'), { metresPerUnit: 0.01 }).clip;
}

const ZERO = Array(9).fill(0);
const standing = (knee: number): number[] => [0, 90, 0, 0, 0, 0, 0, knee, 0];
const motion = [standing(3), standing(4), standing(5)];

test('zeros before a body stands up in one frame are no motion, however many there are', () => {
  expect(countZeroFrames(clipOf([ZERO, ...motion]))).toBe(1);
  expect(countZeroFrames(clipOf([...Array(40).fill(ZERO), ...motion]))).toBe(40);
  expect(countLeadFrames(clipOf([...Array(40).fill(ZERO), ...motion]))).toBe(40);
});

test('a motion that sets out from the rest pose at the origin is kept whole', () => {
  const slow = [1, 2, 3].map((knee) => [knee, 0, 0, 0, 0, 0, 0, knee, 0]);
  expect(countZeroFrames(clipOf([ZERO, ZERO, ...slow]))).toBe(0);
  expect(countZeroFrames(clipOf([ZERO, ZERO, ZERO]))).toBe(0);
  expect(countZeroFrames(clipOf(motion))).toBe(0);
});

test('zeros later in a clip are left alone', () => {
  expect(countZeroFrames(clipOf([...motion, ZERO, ...motion]))).toBe(0);
});

test('a T-pose behind the zeros belongs to the lead as well', () => {
  const tPose = [0, 90, 0, 0, 0, 0, 0, 0, 0];
  const bent = Array.from({ length: 20 }, (_, frame) => standing(40 + frame / 10));
  expect(countLeadFrames(clipOf([ZERO, ZERO, tPose, ...bent]))).toBe(3);
});
