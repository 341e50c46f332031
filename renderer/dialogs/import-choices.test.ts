import { expect, test } from 'vitest';
import type { ImportGuess } from '../../contract/clips.ts';
import {
  choicesAgain,
  choicesToOpen,
  choicesToRemember,
  needsLayout,
  rememberChoices,
  shownChoices,
  startingChoices,
  withChoice,
  withoutBodyModel,
} from './import-choices.ts';

/** 17 joints in metres: the layout is likely, the frame rate unknown, unit and axis are sure. */
const ARRAY: ImportGuess = {
  format: 'npy',
  name: 'walk',
  producer: { value: 'NPY array', reason: '', confidence: 'high' },
  kind: 'positions',
  people: [],
  person: '',
  peopleAre: 'people',
  roots: [],
  canLift: false,
  takesBodyModel: false,
  asks: ['layout', 'fps', 'unit', 'up'],
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
/** Two people seen by a 2D estimator, the second for half of the time. */
const KEYPOINTS: ImportGuess = {
  ...ARRAY,
  format: 'json',
  shape: null,
  asks: ['fps'],
  dimensions: 2,
  canLift: true,
  people: [
    { id: '3', frameCount: 100, seenFrames: 96 },
    { id: '7', frameCount: 50, seenFrames: 50 },
  ],
  person: '3',
};
const SMPL: ImportGuess = {
  ...ARRAY,
  format: 'npz',
  kind: 'skeleton',
  asks: [],
  takesBodyModel: true,
  fps: { value: 120, reason: '', confidence: 'high' },
};
const FLAT: ImportGuess = { ...ARRAY, layout: { ...ARRAY.layout, value: null } };
const BVH: ImportGuess = {
  ...ARRAY,
  format: 'bvh',
  kind: 'skeleton',
  asks: ['fps', 'unit', 'up'],
  shape: null,
  layout: { value: null, reason: '', confidence: 'high', candidates: [] },
  fps: { value: 120, reason: '', confidence: 'high' },
  unit: { value: 'cmu', reason: '', confidence: 'low' },
};

test('the fields show the guess until something is chosen', () => {
  expect(shownChoices(ARRAY, {})).toMatchObject({ layout: 'h36m17', fps: 30, unit: 'm', up: 'y' });
  expect(shownChoices(ARRAY, { layout: 'coco17', fps: 50 })).toMatchObject({ layout: 'coco17', fps: 50 });
});

test('a file that has a layout and does not say which waits for it', () => {
  expect(needsLayout(FLAT, {})).toBe(true);
  expect(needsLayout(FLAT, { layout: 'coco17' })).toBe(false);
  expect(needsLayout(BVH, {})).toBe(false);
});

test('an array is opened as the fields show it', () => {
  expect(choicesToOpen(ARRAY, { up: 'z' })).toEqual({ layout: 'h36m17', fps: 30, unit: 'm', up: 'z' });
  expect(choicesToOpen({ ...ARRAY, asks: ['layout', 'fps'] }, {})).toEqual({ layout: 'h36m17', fps: 30 });
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
  expect(startingChoices(KEYPOINTS, { unit: 'mm', up: 'z', fps: 25 })).toEqual({ fps: 25 });
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

test('keypoints are lifted and the first person is taken, unless the user says otherwise', () => {
  expect(choicesToOpen(KEYPOINTS, {})).toEqual({ fps: 30, person: '3', lift: true });
  expect(choicesToOpen(KEYPOINTS, { person: '7', lift: false })).toEqual({
    fps: 30,
    person: '7',
    lift: false,
  });
});

test('with one person, one skeleton and no 2D there is nothing to say of them', () => {
  expect(choicesToOpen(BVH, { person: '3', root: 'Hips', lift: true, bodyModel: 'token' })).toEqual({
    unit: 'cmu',
  });
});

test('of several skeletons in a BVH the first is taken, or the one that was chosen', () => {
  const two = { ...BVH, roots: ['Hips', 'Hips2'] };
  expect(choicesToOpen(two, {})).toEqual({ unit: 'cmu', root: 'Hips' });
  expect(choicesToOpen(two, { root: 'Hips2' })).toEqual({ unit: 'cmu', root: 'Hips2' });
});

test('the user’s body model goes with the file it was chosen for, and can be taken off', () => {
  const chosen = { bodyModel: 'token' };
  expect(choicesToOpen(SMPL, chosen)).toEqual(chosen);
  expect(withoutBodyModel(chosen)).toEqual({});
});

test('whom to take and whose proportions are not remembered; whether keypoints are lifted is', () => {
  expect(choicesToRemember(KEYPOINTS, { person: '7', lift: false, bodyModel: 'token' })).toEqual({
    fps: 30,
    lift: false,
  });
  expect(startingChoices(KEYPOINTS, { person: '7', lift: false, bodyModel: 'token' })).toEqual({
    lift: false,
  });
  expect(startingChoices(ARRAY, { lift: false })).toEqual({});
});

test('a clip opened again keeps its person, and keypoints left 2D stay 2D', () => {
  expect(choicesAgain(KEYPOINTS, { person: '7' })).toEqual({ person: '7', lift: false });
  expect(choicesAgain(KEYPOINTS, { person: 'gone', lift: true })).toEqual({ lift: true });
});
