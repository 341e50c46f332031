import { expect, test } from 'vitest';
import { COMMAND_IDS } from './command-names.ts';
import { searchCommands } from './command-search.ts';

test('without a query every command is listed once', () => {
  const listed = searchCommands('  ').flatMap(({ commands }) => commands);
  expect([...listed].sort()).toEqual([...COMMAND_IDS].sort());
});

test('a query finds words of the title in any order and case', () => {
  expect(searchCommands('SIDE view').flatMap(({ commands }) => commands)).toContain('view-side');
  expect(searchCommands('frame ten')).toEqual([{ group: 'Playback', commands: ['next-10', 'previous-10'] }]);
});

test('a query finds a whole group by its name', () => {
  expect(searchCommands('bad frames').map(({ group }) => group)).toContain('Bad frames');
});

test('nothing is found for what is no command', () => {
  expect(searchCommands('teapot')).toEqual([]);
});
