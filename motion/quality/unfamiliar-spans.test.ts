import { expect, test } from 'vitest';
import { unfamiliarSpans } from './unfamiliar-spans.ts';

test('a stretch of surprising frames is named, a single one is not', () => {
  const surprise = new Float64Array(300).fill(1);
  surprise[20] = 3;
  surprise.fill(5, 100, 160);
  const [span, ...others] = unfamiliarSpans(surprise, 1 / 30, 2);
  expect(others).toEqual([]);
  expect(Math.abs(span.start - 100)).toBeLessThanOrEqual(8);
  expect(Math.abs(span.end - 159)).toBeLessThanOrEqual(8);
});

test('two stretches close together are one', () => {
  const surprise = new Float64Array(300).fill(1);
  surprise.fill(5, 100, 140).fill(5, 150, 190);
  expect(unfamiliarSpans(surprise, 1 / 30, 2)).toHaveLength(1);
});

test('familiar motion has none, and a short clip can be unfamiliar as a whole', () => {
  expect(unfamiliarSpans(new Float64Array(90).fill(2), 1 / 30, 2)).toEqual([]);
  expect(unfamiliarSpans(Float64Array.of(9, 9, 9), 1 / 30, 2)).toEqual([{ start: 0, end: 2 }]);
});
