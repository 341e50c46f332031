import { expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from './body17.ts';
import { mirrorJoints, OTHER_SIDE } from './mirror.ts';

test('the other side of the other side is the joint itself, and six joints have two sides', () => {
  for (let joint = 0; joint < BODY17_COUNT; joint++) expect(OTHER_SIDE[OTHER_SIDE[joint]]).toBe(joint);
  expect(OTHER_SIDE[BODY17.leftKnee]).toBe(BODY17.rightKnee);
  expect(OTHER_SIDE.filter((other, joint) => other !== joint)).toHaveLength(12);
  expect(OTHER_SIDE[BODY17.head]).toBe(BODY17.head);
});

test('a mirrored place is reflected on the other side', () => {
  const values = new Float32Array(2 * BODY17_COUNT * 3);
  values.set([0.3, 1, 2], (BODY17_COUNT + BODY17.leftWrist) * 3);
  const out = new Float32Array(values.length);
  mirrorJoints(out, 0, values, 0, 2, 3);
  const at = (BODY17_COUNT + BODY17.rightWrist) * 3;
  expect([...out.subarray(at, at + 3)]).toEqual([Math.fround(-0.3), 1, 2]);
  const back = new Float32Array(values.length);
  mirrorJoints(back, 0, out, 0, 2, 3);
  expect([...back].map((value) => value + 0)).toEqual([...values]);
});
