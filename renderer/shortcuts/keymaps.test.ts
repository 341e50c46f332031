import { expect, test } from 'vitest';
import type { KeymapName } from '../state/view.ts';
import { COMMAND_IDS, isCommandId } from './command-names.ts';
import { findKeyConflicts } from './key-conflicts.ts';
import { KEYMAPS, keysOf } from './keymaps.ts';

const NAMES = Object.keys(KEYMAPS) as KeymapName[];

test.each(NAMES)('no press of the %s keymap runs two commands', (name) => {
  expect(findKeyConflicts(KEYMAPS[name].keys)).toEqual([]);
});

test.each(NAMES)('the %s keymap binds commands that exist, and nothing else', (name) => {
  for (const command of Object.keys(KEYMAPS[name].keys)) expect(isCommandId(command)).toBe(true);
});

test.each(NAMES)('in the %s keymap every command but opening the sample has a key', (name) => {
  const without = COMMAND_IDS.filter((command) => keysOf(name, command).length === 0);
  expect(without).toEqual(['open-sample']);
});

test.each(NAMES)(
  'in the %s keymap the palette has a key, so that every other command can be reached',
  (name) => {
    expect(keysOf(name, 'shortcuts')).toContain('$mod+k');
  },
);

test('one press bound to two commands is found, however it is spelt', () => {
  expect(findKeyConflicts({ play: ['Alt+KeyV'], stop: ['Alt+v'] })).toEqual([
    { press: 'Alt+v', commands: ['play', 'stop'] },
  ]);
  expect(findKeyConflicts({ play: ['Digit1'], stop: ['1'] })).toHaveLength(1);
  expect(findKeyConflicts({ play: ['$mod+Shift+z'], stop: ['Shift+Control+z'] })).toHaveLength(1);
});

test('a modifier that may be held or not takes both presses', () => {
  expect(findKeyConflicts({ play: ['[Shift]+?'], stop: ['?'] })).toHaveLength(1);
  expect(findKeyConflicts({ play: ['[Shift]+?'], stop: ['Shift+?'] })).toHaveLength(1);
  expect(findKeyConflicts({ play: ['[Shift]+?'], stop: ['Alt+?'] })).toEqual([]);
});

test('the same key with another modifier is another press', () => {
  expect(findKeyConflicts({ play: ['b'], stop: ['Shift+b'], undo: ['$mod+b'] })).toEqual([]);
});
