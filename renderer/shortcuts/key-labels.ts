import { splitBinding } from './key-conflicts.ts';

const NAMES: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page up',
  PageDown: 'Page down',
  Period: '.',
  Comma: ',',
  NumpadDecimal: 'Num .',
};
const MAC_MODIFIERS: Readonly<Record<string, string>> = {
  $mod: '⌘',
  Meta: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
};
const MODIFIERS: Readonly<Record<string, string>> = { $mod: 'Ctrl', Meta: 'Meta', Control: 'Ctrl' };

/** What stands on the keys of a binding, one string a key: `$mod+Shift+z` is Ctrl, Shift, Z. */
export function keyLabels(binding: string, isMac: boolean): string[] {
  const { required, key } = splitBinding(binding);
  const modifiers = isMac ? MAC_MODIFIERS : MODIFIERS;
  return [...required.map((modifier) => modifiers[modifier] ?? modifier), keyName(key)];
}

/** The same as `aria-keyshortcuts` says it, for screen readers. */
export function ariaKeyShortcut(binding: string, isMac: boolean): string {
  const { required, key } = splitBinding(binding);
  const mod = isMac ? 'Meta' : 'Control';
  return [...required.map((modifier) => (modifier === '$mod' ? mod : modifier)), bareKey(key)].join('+');
}

function keyName(key: string): string {
  if (NAMES[key] !== undefined) return NAMES[key];
  if (key.startsWith('Numpad')) return `Num ${key.slice('Numpad'.length)}`;
  const bare = bareKey(key);
  return bare.length === 1 ? bare.toUpperCase() : bare;
}

function bareKey(key: string): string {
  return key.replace(/^(Key|Digit)(?=.$)/, '');
}
