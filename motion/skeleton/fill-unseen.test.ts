import { expect, test } from 'vitest';
import { samplePositions } from '../../test/sample-files.ts';
import { BODY17, BODY17_COUNT } from './body17.ts';
import { fillUnseen } from './fill-unseen.ts';
import { skeletonFromPositions } from './skeleton-from-positions.ts';

const FRAMES = 30;

function without(...joints: number[]): Float64Array {
  const body17 = Float64Array.from(samplePositions(FRAMES));
  for (let frame = 0; frame < FRAMES; frame++)
    for (const joint of joints)
      body17.fill(Number.NaN, (frame * BODY17_COUNT + joint) * 3, (frame * BODY17_COUNT + joint + 1) * 3);
  return body17;
}

test('a body whose legs are out of the picture gets a skeleton with legs that hang', () => {
  const legs = [BODY17.leftKnee, BODY17.leftAnkle, BODY17.rightKnee, BODY17.rightAnkle];
  const filled = fillUnseen(without(...legs))!;
  expect(filled.every(Number.isFinite)).toBe(true);
  for (let frame = 0; frame < FRAMES; frame++) {
    const y = (joint: number) => filled[(frame * BODY17_COUNT + joint) * 3 + 1];
    expect(y(BODY17.leftHip) - y(BODY17.leftAnkle)).toBeCloseTo(0.84, 6);
  }
  const { clip } = skeletonFromPositions(filled, 1 / 30);
  expect(clip.localRotations.every(Number.isFinite)).toBe(true);
});

test('what was seen stays, a pelvis lies between the hips, and of nobody nothing is made', () => {
  const whole = without();
  expect(fillUnseen(whole)).toEqual(whole);
  const filled = fillUnseen(without(BODY17.pelvis))!;
  expect(filled[1]).toBeCloseTo((whole[BODY17.leftHip * 3 + 1] + whole[BODY17.rightHip * 3 + 1]) / 2, 9);
  expect(fillUnseen(new Float64Array(51).fill(Number.NaN))).toBeNull();
});
