import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clockText, fpsText, parseFrameText, secondsText } from './time-text.ts';

test('frame 1867 at 30 fps is a minute, two seconds and seven frames', () => {
  expect(clockText(1867, 1 / 30)).toBe('01:02:07');
  expect(secondsText(1867, 1 / 30)).toBe('62.233 s');
});

test('a frame time rounded in its file still ends seconds at the right frame', () => {
  expect(clockText(30, 0.0333333)).toBe('00:01:00');
  expect(clockText(29, 0.0333333)).toBe('00:00:29');
  expect(clockText(119, 0.0083333)).toBe('00:00:119');
});

test('what the clock shows leads back to its frame', () => {
  const rates = fc.constantFrom(24, 25, 29.97, 30, 50, 59.94, 60, 100, 119.88, 120);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), rates, (frame, fps) => {
      expect(parseFrameText(clockText(frame, 1 / fps), 1 / fps)).toBe(frame);
    }),
  );
});

test('frames, seconds and clock times are understood, other words are not', () => {
  expect(parseFrameText(' 120 ', 1 / 30)).toBe(120);
  expect(parseFrameText('1.5s', 1 / 30)).toBe(45);
  expect(parseFrameText('1:02', 1 / 30)).toBe(1860);
  expect(parseFrameText('1:02.07', 1 / 30)).toBe(1867);
  for (const text of ['', '-3', 'two', '1:2:3:4', '1.5']) expect(parseFrameText(text, 1 / 30)).toBeNull();
});

test('rates are printed without digits that say nothing', () => {
  expect([1 / 30, 0.0333333, 1 / 29.97].map(fpsText)).toEqual(['30', '30', '29.97']);
});
