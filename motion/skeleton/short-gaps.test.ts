import { expect, test } from 'vitest';
import { countShortGapsAsSeen } from './short-gaps.ts';

test('gaps between two seen frames count as seen up to a length; longer ones and those at the ends do not', () => {
  const first = [0, 1, 0, 0, 1, 0, 0, 0, 1, 0];
  const second = [1, 1, 1, 0, 1, 1, 1, 1, 1, 1];
  const seen = Uint8Array.from(first.flatMap((one, frame) => [one, second[frame]]));
  const out = countShortGapsAsSeen(seen, 2, 2);
  expect(Array.from(out).filter((_, at) => at % 2 === 0)).toEqual([0, 1, 1, 1, 1, 0, 0, 0, 1, 0]);
  expect(Array.from(out).filter((_, at) => at % 2 === 1)).toEqual(new Array(10).fill(1));
  expect(seen[4]).toBe(0);
});
