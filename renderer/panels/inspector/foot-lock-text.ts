import type { FootLockMode } from '../../../motion/contact/foot-lock.ts';

const TITLES: Readonly<Record<FootLockMode, string>> = { off: 'Off', auto: 'Auto', strong: 'Strong' };

const TEXTS: Readonly<Record<FootLockMode, string>> = {
  off: 'Feet go where the refinement puts them.',
  auto: 'Holds contacts that are sure; slides and pivots on purpose stay.',
  strong: 'Also holds likely contacts, and the body leans after a foot it cannot reach.',
};

export function footLockTitle(mode: FootLockMode): string {
  return TITLES[mode];
}

/** What a mode does, in a sentence. */
export function footLockText(mode: FootLockMode, dimensions: 2 | 3): string {
  return dimensions === 2 ? 'A 2D clip has no ground to stand on.' : TEXTS[mode];
}
