import fc from 'fast-check';
import { expect, test } from 'vitest';
import { roundFrameStep, rulerTicks } from './ruler-ticks.ts';

test('300 frames at 30 fps over 600 px are labelled every 50 frames and every 2 seconds', () => {
  const { frames, minorFrames, seconds } = rulerTicks([0, 299], 600, 1 / 30);
  expect(frames.map((tick) => tick.label)).toEqual(['0', '50', '100', '150', '200', '250']);
  expect(minorFrames.slice(0, 5)).toEqual([10, 20, 30, 40, 60]);
  expect(seconds.map((tick) => tick.label)).toEqual(['0 s', '2 s', '4 s', '6 s', '8 s', '10 s']);
  expect(seconds[1].frame).toBeCloseTo(60, 9);
});

test('labels of frames and seconds never come closer than 64 px', () => {
  const first = fc.double({ min: 0, max: 90_000, noNaN: true });
  const length = fc.double({ min: 8, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(first, length, fc.integer({ min: 200, max: 4000 }), (start, shown, width) => {
      const { frames, seconds } = rulerTicks([start, start + shown - 1], width, 1 / 120);
      for (const ticks of [frames, seconds]) {
        for (let at = 1; at < ticks.length; at++) {
          const gap = ((ticks[at].frame - ticks[at - 1].frame) / shown) * width;
          expect(gap).toBeGreaterThanOrEqual(63.99);
        }
      }
      for (const { frame } of frames) expect(Number.isInteger(frame)).toBe(true);
    }),
  );
});

test('steps count 1, 2, 5, 10', () => {
  expect([0.2, 1.1, 2.1, 5.1, 40, 50, 51].map(roundFrameStep)).toEqual([1, 2, 5, 10, 50, 50, 100]);
});

test('from a minute on time is printed as minutes and seconds, from an hour on with hours', () => {
  const labels = rulerTicks([0, 120 * 3600 * 2 - 1], 520, 1 / 120).seconds.map((tick) => tick.label);
  expect(labels).toContain('15:00');
  expect(labels).toContain('1:30:00');
});
