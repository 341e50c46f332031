import { expect, test } from 'vitest';
import { bvhToClip } from './bvh-clip.ts';
import { guessBvhUnit, guessBvhUpAxis } from './bvh-guess.ts';
import { readBvh } from './bvh-read.ts';
import { countLeadFrames, detectTPoseFrame } from './bvh-t-pose.ts';
import { latin1Bytes } from './text-bytes.ts';
import { guessMetresPerUnit } from './unit-guess.ts';

/** Head 0.8 above the hips, a foot 0.9 below, arms 0.5 to both sides; `up` is the offset axis. */
function body(scale: number, up: 'y' | 'z', rows: readonly (readonly number[])[]) {
  const offset = (x: number, height: number) =>
    (up === 'y' ? [x, height, 0] : [x, 0, height]).map((value) => value * scale).join(' ');
  const joint = (name: string, x: number, height: number) =>
    `JOINT ${name}\n{\nOFFSET ${offset(x, height)}\nCHANNELS 3 Zrotation Xrotation Yrotation\n}\n`;
  const text = `HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\nCHANNELS 3 Xposition Yposition Zposition
${joint('Head', 0, 0.8)}${joint('LeftFoot', 0.1, -0.9)}${joint('LeftArm', 0.5, 0.5)}${joint('RightArm', -0.5, 0.5)}}
MOTION\nFrames: ${rows.length}\nFrame Time: 0.0333333\n${rows.map((row) => row.join(' ')).join('\n')}\n`;
  return readBvh(latin1Bytes(text), 'body.bvh');
}

test.each([
  ['m', 1.7, 'high'],
  ['cm', 170, 'high'],
  ['mm', 1700, 'high'],
  ['inch', 67, 'high'],
  ['cmu', 31, 'high'],
  ['m', 0.9, 'low'],
  ['cm', 100, 'low'],
  ['mm', 3000, 'low'],
  ['m', Number.NaN, 'low'],
])('unit %s is seen from a height of %d with %s confidence', (unit, height, confidence) => {
  expect(guessMetresPerUnit(height)).toMatchObject({ unit, confidence });
});

test('unit and up axis are seen from the rest pose where there is no motion', () => {
  expect(guessBvhUnit(body(100, 'z', []))).toMatchObject({
    unit: 'cm',
    metresPerUnit: 0.01,
    confidence: 'high',
  });
  expect(guessBvhUnit(body(1, 'y', []))).toMatchObject({
    unit: 'm',
    reason: 'the body is 1.7 high, so metres',
  });
  expect(guessBvhUpAxis(body(1, 'y', []))).toMatchObject({ upAxis: 'y', confidence: 'high' });
  expect(guessBvhUpAxis(body(1, 'z', []))).toMatchObject({ upAxis: 'z', confidence: 'high' });
});

const AT_REST = Array(15).fill(0);
/** Arms down by `degrees`, feet and head turned a little. */
function armsAt(degrees: number, sway: number): number[] {
  return [0, 0, 0, 0, sway, 0, sway, 0, 0, -degrees, sway, 0, degrees, sway, 0];
}
function clipOf(rows: readonly (readonly number[])[]) {
  return bvhToClip(body(1, 'y', rows), { metresPerUnit: 1 }).clip;
}

test('a T-pose before the motion is seen, whether it leaps or the exporter has blended it', () => {
  const walk = Array.from({ length: 20 }, (_, frame) => armsAt(75 + frame, frame));
  expect(detectTPoseFrame(clipOf([AT_REST, ...walk]))).toBe(true);
  expect(detectTPoseFrame(clipOf([AT_REST, armsAt(30, 1), armsAt(60, 2), ...walk]))).toBe(true);
  expect(detectTPoseFrame(clipOf(walk))).toBe(false);
});

test('a pose whose other joints are turned is a T-pose only if it leaps away', () => {
  const almost = AT_REST.with(6, 21);
  const still = Array.from({ length: 20 }, (_, frame) => armsAt(75, frame));
  expect(detectTPoseFrame(clipOf([almost, ...still]))).toBe(true);
  const slow = Array.from({ length: 20 }, (_, frame) => armsAt(frame * 6, frame).with(6, 21));
  expect(detectTPoseFrame(clipOf(slow))).toBe(false);
});

test('a clip that rests throughout, or sets out slowly from rest, has no T-pose frame', () => {
  expect(detectTPoseFrame(clipOf(Array(20).fill(AT_REST)))).toBe(false);
  expect(detectTPoseFrame(clipOf(Array.from({ length: 20 }, (_, frame) => armsAt(frame, 0))))).toBe(false);
  expect(detectTPoseFrame(clipOf([AT_REST]))).toBe(false);
});

test('frames on the way out of the T-pose belong to it, also where the motion itself jitters', () => {
  const leap = [AT_REST, armsAt(35, 0), armsAt(60, 0)];
  const steady = Array.from({ length: 20 }, () => armsAt(80, 0));
  expect(countLeadFrames(clipOf([...leap, ...steady]))).toBe(3);
  expect(countLeadFrames(clipOf([AT_REST, ...steady]))).toBe(1);
  // The leap's steps are 70° and 50° over both arms, the jitter's 40°.
  const jittery = Array.from({ length: 20 }, (_, frame) => armsAt(frame % 2 === 0 ? 70 : 90, 0));
  expect(countLeadFrames(clipOf([...leap, ...jittery]))).toBe(3);
  expect(countLeadFrames(clipOf([AT_REST, ...jittery]))).toBe(1);
});

test('a motion that sets out fast from the T-pose and goes on loses one frame only', () => {
  const rising = Array.from({ length: 20 }, (_, frame) => armsAt(frame * 8, 0));
  expect(countLeadFrames(clipOf(rising))).toBe(1);
});
