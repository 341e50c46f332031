import { beforeEach, expect, test } from 'vitest';
import {
  addStep,
  beginGesture,
  editActiveClip,
  editClip,
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

test('a drag that goes on after undo is one step, not one for each of its values', () => {
  beginGesture();
  editActiveClip({ strength: 0.4 });
  undo();
  for (const value of [0.8, 0.7, 0.6]) editActiveClip({ strength: value });
  endGesture();
  expect(strength()).toBe(0.6);
  expect(steps()).toBe(1);
  undo();
  expect(strength()).toBe(1);
});

test('a change to what is so already is no step and costs nobody their redo', () => {
  editActiveClip({ range: [3, 9] });
  editActiveClip({ featherFrames: 20 });
  undo();
  editActiveClip({ range: [3, 9] });
  expect(steps()).toBe(1);
  redo();
  expect(useDocument.getState().edits[CLIP].featherFrames).toBe(20);
});

test('undo brings the clip that changes to the front', () => {
  useDocument.setState({
    order: [CLIP, 'clip-b'],
    activeClip: 'clip-b',
    edits: { [CLIP]: newClipEdits('synsp++'), 'clip-b': newClipEdits('synsp++') },
  });
  useDocument.temporal.getState().clear();
  editClip(CLIP, { strength: 0.5 });
  undo();
  expect(useDocument.getState()).toMatchObject({ activeClip: CLIP });
  expect(strength()).toBe(1);
});

test('an undo that would change nothing that is seen goes on to the step before', () => {
  useDocument.setState({ order: [CLIP, 'clip-b'] });
  editActiveClip({ featherFrames: 20 });
  addStep((state) => ({ ...state, activeClip: 'clip-b' }));
  editClip(CLIP, { strength: 0.5 });
  undo();
  undo();
  expect(useDocument.getState()).toMatchObject({ activeClip: CLIP });
  expect(useDocument.getState().edits[CLIP].featherFrames).toBe(8);
});

test('drags, too, are kept for 200 steps and no more', () => {
  for (let n = 1; n <= 205; n++) {
    beginGesture();
    editActiveClip({ featherFrames: 100 + n });
    endGesture();
  }
  expect(steps()).toBe(200);
  for (let n = 0; n < 200; n++) undo();
  expect(useDocument.getState().edits[CLIP].featherFrames).toBe(105);
});
