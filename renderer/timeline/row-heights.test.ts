import { expect, test } from 'vitest';
import { areRowsCompact, trackHeights } from './row-heights.ts';

test('rows get what the curves leave, and the curves the rest of the division', () => {
  // 260 px less 72 of the curves are 188: 17 rows of 11 px, and one px over.
  expect(trackHeights(260, 17, 72, 1)).toEqual({ row: 11, curves: 73 });
});

test('rows are at least 9 px where that needs scrolling, and at most 14 where there is more room', () => {
  expect(trackHeights(100, 17, 72, 1)).toEqual({ row: 9, curves: 72 });
  expect(trackHeights(400, 17, 72, 1)).toEqual({ row: 14, curves: 162 });
});

test('without the heat map the curves fill the room, without the curves the rows do not outgrow it', () => {
  expect(trackHeights(300, 0, 72, 1).curves).toBe(300);
  expect(trackHeights(200, 17, 0, 1)).toEqual({ row: 11, curves: 0 });
});

test('rows grow with the text, and their names with them', () => {
  expect(trackHeights(0, 17, 72, 2).row).toBe(18);
  expect(areRowsCompact(18, 2)).toBe(true);
  expect(areRowsCompact(12, 1)).toBe(false);
});
