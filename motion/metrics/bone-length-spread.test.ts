import { expect, test } from 'vitest';
import { boneLengthSpreadMm } from './bone-length-spread.ts';

const CHAIN = [-1, 0, 1];

test('a bone that is 48 cm in one frame and 52 cm in the next spreads by 2 cm, averaged over two bones', () => {
  const positions = [0, 0, 0, 0, 0.48, 0, 1, 0.48, 0, 5, 0, 0, 5, 0, 0.52, 5, 1, 0.52];
  expect(boneLengthSpreadMm(positions, CHAIN)).toBeCloseTo(20 / 2, 9);
});

test('a rigid skeleton has no spread however it turns', () => {
  const positions = [0, 0, 0, 0, 0.5, 0, 0.3, 0.5, 0, 7, 1, 2, 7.5, 1, 2, 7.5, 1, 2.3];
  expect(boneLengthSpreadMm(positions, CHAIN)).toBeCloseTo(0, 9);
});

test('points without bones have no spread', () => {
  expect(boneLengthSpreadMm([0, 0, 0, 1, 1, 1], [-1])).toBe(0);
});

test('NaN, broken frames and unknown parents are refused', () => {
  expect(() => boneLengthSpreadMm([0, 0, Number.NaN], [-1])).toThrow('positions has NaN at frame 0, joint 0');
  expect(() => boneLengthSpreadMm([0, 0, 0, 0], [-1])).toThrow(RangeError);
  expect(() => boneLengthSpreadMm([0, 0, 0], [4])).toThrow('the parent of joint 0 is 4');
});
