import { expect, test } from 'vitest';
import { BODY17, BODY17_PARENTS } from '../../../motion/skeleton/body17.ts';
import { JOINT_PICKS, pickText, withJoint } from './joint-picks.ts';

function pick(title: string): readonly boolean[] {
  const found = JOINT_PICKS.find((candidate) => candidate.title === title);
  if (found === undefined) throw new Error(`no pick '${title}'`);
  return found.joints;
}

test('the upper body is what hangs on the spine: together with legs and pelvis it is the whole body', () => {
  const hangsOnSpine = (joint: number): boolean =>
    joint === BODY17.spine || (joint >= 0 && hangsOnSpine(BODY17_PARENTS[joint]));
  pick('Upper body').forEach((isPicked, joint) => {
    expect(isPicked).toBe(hangsOnSpine(joint));
    const isElsewhere = pick('Legs')[joint] || joint === BODY17.pelvis;
    expect(isPicked).toBe(!isElsewhere);
  });
});

test('arms lie within the upper body and reach to both wrists', () => {
  pick('Arms').forEach((isPicked, joint) => {
    if (isPicked) expect(pick('Upper body')[joint]).toBe(true);
  });
  expect(pick('Arms')[BODY17.leftWrist] && pick('Arms')[BODY17.rightWrist]).toBe(true);
});

test('a toggled joint leaves the others alone', () => {
  const joints = withJoint(pick('None'), BODY17.head, true);
  expect(joints.flatMap((isPicked, joint) => (isPicked ? [joint] : []))).toEqual([BODY17.head]);
  expect(pickText(joints)).toBe('1 of 17 joints');
});

test('no joint at all is warned of', () => {
  expect(pickText(pick('None'))).toContain('nothing would change');
  expect(pickText(pick('All'))).toBe('all 17 joints');
});
