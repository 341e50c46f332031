import { expect, test } from 'vitest';
import type { ClipEdits } from '../state/document.ts';
import { exportChoices, startingForm } from './export-form.ts';
import { type ExportedClip, formatsFor } from './export-formats.ts';
import { changedTarget, EXPORT_PRESET_NAMES, presetTarget, withChange } from './export-presets.ts';

const BVH: ExportedClip = { format: 'bvh', kind: 'skeleton', dimensions: 3 };
const NPY: ExportedClip = { format: 'npy', kind: 'positions', dimensions: 3 };
const KEYPOINTS: ExportedClip = { format: 'json', kind: 'positions', dimensions: 2 };

/** Three takes, the second on show; frames 10 to 20 chosen. */
const EDITS = {
  takes: ['take-1', 'take-2', 'take-3'],
  compare: { a: 'input', b: 'take-2' },
  range: [10, 20],
} as unknown as ClipEdits;
const NO_TAKES = { takes: [], compare: { a: 'input', b: null }, range: null } as unknown as ClipEdits;

test('as the input keeps the format of the clip where it is written, and what is in it where not', () => {
  const own = (clip: ExportedClip) => presetTarget('as-input', clip).format;
  expect(own(BVH)).toBe('bvh');
  expect(own({ ...BVH, format: 'gltf' })).toBe('glb');
  expect(own({ ...BVH, format: 'pkl' })).toBe('smpl');
  expect(own({ ...NPY, format: 'c3d' })).toBe('npz');
});

test('programs get what they import by themselves, with names they know', () => {
  expect(presetTarget('blender', NPY)).toMatchObject({ format: 'glb', names: 'as-input' });
  expect(presetTarget('unity', BVH)).toMatchObject({ format: 'fbx', names: 'humanik', rootMotion: 'hips' });
  expect(presetTarget('unreal', BVH)).toMatchObject({ format: 'fbx', names: 'unreal', rootMotion: 'root' });
  expect(presetTarget('maya', BVH)).toMatchObject({ format: 'fbx', names: 'humanik' });
});

test('2D keypoints stay pixels under every preset and change', () => {
  for (const preset of EXPORT_PRESET_NAMES) {
    expect(presetTarget(preset, KEYPOINTS)).toMatchObject({
      format: 'npz',
      unit: 'as-input',
      up: 'as-input',
    });
    expect(changedTarget(preset, { format: 'fbx', unit: 'mm' }, KEYPOINTS)).toMatchObject({
      format: 'npz',
      unit: 'as-input',
    });
  }
  expect(changedTarget('as-input', { format: 'csv' }, KEYPOINTS).format).toBe('csv');
  expect(formatsFor(KEYPOINTS)).not.toContain('bvh');
});

test('going back to what the preset says is no change', () => {
  const changes = withChange('unity', {}, BVH, { names: 'mixamo', keyErrorMm: 1 });
  expect(changes).toEqual({ names: 'mixamo', keyErrorMm: 1 });
  expect(withChange('unity', changes, BVH, { names: 'humanik' })).toEqual({ keyErrorMm: 1 });
});

test('the take on show is what goes out, and the input where there is no take', () => {
  expect(startingForm(EDITS, null)).toMatchObject({ takes: ['take-2'], raw: false, isCut: true });
  expect(startingForm(NO_TAKES, null)).toMatchObject({ takes: [], raw: true, isCut: false });
});

test('the next clip is exported as the last one was, in its own format', () => {
  const form = startingForm(EDITS, { preset: 'as-input', changes: { unit: 'mm' }, fps: 24 });
  expect(exportChoices('clip-1', NPY, EDITS, form)).toMatchObject({ format: 'npy', unit: 'mm', fps: 24 });
});

test('takes go out in the order of the list, cut to the range, at the chosen rate', () => {
  const form = { ...startingForm(EDITS, null), takes: ['take-3', 'take-1'], fps: 60 };
  expect(exportChoices('clip-1', BVH, EDITS, form)).toEqual({
    clip: 'clip-1',
    takes: ['take-1', 'take-3'],
    raw: false,
    format: 'bvh',
    unit: 'as-input',
    up: 'as-input',
    range: [10, 20],
    fps: 60,
  });
});

test('the whole clip at its own rate is said by leaving both out', () => {
  const choices = exportChoices('clip-1', BVH, NO_TAKES, { ...startingForm(NO_TAKES, null), isCut: true });
  expect(choices).not.toHaveProperty('range');
  expect(choices).not.toHaveProperty('fps');
});

test('only what a format has is asked of it', () => {
  const changes = {
    unit: 'mm',
    names: 'mixamo',
    rootMotion: 'in-place',
    keyErrorMm: 2,
    restFrame: true,
  } as const;
  const asked = (format: 'fbx' | 'bvh' | 'csv') => {
    const form = {
      ...startingForm(NO_TAKES, null),
      preset: 'unity',
      changes: { ...changes, format },
    } as const;
    const {
      clip: _,
      takes: __,
      raw: ___,
      up: ____,
      format: _____,
      ...own
    } = exportChoices('clip-1', BVH, NO_TAKES, form);
    return own;
  };
  const names = { names: 'mixamo', rootMotion: 'in-place' };
  expect(asked('fbx')).toEqual({ unit: 'as-input', keyErrorMm: 2, preset: 'unity', ...names });
  expect(asked('bvh')).toEqual({ unit: 'mm', restFrame: true, ...names });
  // Unity's script imports FBX; no script imports a table of positions.
  expect(asked('csv')).toEqual({ unit: 'mm' });
});
