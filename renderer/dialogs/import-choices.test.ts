import { expect, test } from 'vitest';
import type { ImportGuess } from '../../contract/clips.ts';
import {
  choiceKeysOf,
  choicesAgain,
  choicesToOpen,
  choicesToRemember,
  rememberChoices,
  shownChoices,
  startingChoices,
  withChoice,
} from './import-choices.ts';

/** 17 joints in metres: the layout is likely, the frame rate unknown, unit and axis are sure. */
const ARRAY: ImportGuess = {
  format: 'npy',
  name: 'walk',
  shape: [100, 17, 3],
  dimensions: 3,
  frameCount: 100,
  layout: {
    value: 'h36m17',
    reason: '',
    confidence: 'low',
    candidates: ['h36m17', 'h36m17-left', 'coco17'],
  },
  fps: { value: 30, reason: '', confidence: 'low' },
  unit: { value: 'm', reason: '', confidence: 'high' },
  up: { value: 'y', reason: '', confidence: 'high' },
  isCertain: false,
};
const FLAT: ImportGuess = { ...ARRAY, layout: { ...ARRAY.layout, value: null } };
const BVH: ImportGuess = {
  ...ARRAY,
  format: 'bvh',
  shape: null,
  layout: { value: null, reason: '', confidence: 'high', candidates: [] },
  fps: { value: 120, reason: '', confidence: 'high' },
  unit: { value: 'cmu', reason: '', confidence: 'low' },
};

test('the fields show the guess until something is chosen', () => {
  expect(shownChoices(ARRAY, {})).toEqual({ layout: 'h36m17', fps: 30, unit: 'm', up: 'y' });
  expect(shownChoices(ARRAY, { layout: 'coco17', fps: 50 })).toMatchObject({ layout: 'coco17', fps: 50 });
});

test('a BVH has no layout to choose, and keypoints have neither unit nor axis', () => {
  expect(choiceKeysOf(BVH)).toEqual(['fps', 'unit', 'up']);
  expect(choiceKeysOf({ ...ARRAY, dimensions: 2 })).toEqual(['layout', 'fps']);
});

test('an array is opened as the fields show it', () => {
  expect(choicesToOpen(ARRAY, { up: 'z' })).toEqual({ layout: 'h36m17', fps: 30, unit: 'm', up: 'z' });
  expect(choicesToOpen({ ...ARRAY, dimensions: 2 }, {})).toEqual({ layout: 'h36m17', fps: 30 });
  expect(choicesToOpen(FLAT, {})).toEqual({ fps: 30, unit: 'm', up: 'y' });
});

test('of a BVH only what it leaves open is sent', () => {
  expect(choicesToOpen(BVH, {})).toEqual({ unit: 'cmu' });
  expect(choicesToOpen(BVH, { up: 'z' })).toEqual({ unit: 'cmu', up: 'z' });
});

test('remembered is what was chosen or confirmed, not what the file was sure of', () => {
  expect(choicesToRemember(ARRAY, {})).toEqual({ layout: 'h36m17', fps: 30 });
  expect(choicesToRemember(ARRAY, { fps: 50, unit: 'cm' })).toEqual({
    layout: 'h36m17',
    fps: 50,
    unit: 'cm',
  });
});

test('the next file of the folder starts from what was remembered', () => {
  const remembered = { layout: 'h36m17-left', fps: 50, up: 'z' } as const;
  expect(startingChoices(ARRAY, remembered)).toEqual(remembered);
  expect(startingChoices(ARRAY, undefined)).toEqual({});
});

test('a remembered layout of other joints, and a rate the file knows better, are left out', () => {
  expect(startingChoices(ARRAY, { layout: 'smpl24', fps: 50 })).toEqual({ fps: 50 });
  expect(startingChoices(BVH, { layout: 'h36m17', fps: 50, unit: 'cm' })).toEqual({ unit: 'cm' });
  expect(startingChoices({ ...ARRAY, dimensions: 2 }, { unit: 'mm', up: 'z', fps: 25 })).toEqual({ fps: 25 });
});

test('going back to a sure guess is no choice, confirming a likely one is', () => {
  expect(withChoice(ARRAY, { unit: 'cm', fps: 50 }, 'unit', 'm')).toEqual({ fps: 50 });
  expect(withChoice(ARRAY, {}, 'layout', 'h36m17')).toEqual({ layout: 'h36m17' });
});

test('each folder has its own memory, and can be forgotten', () => {
  const memory = rememberChoices({ a: { fps: 30 } }, 'b', { fps: 60 });
  expect(memory).toEqual({ a: { fps: 30 }, b: { fps: 60 } });
  expect(rememberChoices(memory, 'a', null)).toEqual({ b: { fps: 60 } });
});

test('a clip opened again starts from how it was read, less what the file is sure of', () => {
  const opened = { layout: 'coco17', fps: 30, unit: 'm', up: 'z' } as const;
  expect(choicesAgain(ARRAY, opened)).toEqual({ layout: 'coco17', fps: 30, up: 'z' });
  expect(choicesAgain(BVH, { layout: 'coco17', unit: 'cm' })).toEqual({ unit: 'cm' });
});
