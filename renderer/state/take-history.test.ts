import { beforeEach, expect, test } from 'vitest';
import type { TakeInfo } from '../../contract/takes.ts';
import {
  addStep,
  beginGesture,
  type ClipEdits,
  type DocumentState,
  editClip,
  endGesture,
  newClipEdits,
  redo,
  undo,
  useDocument,
} from './document.ts';
import { versionTitle } from './selectors.ts';
import { forgetClip, forgetTake, joinTake, unreachable, withoutTake } from './take-history.ts';

const CLIP = 'clip-a';
const OTHER = 'clip-b';
const edits = (): ClipEdits => useDocument.getState().edits[CLIP];
const take = (id: string): TakeInfo => ({ id, clip: CLIP }) as TakeInfo;
const listed = (order: readonly string[]) => (state: DocumentState) => ({
  ...state,
  order,
  activeClip: order[0] ?? null,
});

beforeEach(() => {
  useDocument.setState({
    order: [CLIP, OTHER],
    activeClip: CLIP,
    edits: { [CLIP]: newClipEdits('synsp++'), [OTHER]: newClipEdits('synsp++') },
    clips: { [CLIP]: {} as never, [OTHER]: {} as never },
    takes: {},
  });
  useDocument.temporal.getState().clear();
});

test('a take is a step: undo takes it off, redo brings it back', () => {
  joinTake(CLIP, take('take-1'));
  expect(edits()).toMatchObject({ takes: ['take-1'], compare: { a: 'input', b: 'take-1' } });
  undo();
  expect(edits().takes).toEqual([]);
  redo();
  expect(edits().takes).toEqual(['take-1']);
});

test('a take that arrives while its clip is closed comes back with the clip, in one undo', () => {
  addStep(listed([OTHER]));
  joinTake(CLIP, take('take-1'));
  expect(useDocument.getState().order).toEqual([OTHER]);
  undo();
  expect(useDocument.getState().order).toEqual([CLIP, OTHER]);
  expect(edits().takes).toEqual(['take-1']);
});

test('a take that arrives after the opening of its clip was undone is there after the redo', () => {
  addStep((state) => ({
    ...state,
    order: [...state.order, 'new'],
    edits: { ...state.edits, new: newClipEdits('synsp++') },
  }));
  undo();
  expect(joinTake('new', take('take-1'))).toBe(true);
  redo();
  expect(useDocument.getState().edits.new.takes).toEqual(['take-1']);
});

test('a take that arrives costs nobody their redo', () => {
  editClip(CLIP, { strength: 0.5 });
  undo();
  joinTake(CLIP, take('take-1'));
  redo();
  expect(edits()).toMatchObject({ strength: 0.5, takes: ['take-1'] });
});

test('a take that arrives during a drag is a step of its own, below the drag', () => {
  beginGesture();
  editClip(CLIP, { strength: 0.6 });
  joinTake(CLIP, take('take-1'));
  editClip(CLIP, { strength: 0.2 });
  endGesture();
  expect(edits()).toMatchObject({ strength: 0.2, takes: ['take-1'] });
  undo();
  expect(edits()).toMatchObject({ strength: 1, takes: ['take-1'] });
  undo();
  expect(edits()).toMatchObject({ strength: 1, takes: [] });
});

test('a take of a clip that no step leads to is refused', () => {
  expect(joinTake('gone', take('take-1'))).toBe(false);
  expect(useDocument.getState().takes).toEqual({});
});

test('removing a take never leaves the same version at both sides', () => {
  const shown = (a: string, b: string | null): ClipEdits => ({
    ...newClipEdits('synsp++'),
    takes: ['take-1', 'take-2'],
    compare: { a, b },
  });
  expect(withoutTake(shown('take-1', 'take-2'), 'take-2').compare).toEqual({ a: 'take-1', b: null });
  expect(withoutTake(shown('take-1', 'input'), 'take-1').compare).toEqual({ a: 'input', b: 'take-2' });
  expect(withoutTake(shown('input', 'take-2'), 'take-2').compare).toEqual({ a: 'input', b: 'take-1' });
  expect(withoutTake(shown('take-1', 'take-2'), 'take-1').compare).toEqual({ a: 'input', b: 'take-2' });
  expect(withoutTake(shown('take-1', null), 'take-1').compare).toEqual({ a: 'input', b: null });
});

test('what is forgotten comes back with neither undo nor redo', () => {
  joinTake(CLIP, take('take-1'));
  undo();
  forgetTake(CLIP, 'take-1');
  redo();
  expect(edits().takes).toEqual([]);
  addStep(listed([OTHER]));
  forgetClip(CLIP);
  undo();
  expect(useDocument.getState().order).toEqual([OTHER]);
});

test('a removed take and a closed clip are reachable for as many steps as can be undone', () => {
  joinTake(CLIP, take('take-1'));
  editClip(CLIP, { takes: [] });
  addStep(listed([OTHER]));
  const step = (n: number): void => editClip(OTHER, { featherFrames: n });
  for (let n = 0; n < 198; n++) step(1000 + n);
  expect(unreachable()).toEqual({ clips: [], takes: [] });
  step(2000);
  expect(unreachable()).toEqual({ clips: [], takes: ['take-1'] });
  step(3000);
  expect(unreachable()).toEqual({ clips: [CLIP], takes: ['take-1'] });
});

test('the removal of a take renames none of the others, and its number is not given again', () => {
  joinTake(CLIP, take('take-1'));
  joinTake(CLIP, take('take-2'));
  editClip(CLIP, withoutTake(edits(), 'take-1'));
  expect(versionTitle(edits(), 'take-2')).toBe('Take 2');
  editClip(CLIP, withoutTake(edits(), 'take-2'));
  joinTake(CLIP, take('take-3'));
  expect(versionTitle(edits(), 'take-3')).toBe('Take 3');
});
