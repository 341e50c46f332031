import { expect, test } from 'vitest';
import { rangeOrWhole } from './range-or-whole.ts';

test('a range from the first to the last frame is the whole clip', () => {
  expect(rangeOrWhole([0, 99], 100)).toBeNull();
  expect(rangeOrWhole([0, 98], 100)).toEqual([0, 98]);
  expect(rangeOrWhole([1, 99], 100)).toEqual([1, 99]);
});
