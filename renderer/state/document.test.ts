import { beforeEach, expect, test } from 'vitest';
import {
  beginGesture,
  editActiveClip,
  endGesture,
  newClipEdits,
  redo,
  undo,
  useDocument,
} from './document.ts';

const CLIP = 'clip-a';
const strength = (): number => useDocument.getState().edits[CLIP].strength;
const steps = (): number => useDocument.temporal.getState().pastStates.length;

beforeEach(() => {
  useDocument.setState({ order: [CLIP], activeClip: CLIP, edits: { [CLIP]: newClipEdits('synsp++') } });
  useDocument.temporal.getState().clear();
});

test('each change is one step, undone and redone in turn', () => {
  editActiveClip({ strength: 0.5 });
  editActiveClip({ range: [3, 9] });
  undo();
  expect(useDocument.getState().edits[CLIP]).toMatchObject({ strength: 0.5, range: null });
  undo();
  expect(strength()).toBe(1);
  redo();
  redo();
  expect(useDocument.getState().edits[CLIP]).toMatchObject({ strength: 0.5, range: [3, 9] });
});

test('a drag is one step, however many values it went through', () => {
  beginGesture();
  for (const value of [0.9, 0.7, 0.4]) editActiveClip({ strength: value });
  endGesture();
  expect(strength()).toBe(0.4);
  expect(steps()).toBe(1);
  undo();
  expect(strength()).toBe(1);
  redo();
  expect(strength()).toBe(0.4);
});

test('a drag that changes nothing leaves no step', () => {
  beginGesture();
  endGesture();
  expect(steps()).toBe(0);
});

test('a change after a drag is a step of its own', () => {
  beginGesture();
  editActiveClip({ strength: 0.4 });
  endGesture();
  editActiveClip({ featherFrames: 20 });
  expect(steps()).toBe(2);
});

test('what the user did not decide is not undone', () => {
  editActiveClip({ strength: 0.5 });
  useDocument.setState({ takes: { 'take-1': {} as never } });
  undo();
  expect(useDocument.getState().takes).toHaveProperty('take-1');
  expect(strength()).toBe(1);
});

test('undo during a drag takes back the drag, not the step before it', () => {
  editActiveClip({ featherFrames: 20 });
  beginGesture();
  editActiveClip({ strength: 0.4 });
  undo();
  endGesture();
  expect(useDocument.getState().edits[CLIP]).toMatchObject({ strength: 1, featherFrames: 20 });
  redo();
  expect(strength()).toBe(0.4);
});
