import { expect, test } from 'vitest';
import { cameraMove } from './navigation.ts';

const PLAIN = { alt: false, shift: false, ctrl: false };

test('Blender: the middle button orbits, with Shift pans, with Ctrl zooms', () => {
  expect(cameraMove('blender', 'middle', PLAIN)).toBe('orbit');
  expect(cameraMove('blender', 'middle', { ...PLAIN, shift: true })).toBe('pan');
  expect(cameraMove('blender', 'middle', { ...PLAIN, ctrl: true })).toBe('zoom');
  expect(cameraMove('blender', 'left', PLAIN)).toBe('orbit');
});

test('Maya: Alt with left tumbles, with middle tracks, with right dollies; without Alt no drag moves the camera', () => {
  const alt = { ...PLAIN, alt: true };
  expect((['left', 'middle', 'right'] as const).map((button) => cameraMove('maya', button, alt))).toEqual([
    'orbit',
    'pan',
    'zoom',
  ]);
  expect((['left', 'middle', 'right'] as const).map((button) => cameraMove('maya', button, PLAIN))).toEqual([
    'none',
    'none',
    'none',
  ]);
});

test('Unity: Alt with left orbits, middle pans, Alt with right zooms; the left button alone selects', () => {
  const alt = { ...PLAIN, alt: true };
  expect(cameraMove('unity', 'left', alt)).toBe('orbit');
  expect(cameraMove('unity', 'middle', PLAIN)).toBe('pan');
  expect(cameraMove('unity', 'right', alt)).toBe('zoom');
  expect(cameraMove('unity', 'right', PLAIN)).toBe('orbit');
  expect(cameraMove('unity', 'left', PLAIN)).toBe('none');
});
