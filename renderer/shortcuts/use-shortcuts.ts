import { useEffect } from 'react';
import { createKeybindingsHandler, type KeybindingsMap } from 'tinykeys';
import { useActivity } from '../state/activity.ts';
import { useView } from '../state/view.ts';
import { COMMANDS, type Command } from './commands.ts';
import { type FocusedElement, isKeyOfElement } from './focus-rules.ts';
import { splitBinding } from './key-conflicts.ts';
import { KEYMAPS, type Keymap } from './keymaps.ts';

/** Listens for the keys of the chosen keymap, at the window, for as long as the component is there. */
export function useShortcuts(): void {
  const keymap = useView((view) => view.keymap);
  useEffect(() => listenForKeys(KEYMAPS[keymap].keys), [keymap]);
}

/** Returns how to stop. */
function listenForKeys(keymap: Keymap): () => void {
  const focus = watchFocus();
  const held = new Map<string, () => void>();
  const release = (): void => {
    for (const end of held.values()) end();
    held.clear();
  };

  const ignore = (event: KeyboardEvent): boolean =>
    event.defaultPrevented ||
    event.isComposing ||
    useActivity.getState().dialog !== null ||
    isKeyOfElement(focus.describe(event.target), event.key, event.ctrlKey || event.metaKey);
  const bindings: KeybindingsMap = {};
  const placeBindings: KeybindingsMap = {};
  for (const command of COMMANDS) {
    const handler = (event: KeyboardEvent): void => press(command, event, held);
    for (const key of keymap[command.id] ?? []) {
      bindings[key] = handler;
      placeBindings[byPlace(key)] = handler;
    }
  }
  const byLetter = createKeybindingsHandler(bindings, { ignore });
  // A keyboard that types no Latin letters has the commands at the places where a Latin one has them.
  const byPlaceOnly = createKeybindingsHandler(placeBindings, { ignore });
  const onKeyDown = (event: KeyboardEvent): void => {
    const isForeignLetter = event.key?.length === 1 && event.key.charCodeAt(0) > 0x7e;
    (isForeignLetter ? byPlaceOnly : byLetter)(event);
  };
  const onKeyUp = (event: KeyboardEvent): void => {
    held.get(event.code)?.();
    held.delete(event.code);
  };

  window.addEventListener('keydown', onKeyDown);
  window.addEventListener('keyup', onKeyUp);
  window.addEventListener('blur', release);
  return () => {
    release();
    focus.stop();
    window.removeEventListener('keydown', onKeyDown);
    window.removeEventListener('keyup', onKeyUp);
    window.removeEventListener('blur', release);
  };
}

function press(command: Command, event: KeyboardEvent, held: Map<string, () => void>): void {
  // A key of ours never does what the browser does with it, even while the command cannot run.
  event.preventDefault();
  if (event.repeat && !command.repeats) return;
  if (command.isEnabled?.() === false) return;
  command.run();
  if (command.release !== undefined) held.set(event.code, command.release);
}

/** The same binding with letters as places: `Shift+b` becomes `Shift+KeyB`. */
function byPlace(binding: string): string {
  const { key } = splitBinding(binding);
  if (!/^[a-z]$/i.test(key)) return binding;
  return `${binding.slice(0, -key.length)}Key${key.toUpperCase()}`;
}

interface FocusWatch {
  describe(target: EventTarget | null): FocusedElement;
  stop(): void;
}

/** Keeps in mind whether the focus came where it is by a click or by the Tab key. */
function watchFocus(): FocusWatch {
  let cameByPointer = false;
  const onPointerDown = (): void => {
    cameByPointer = true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Tab') return;
    const focused = describeElement(document.activeElement, cameByPointer);
    const movesFocus = event.shiftKey || isKeyOfElement(focused, event.key, false);
    if (movesFocus) cameByPointer = false;
  };
  window.addEventListener('pointerdown', onPointerDown, true);
  window.addEventListener('keydown', onKeyDown, true);
  return {
    describe: (target) => describeElement(target instanceof Element ? target : null, cameByPointer),
    stop: () => {
      window.removeEventListener('pointerdown', onPointerDown, true);
      window.removeEventListener('keydown', onKeyDown, true);
    },
  };
}

/** The tour calls itself a dialog, too, but the window goes on working beside it. */
const DIALOGS =
  '[role="dialog"]:not(.driver-popover), [role="alertdialog"], [role="menu"], [role="listbox"], dialog';

function describeElement(element: Element | null, cameByPointer: boolean): FocusedElement {
  const focused = element ?? document.body;
  return {
    tag: focused.tagName.toLowerCase(),
    type: focused instanceof HTMLInputElement ? focused.type : '',
    role: focused.getAttribute('role') ?? '',
    isEditable: focused instanceof HTMLElement && focused.isContentEditable,
    isInDialog: focused.closest(DIALOGS) !== null,
    isInViewport: focused.closest('[data-testid="viewport"]') !== null,
    cameByPointer,
  };
}
