import { expect, test } from 'vitest';
import type { ClipEdits } from '../state/document.ts';
import { exportChoices, startingForm } from './export-form.ts';
import { EXPORT_PRESET_NAMES, isPreset, presetTarget } from './export-presets.ts';

const BVH = { format: 'bvh', dimensions: 3 } as const;
const NPY = { format: 'npy', dimensions: 3 } as const;
const KEYPOINTS = { format: 'npy', dimensions: 2 } as const;

/** Three takes, the second on show; frames 10 to 20 chosen. */
const EDITS = {
  takes: ['take-1', 'take-2', 'take-3'],
  compare: { a: 'input', b: 'take-2' },
  range: [10, 20],
} as unknown as ClipEdits;
const NO_TAKES = { takes: [], compare: { a: 'input', b: null }, range: null } as unknown as ClipEdits;

test('as the input keeps the format of the clip, the others write a BVH', () => {
  expect(presetTarget('as-input', NPY)).toEqual({ format: 'npy', unit: 'as-input', up: 'as-input' });
  expect(presetTarget('blender', NPY)).toEqual({ format: 'bvh', unit: 'm', up: 'y' });
  expect(presetTarget('unreal', BVH)).toEqual({ format: 'bvh', unit: 'cm', up: 'z' });
});

test('2D keypoints stay an array as found under every preset', () => {
  for (const preset of EXPORT_PRESET_NAMES) {
    expect(presetTarget(preset, KEYPOINTS)).toEqual({ format: 'npy', unit: 'as-input', up: 'as-input' });
  }
});

test('a target belongs to the presets that set it', () => {
  expect(isPreset('blender', BVH, { format: 'bvh', unit: 'm', up: 'y' })).toBe(true);
  expect(isPreset('blender', BVH, { format: 'bvh', unit: 'cm', up: 'y' })).toBe(false);
});

test('the take on show is what goes out, and the input where there is no take', () => {
  expect(startingForm(BVH, EDITS, null)).toMatchObject({ takes: ['take-2'], raw: false, isCut: true });
  expect(startingForm(BVH, NO_TAKES, null)).toMatchObject({ takes: [], raw: true, isCut: false });
});

test('the last preset of the session is taken for the format of the next clip', () => {
  const target = presetTarget('as-input', BVH);
  const form = startingForm(NPY, EDITS, { preset: 'as-input', target, fps: 24 });
  expect(form).toMatchObject({ preset: 'as-input', target: { format: 'npy' }, fps: 24 });
});

test('what was set by hand is kept, but 2D keypoints cannot become a BVH', () => {
  const habit = { preset: null, target: { format: 'bvh', unit: 'mm', up: 'z' }, fps: null } as const;
  expect(startingForm(NPY, EDITS, habit).target).toEqual(habit.target);
  expect(startingForm(KEYPOINTS, EDITS, habit).target.format).toBe('npy');
});

test('takes go out in the order of the list, cut to the range, at the chosen rate', () => {
  const form = { ...startingForm(BVH, EDITS, null), takes: ['take-3', 'take-1'], fps: 60 };
  expect(exportChoices('clip-1', EDITS, form)).toEqual({
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
  const choices = exportChoices('clip-1', NO_TAKES, { ...startingForm(BVH, NO_TAKES, null), isCut: true });
  expect(choices).not.toHaveProperty('range');
  expect(choices).not.toHaveProperty('fps');
});
