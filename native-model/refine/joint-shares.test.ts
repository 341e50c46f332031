import { expect, test } from 'vitest';
import { BODY17, BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import { LAYOUTS } from '../../motion/skeleton/layouts.ts';
import { body17Shares, excludedJointNames, layoutShares } from './joint-shares.ts';

const without = (...names: string[]) => BODY17_NAMES.map((name) => !names.includes(name));

test('a joint left out gets nothing on all three axes, the others everything', () => {
  const shares = body17Shares(without('leftWrist'))!;
  expect([...shares.subarray(BODY17.leftWrist * 3, BODY17.leftWrist * 3 + 4)]).toEqual([0, 0, 0, 1]);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBe(48);
});

test('every joint refined needs no shares', () => {
  expect(body17Shares(undefined)).toBeUndefined();
  expect(body17Shares(without())).toBeUndefined();
  expect(layoutShares(without(), 'coco17', 2)).toBeUndefined();
});

test('a layout joint has the share of what carries it: a hand that of the wrist, an eye half of neck and head', () => {
  const names = LAYOUTS.mediapipe33.names;
  const shares = layoutShares(without('leftWrist', 'head'), 'mediapipe33', 2)!;
  const shareOf = (name: string) => shares[names.indexOf(name) * 2 + 1];
  expect(shares).toHaveLength(names.length * 2);
  expect(['leftWrist', 'leftIndex', 'leftElbow', 'rightIndex'].map(shareOf)).toEqual([0, 0, 1, 1]);
  expect(shareOf('nose')).toBe(0.5);
  const withoutNeck = layoutShares(without('neck'), 'mediapipe33', 2)!;
  expect(withoutNeck[names.indexOf('nose') * 2]).toBe(0.5);
});

test('joints left out are named in order', () => {
  expect(excludedJointNames(without('rightWrist', 'pelvis'))).toEqual(['pelvis', 'rightWrist']);
  expect(excludedJointNames(undefined)).toEqual([]);
});
