import type { KeymapName } from '../state/view.ts';
import type { CommandId } from './command-names.ts';

/**
 * Keys of each command, in tinykeys' notation: `Shift+b` is the key that types a B, `Digit1` and `Space` are places
 * on the keyboard, `$mod` is Cmd on macOS and Ctrl elsewhere, a modifier in brackets may be held or not.
 * With Alt, places are named instead of letters, because macOS types other characters with it.
 */
export type Keymap = Readonly<Partial<Record<CommandId, readonly string[]>>>;

export interface KeymapPreset {
  readonly title: string;
  /** For whom it is. */
  readonly description: string;
  readonly keys: Keymap;
}

const DEFAULT_KEYS: Keymap = {
  open: ['$mod+o'],
  export: ['$mod+e'],
  'close-clip': ['Alt+KeyW'],
  'next-clip': ['PageDown'],
  'previous-clip': ['PageUp'],

  refine: ['$mod+Enter'],
  cancel: ['$mod+.'],
  report: ['r'],
  undo: ['$mod+z'],
  redo: ['$mod+Shift+z', '$mod+y'],

  play: ['Space'],
  'play-backwards': ['j'],
  stop: ['k'],
  'play-faster': ['l'],
  'next-frame': ['ArrowRight'],
  'previous-frame': ['ArrowLeft'],
  'next-10': ['Shift+ArrowRight'],
  'previous-10': ['Shift+ArrowLeft'],
  'first-frame': ['Home'],
  'last-frame': ['End'],
  'go-to-frame': ['$mod+g'],

  'next-bad': ['ArrowDown', '.'],
  'previous-bad': ['ArrowUp', ','],
  'worst-bad': ['w'],

  'set-in': ['i'],
  'set-out': ['o'],
  'clear-in': ['Alt+KeyI'],
  'clear-out': ['Alt+KeyO'],
  'clear-range': ['x'],

  peek: ['b'],
  'toggle-before-after': ['Shift+b'],
  'toggle-ghosts': ['g'],
  'toggle-layout': ['Tab'],
  'toggle-differences': ['d'],
  'toggle-tint': ['t'],
  'toggle-follow': ['c'],
  'frame-selection': ['f'],
  'view-front': ['Digit1', 'Numpad1'],
  'view-back': ['Shift+Digit1'],
  'view-side': ['Digit3', 'Numpad3'],
  'view-top': ['Digit7', 'Numpad7'],
  'zoom-timeline-all': ['a'],
  'zoom-timeline-span': ['z'],

  'focus-clips': ['Alt+KeyL'],
  shortcuts: ['[Shift]+?', '$mod+k'],
  settings: ['$mod+,'],
};

/** Blender's defaults: Shift+←/→ are the ends, ↑/↓ jump on and back, the numeric pad holds the views. */
const BLENDER_KEYS: Keymap = {
  ...DEFAULT_KEYS,
  'play-backwards': ['$mod+Shift+Space', 'j'],
  'first-frame': ['Shift+ArrowLeft'],
  'last-frame': ['Shift+ArrowRight'],
  'next-10': ['Shift+ArrowUp'],
  'previous-10': ['Shift+ArrowDown'],
  'next-bad': ['ArrowUp'],
  'previous-bad': ['ArrowDown'],
  'set-in': ['$mod+Home', 'i'],
  'set-out': ['$mod+End', 'o'],
  'clear-range': ['Alt+KeyP', 'x'],
  'frame-selection': ['NumpadDecimal', 'f'],
  'view-back': ['$mod+Numpad1', 'Shift+Digit1'],
  'zoom-timeline-all': ['Home'],
  'zoom-timeline-span': ['z'],
  shortcuts: ['[Shift]+?', 'F3', '$mod+k'],
};

/** Maya's defaults: Alt+V plays, Alt+, and Alt+. step, comma and period jump, Z undoes, A shows all. */
const MAYA_KEYS: Keymap = {
  ...DEFAULT_KEYS,
  undo: ['$mod+z', 'z'],
  redo: ['$mod+Shift+z', 'Shift+z', '$mod+y'],
  play: ['Alt+KeyV', 'Space'],
  'next-frame': ['Alt+Period', 'ArrowRight'],
  'previous-frame': ['Alt+Comma', 'ArrowLeft'],
  'first-frame': ['Alt+Shift+KeyV', 'Home'],
  'next-bad': ['.', 'ArrowDown'],
  'previous-bad': [',', 'ArrowUp'],
  'zoom-timeline-span': ['Shift+a'],
};

export const KEYMAPS: Readonly<Record<KeymapName, KeymapPreset>> = {
  default: {
    title: 'Default',
    description: 'Space plays, arrows step through frames and bad spans, J K L shuttle',
    keys: DEFAULT_KEYS,
  },
  blender: {
    title: 'Blender',
    description:
      'Shift+←/→ for the ends, ↑/↓ for the next and previous bad span, Home for the whole timeline',
    keys: BLENDER_KEYS,
  },
  maya: {
    title: 'Maya',
    description: 'Alt+V plays, Alt+comma and Alt+period step, comma and period jump between bad spans',
    keys: MAYA_KEYS,
  },
};

/** Keys of a command, the one to show first; empty if only the palette has it. */
export function keysOf(keymap: KeymapName, command: CommandId): readonly string[] {
  return KEYMAPS[keymap].keys[command] ?? [];
}
