import { expect, test } from 'vitest';
import { boneLengthSpreadMm, skeletonSpreadMm } from './bone-length-spread.ts';

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

test('of a skeleton only joints that are moved by position channels spread', () => {
  const clip = {
    kind: 'skeleton' as const,
    name: 'two bones',
    frameTime: 1 / 30,
    frameCount: 2,
    skeleton: {
      names: ['hips', 'knee', 'foot'],
      parents: Int32Array.of(-1, 0, 1),
      restOffsets: new Float64Array(9),
      isEndSite: [false, false, false],
    },
    localRotations: new Float64Array(24),
    // The root travels a metre, the knee stays 0.4 m away, the foot goes from 0.3 m to 0.34 m.
    localTranslations: Float64Array.of(0, 1, 0, 0, -0.4, 0, 0, -0.3, 0, 1, 1, 0, 0.4, 0, 0, 0, -0.34, 0),
  };
  expect(skeletonSpreadMm(clip)).toBeCloseTo(20 / 2, 9);
});
