import fc from 'fast-check';
import { expect, test } from 'vitest';
import { interpolateChannels, nominalFps, resampledFrameCount, sampleFrames } from './frame-rate.ts';

test('a frame time that is the rounded inverse of a whole rate means that rate; 29.97 is none', () => {
  expect([0.0083333, 0.00833, 0.008333333333, 1 / 30, 0.033333].map(nominalFps)).toEqual([
    120, 120, 120, 30, 30,
  ]);
  expect(nominalFps(1001 / 30000)).toBeCloseTo(29.97003, 5);
});

test('a second of frames stays a second, and no sample lies past the last frame', () => {
  expect(resampledFrameCount(120, 120, 30)).toBe(30);
  expect(resampledFrameCount(121, 120, 30)).toBe(31);
  expect(resampledFrameCount(30, 30, 120)).toBe(117); // 29 steps of 4, and the last frame
  expect(resampledFrameCount(1, 120, 7)).toBe(1);
  const rate = fc.integer({ min: 1, max: 1000 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), rate, rate, (frames, from, to) => {
      const { frameCount, low, amount } = sampleFrames(frames, from, to);
      if (low[0] !== 0 || amount[0] !== 0) return false;
      const last = low[frameCount - 1] + amount[frameCount - 1];
      return last <= frames - 1 && last + from / to > frames - 1 - 1e-9;
    }),
  );
});

test('every fourth frame of 120 per second is hit exactly at 30 per second', () => {
  const { low, amount } = sampleFrames(40_001, 120, 30);
  expect(low.every((frame, sample) => frame === sample * 4)).toBe(true);
  expect(amount.every((part) => part === 0)).toBe(true);
});

test('between frames values are linear; a frame that is hit does not see its missing neighbour', () => {
  const values = Float64Array.of(0, 10, Number.NaN, 30, 40);
  const twice = interpolateChannels(values, 1, sampleFrames(5, 30, 60));
  expect([...twice]).toEqual([0, 5, 10, Number.NaN, Number.NaN, Number.NaN, 30, 35, 40]);
});

test('the last calibration frame is held until the motion begins', () => {
  const values = Float64Array.of(0, 100, 104);
  expect([...interpolateChannels(values, 1, sampleFrames(3, 30, 120, 1))]).toEqual([
    0, 0, 0, 0, 100, 101, 102, 103, 104,
  ]);
});
