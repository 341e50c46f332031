import { expect, test } from 'vitest';
import { FOOT_LOCK_MODES } from '../../../motion/contact/foot-lock.ts';
import { footLockText, footLockTitle } from './foot-lock-text.ts';

test('every mode says something of its own, and 2D clips say why there is no choice', () => {
  const texts = FOOT_LOCK_MODES.map((mode) => footLockText(mode, 3));
  expect(new Set(texts).size).toBe(3);
  expect(new Set(FOOT_LOCK_MODES.map((mode) => footLockText(mode, 2)))).toEqual(
    new Set(['A 2D clip has no ground to stand on.']),
  );
  expect(FOOT_LOCK_MODES.map(footLockTitle)).toEqual(['Off', 'Auto', 'Strong']);
});
