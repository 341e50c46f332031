import type { CommandId } from '../../shortcuts/command-names.ts';
import { ariaKeyShortcut, keyLabels } from '../../shortcuts/key-labels.ts';
import { keysOf } from '../../shortcuts/keymaps.ts';
import { IS_MAC } from '../../shortcuts/platform.ts';
import { useView } from '../../state/view.ts';

/** The key of a command as it stands on the keyboard: `Ctrl+Enter`; '' where it has none. */
export function useKeyText(command: CommandId): string {
  const keymap = useView((view) => view.keymap);
  const [key] = keysOf(keymap, command);
  return key === undefined ? '' : keyLabels(key, IS_MAC).join(IS_MAC ? '' : '+');
}

/** The same for `aria-keyshortcuts`. */
export function useAriaKey(command: CommandId): string {
  const keymap = useView((view) => view.keymap);
  const [key] = keysOf(keymap, command);
  return key === undefined ? '' : ariaKeyShortcut(key, IS_MAC);
}
