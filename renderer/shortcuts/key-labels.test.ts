import { expect, test } from 'vitest';
import { ariaKeyShortcut, keyLabels } from './key-labels.ts';

test('a binding reads as what stands on the keys', () => {
  expect(keyLabels('$mod+Shift+z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyLabels('Alt+KeyV', false)).toEqual(['Alt', 'V']);
  expect(keyLabels('Shift+ArrowLeft', false)).toEqual(['Shift', '←']);
  expect(keyLabels('Numpad7', false)).toEqual(['Num 7']);
  expect(keyLabels('$mod+,', false)).toEqual(['Ctrl', ',']);
});

test('a modifier that need not be held is not shown', () => {
  expect(keyLabels('[Shift]+?', false)).toEqual(['?']);
});

test('macOS has its own signs for modifiers', () => {
  expect(keyLabels('$mod+Shift+z', true)).toEqual(['⌘', '⇧', 'Z']);
});

test('screen readers get the names of the platform', () => {
  expect(ariaKeyShortcut('$mod+Shift+z', true)).toBe('Meta+Shift+z');
  expect(ariaKeyShortcut('Digit1', false)).toBe('1');
});
