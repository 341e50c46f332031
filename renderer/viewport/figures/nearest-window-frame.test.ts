import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearestWindowFrame } from './nearest-window-frame.ts';

test('before a window its first frame is nearest, after it the last', () => {
  expect(nearestWindowFrame([10, 12, 14], 0)).toBe(0);
  expect(nearestWindowFrame([10, 12, 14], 99)).toBe(2);
  expect(nearestWindowFrame([10, 12, 14], 13)).toBe(1);
  expect(nearestWindowFrame([], 5)).toBe(-1);
});

test('no other frame of the window is nearer', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(500), { minLength: 1 }), fc.nat(600), (values, frame) => {
      const frames = values.sort((a, b) => a - b);
      const found = Math.abs(frames[nearestWindowFrame(frames, frame)] - frame);
      expect(found).toBe(Math.min(...frames.map((value) => Math.abs(value - frame))));
    }),
  );
});
