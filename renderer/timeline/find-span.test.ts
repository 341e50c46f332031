import { expect, test } from 'vitest';
import { markedFrames, spanIndexAt, worstJointAt } from './find-span.ts';

const SPANS = [
  { start: 10, end: 19 },
  { start: 30, end: 30 },
  { start: 40, end: 49 },
];

test('a frame finds the span it lies in, ends included', () => {
  expect([9, 10, 19, 20, 30, 49, 50].map((frame) => spanIndexAt(SPANS, frame))).toEqual([
    -1, 0, 0, -1, 1, 2, -1,
  ]);
});

test('with reach it finds the nearest span no farther away than that', () => {
  expect(spanIndexAt(SPANS, 23, 5)).toBe(0);
  expect(spanIndexAt(SPANS, 27, 5)).toBe(1);
  expect(spanIndexAt(SPANS, 60, 5)).toBe(-1);
  expect(spanIndexAt(SPANS, 60, Number.POSITIVE_INFINITY)).toBe(2);
  expect(spanIndexAt([], 3, 5)).toBe(-1);
});

test('marked frames are those inside spans', () => {
  expect(markedFrames(SPANS)).toBe(21);
});

test('the worst joint is the one with the largest error in that frame', () => {
  expect(worstJointAt([9, 1, 2, 3, 8, 4], 3, 1)).toBe(1);
});
