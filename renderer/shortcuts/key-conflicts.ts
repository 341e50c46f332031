import type { CommandId } from './command-names.ts';
import type { Keymap } from './keymaps.ts';

/** Two commands that one press would run. */
export interface KeyConflict {
  readonly press: string;
  readonly commands: readonly [CommandId, CommandId];
}

/**
 * Presses bound twice. A letter and its place (`v`, `KeyV`) count as the same press, since one keyboard makes them
 * so, and `$mod` as Ctrl.
 */
export function findKeyConflicts(keymap: Keymap): KeyConflict[] {
  const owners = new Map<string, CommandId>();
  const conflicts: KeyConflict[] = [];
  for (const [command, keys] of Object.entries(keymap) as [CommandId, readonly string[]][]) {
    for (const press of keys.flatMap(pressesOf)) {
      const owner = owners.get(press);
      if (owner === undefined) owners.set(press, command);
      else conflicts.push({ press, commands: [owner, command] });
    }
  }
  return conflicts;
}

/** Every press a binding stands for, spelt one way: modifiers in order, then the key. */
function pressesOf(binding: string): string[] {
  const { required, optional, key } = splitBinding(binding);
  let sets: string[][] = [required];
  for (const modifier of optional) sets = sets.flatMap((set) => [set, [...set, modifier]]);
  return sets.map((modifiers) => [...modifiers.map(spellModifier).sort(), spellKey(key)].join('+'));
}

/** The parts of a binding in tinykeys' notation. */
export function splitBinding(binding: string): {
  readonly required: string[];
  readonly optional: string[];
  readonly key: string;
} {
  const parts = binding.split(/(?<=\w|\])\+/);
  const key = parts.pop()!;
  return {
    required: parts.filter((part) => !part.startsWith('[')),
    optional: parts.filter((part) => part.startsWith('[')).map((part) => part.slice(1, -1)),
    key,
  };
}

function spellModifier(modifier: string): string {
  return modifier === '$mod' ? 'Control' : modifier;
}

const PLACES: Readonly<Record<string, string>> = { Period: '.', Comma: ',' };

function spellKey(key: string): string {
  return (PLACES[key] ?? key.replace(/^(Key|Digit)(?=.$)/, '')).toLowerCase();
}
