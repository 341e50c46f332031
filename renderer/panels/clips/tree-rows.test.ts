import { expect, test } from 'vitest';
import { treeMove, treeRows } from './tree-rows.ts';

const EDITS = {
  'clip-1': { takes: ['take-1', 'take-2'] },
  'clip-2': { takes: [] },
};
const ORDER = ['clip-1', 'clip-2'];
const OPEN = treeRows(ORDER, EDITS, new Set());
const FOLDED = treeRows(ORDER, EDITS, new Set(['clip-1']));

test('takes stand below their clip, counted among themselves', () => {
  expect(OPEN.map((row) => row.id)).toEqual(['clip-1', 'take-1', 'take-2', 'clip-2']);
  expect(OPEN[2]).toMatchObject({ position: 2, siblings: 2, isExpanded: null });
  expect(OPEN[3]).toMatchObject({ position: 2, siblings: 2, isExpanded: null });
});

test('a folded clip hides its takes and says so', () => {
  expect(FOLDED.map((row) => row.id)).toEqual(['clip-1', 'clip-2']);
  expect(FOLDED[0].isExpanded).toBe(false);
});

test('up and down go through visible rows and stop at the ends', () => {
  expect(treeMove(OPEN, 'take-2', 'ArrowDown')).toEqual({ kind: 'go', id: 'clip-2' });
  expect(treeMove(FOLDED, 'clip-1', 'ArrowDown')).toEqual({ kind: 'go', id: 'clip-2' });
  expect(treeMove(OPEN, 'clip-2', 'ArrowDown')).toBeNull();
  expect(treeMove(OPEN, 'clip-2', 'Home')).toEqual({ kind: 'go', id: 'clip-1' });
});

test('right unfolds, then enters; left leaves, then folds', () => {
  expect(treeMove(FOLDED, 'clip-1', 'ArrowRight')).toEqual({ kind: 'unfold', clip: 'clip-1' });
  expect(treeMove(OPEN, 'clip-1', 'ArrowRight')).toEqual({ kind: 'go', id: 'take-1' });
  expect(treeMove(OPEN, 'take-2', 'ArrowLeft')).toEqual({ kind: 'go', id: 'clip-1' });
  expect(treeMove(OPEN, 'clip-1', 'ArrowLeft')).toEqual({ kind: 'fold', clip: 'clip-1' });
  expect(treeMove(OPEN, 'clip-2', 'ArrowRight')).toBeNull();
});
