import { InvalidArgumentError } from 'commander';
import { expect, test } from 'vitest';
import { parseFps, parseFrameCount, parseRange, parseStrength, parseWords } from './option-values.ts';

test('a range may leave its ends open', () => {
  expect(parseRange('30:120')).toEqual({ first: 30, last: 120, text: '30:120' });
  expect(parseRange(':120')).toEqual({ first: undefined, last: 120, text: ':120' });
  expect(parseRange('30:')).toEqual({ first: 30, last: undefined, text: '30:' });
  expect(parseRange('7:7')).toEqual({ first: 7, last: 7, text: '7:7' });
});

test.each(['', ':', '5', '9:2', '-3:5', '1.5:3', 'a:b', '1:2:3', '1-2'])('%j is no range', (text) => {
  expect(() => parseRange(text)).toThrow(InvalidArgumentError);
});

test('a strength lies between the input and the refined clip, both included', () => {
  expect([parseStrength('0'), parseStrength('1'), parseStrength('.25')]).toEqual([0, 1, 0.25]);
  for (const text of ['-0.1', '1.01', '', 'NaN', 'Infinity', '0x1', '50%', '0,5']) {
    expect(() => parseStrength(text)).toThrow(InvalidArgumentError);
  }
});

test('a frame rate is a number a camera could have', () => {
  expect(parseFps('59.94')).toBe(59.94);
  for (const text of ['0', '-30', '1e9', '30fps', ''])
    expect(() => parseFps(text)).toThrow(InvalidArgumentError);
});

test('frames are counted in whole numbers', () => {
  expect(parseFrameCount('0')).toBe(0);
  for (const text of ['-1', '1.5', '', '1e3'])
    expect(() => parseFrameCount(text)).toThrow(InvalidArgumentError);
});

test('words are separated by commas, blanks around them do not count', () => {
  expect(parseWords('walk, stairs,')).toEqual(['walk', 'stairs']);
  expect(() => parseWords(' , ')).toThrow(InvalidArgumentError);
});
