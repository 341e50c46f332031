import { expect, test } from 'vitest';
import { describeQuality, shareErrors } from './describe-quality.ts';

test("joints share their frame's error as their scores do, and their mean is the error", () => {
  const scores = new Float64Array(2 * 17);
  scores[3] = 30;
  scores[4] = 10;
  const errors = shareErrors(scores, Float64Array.of(20, 5));
  // 17 joints of 20 mm on average, three quarters of it on joint 3.
  expect(errors[3]).toBeCloseTo(0.75 * 340, 3);
  expect(errors[4]).toBeCloseTo(0.25 * 340, 3);
  expect(errors[5]).toBe(0);
  // Nothing was corrected in frame 1: all joints alike.
  expect([...errors.subarray(17)]).toEqual(new Array(17).fill(5));
});

test('without a known error a joint has its score, and the frame none', async () => {
  const moved = new Float64Array(17);
  moved[8] = 12.3456;
  const { quality, reported } = await describeQuality(
    {
      disagreementMm: moved,
      jointScoresMm: moved,
      expectedErrorMm: null,
      expectedErrorAfterMm: null,
      floorMm: 15,
      tellsErrors: false,
    },
    1 / 30,
    async () => {},
  );
  expect(quality.jointErrorMm[8]).toBeCloseTo(12.3456, 4);
  expect(quality.expectedErrorMm).toHaveLength(0);
  // exp(-12.3456 / 15), on 17 joints of which 16 read 1.
  expect(quality.pqeJoints[8]).toBeCloseTo(Math.exp(-12.3456 / 15), 5);
  expect(quality.pqe[0]).toBeCloseTo((16 + Math.exp(-12.3456 / 15)) / 17, 5);
  expect(reported.pqeJoints[0][8]).toBe(0.439);
});
