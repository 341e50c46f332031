import { expect, test } from 'vitest';
import { isFullRefine } from './full-refine.ts';

test('less strength, a range or a joint left out makes it a part', () => {
  expect(isFullRefine({ strength: 1 })).toBe(true);
  expect(isFullRefine({ strength: 1, joints: [true, true] })).toBe(true);
  expect(isFullRefine({ strength: 0.99 })).toBe(false);
  expect(isFullRefine({ strength: 1, range: [0, 9] })).toBe(false);
  expect(isFullRefine({ strength: 1, joints: [true, false] })).toBe(false);
});
