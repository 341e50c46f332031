import { expect, test } from 'vitest';
import { type PartsWanted, partsShown } from './shown-parts.ts';

const BOTH: PartsWanted = {
  sideBySide: false,
  showA: true,
  showB: true,
  hasB: true,
  isPeeking: false,
  showGhosts: false,
  showDifferences: false,
};

test('side by side shows A left and B right, and one pane before there is a B', () => {
  expect(partsShown({ ...BOTH, sideBySide: true }).panes).toEqual(['a', 'b']);
  expect(partsShown({ ...BOTH, sideBySide: true, hasB: false }).panes).toEqual(['both']);
});

test('peeking shows A alone, even if A was hidden, and keeps the panes', () => {
  const overlay = partsShown({ ...BOTH, showA: false, showDifferences: true, isPeeking: true });
  expect([overlay.a, overlay.b, overlay.differences]).toEqual([true, false, false]);
  expect(partsShown({ ...BOTH, sideBySide: true, isPeeking: true }).panes).toEqual(['a', 'a']);
});

test('in an overlay only one version casts ghosts; side by side both do', () => {
  const overlay = partsShown({ ...BOTH, showGhosts: true });
  expect([overlay.ghostsA, overlay.ghostsB]).toEqual([false, true]);
  const alone = partsShown({ ...BOTH, showGhosts: true, hasB: false });
  expect([alone.ghostsA, alone.ghostsB]).toEqual([true, false]);
  const panes = partsShown({ ...BOTH, showGhosts: true, sideBySide: true });
  expect([panes.ghostsA, panes.ghostsB]).toEqual([true, true]);
});

test('A is slim only where it can lie upon B', () => {
  expect(partsShown(BOTH).slimA).toBe(true);
  expect(partsShown({ ...BOTH, sideBySide: true }).slimA).toBe(false);
  expect(partsShown({ ...BOTH, showB: false }).slimA).toBe(false);
});
