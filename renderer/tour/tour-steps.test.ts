import { expect, test } from 'vitest';
import { keysOf } from '../shortcuts/keymaps.ts';
import { TOUR_STEPS } from './tour-steps.ts';

test('every key the tour speaks of is there in every keymap', () => {
  for (const { text, command } of TOUR_STEPS) {
    expect(text.includes('{key}')).toBe(command !== undefined);
    if (command === undefined) continue;
    for (const keymap of ['default', 'blender', 'maya'] as const) {
      expect(keysOf(keymap, command).length).toBeGreaterThan(0);
    }
  }
});

test('the tour is short: six steps at most, of two sentences', () => {
  expect(TOUR_STEPS.length).toBeLessThanOrEqual(6);
  for (const { text } of TOUR_STEPS) expect(text.split('. ').length).toBeLessThanOrEqual(2);
});
