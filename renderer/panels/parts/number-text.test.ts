import { expect, test } from 'vitest';
import { counted, durationText, grouped, numberText, percentText, THIN_SPACE } from './number-text.ts';

test('small values keep two digits, large ones none', () => {
  expect(numberText(0.424)).toBe('0.42');
  expect(numberText(15.34)).toBe('15.3');
  expect(numberText(1240.4)).toBe(`1${THIN_SPACE}240`);
  expect(numberText(-3.26)).toBe('-3.3');
});

test('thousands stand apart', () => {
  expect(grouped(999)).toBe('999');
  expect(grouped(1234567)).toBe(`1${THIN_SPACE}234${THIN_SPACE}567`);
});

test('a minute is not sixty seconds of decimals', () => {
  expect(durationText(4.2)).toBe('4.20 s');
  expect(durationText(42.04)).toBe('42.0 s');
  expect(durationText(65.2)).toBe('1 min 05 s');
  expect(durationText(119.7)).toBe('2 min 00 s');
});

test('one is singular and a part is a percentage', () => {
  expect(counted(1, 'take')).toBe('1 take');
  expect(counted(1200, 'frame')).toBe(`1${THIN_SPACE}200 frames`);
  expect(percentText(0.805)).toBe('81 %');
});
