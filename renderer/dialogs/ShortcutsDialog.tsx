import { Select, Text, TextInput } from '@mantine/core';
import { useEffect, useId, useRef, useState } from 'react';
import type { CommandId } from '../shortcuts/command-names.ts';
import { searchCommands } from '../shortcuts/command-search.ts';
import { COMMANDS, runCommand } from '../shortcuts/commands.ts';
import { KeyLabel } from '../shortcuts/KeyLabel.tsx';
import { KEYMAPS, keysOf } from '../shortcuts/keymaps.ts';
import { closeDialog, useActivity } from '../state/activity.ts';
import { type KeymapName, setView, useView } from '../state/view.ts';
import { DialogFrame } from './DialogFrame.tsx';
import classes from './ShortcutsDialog.module.css';

const COMMANDS_BY_ID = new Map(COMMANDS.map((command) => [command.id, command]));

/** Every command with its keys, to look up and to run. */
export function ShortcutsDialog() {
  const isOpen = useActivity((state) => state.dialog?.kind === 'shortcuts');
  return (
    <DialogFrame testId="shortcuts-dialog" title="Commands and keys" width={620} isOpen={isOpen}>
      {isOpen && <CommandPalette />}
    </DialogFrame>
  );
}

function CommandPalette() {
  const keymap = useView((view) => view.keymap);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  const listId = useId();
  const listRef = useRef<HTMLDivElement>(null);

  const groups = searchCommands(query);
  const found = groups.flatMap(({ commands }) => commands);
  const current = found[Math.min(chosen, found.length - 1)];
  const optionId = (command: CommandId): string => `${listId}-${command}`;
  useEffect(() => {
    if (current === undefined) return;
    listRef.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);

  const onKeyDown = (event: React.KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setChosen((found.indexOf(current) + step + found.length) % Math.max(1, found.length));
    }
    if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault();
      run(current);
    }
  };
  return (
    <>
      <div className={classes.bar}>
        <TextInput
          size="xs"
          data-autofocus
          placeholder="Search, Enter to run"
          role="combobox"
          aria-label="Search commands"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={current === undefined ? undefined : optionId(current)}
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Select
          size="xs"
          aria-label="Keymap"
          allowDeselect={false}
          value={keymap}
          data={Object.entries(KEYMAPS).map(([value, { title }]) => ({ value, label: `${title} keys` }))}
          onChange={(name) => setView({ keymap: name as KeymapName })}
        />
      </div>
      <div id={listId} role="listbox" aria-label="Commands" className={classes.list} ref={listRef}>
        {groups.map(({ group, commands }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options is no fieldset
          <div key={group} role="group" aria-label={group}>
            <div className={classes.group} aria-hidden>
              {group}
            </div>
            {commands.map((command) => (
              <CommandOption
                key={command}
                id={optionId(command)}
                command={command}
                keymap={keymap}
                isChosen={command === current}
                onPoint={() => setChosen(found.indexOf(command))}
              />
            ))}
          </div>
        ))}
      </div>
      {found.length === 0 && (
        <Text size="xs" role="status">
          No command holds these words. Search for a part of its name.
        </Text>
      )}
      <Text size="xs" mt="sm">
        Tab switches the layout only after a click into the viewport; otherwise it moves the focus, and
        Shift+Tab always does.
      </Text>
    </>
  );
}

interface CommandOptionProps {
  readonly id: string;
  readonly command: CommandId;
  readonly keymap: KeymapName;
  readonly isChosen: boolean;
  readonly onPoint: () => void;
}

function CommandOption({ id, command, keymap, isChosen, onPoint }: CommandOptionProps) {
  const { title, isEnabled } = COMMANDS_BY_ID.get(command)!;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the search field keeps the focus and names the option
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search field takes the keys
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      aria-disabled={isEnabled?.() === false}
      className={classes.option}
      onPointerMove={isChosen ? undefined : onPoint}
      onClick={() => run(command)}
    >
      <span>{title}</span>
      <span className={classes.keys}>
        {keysOf(keymap, command).map((binding) => (
          <KeyLabel key={binding} binding={binding} />
        ))}
      </span>
    </div>
  );
}

/** The dialog goes first, so that a command that opens another finds its place free. */
function run(command: CommandId): void {
  if (COMMANDS_BY_ID.get(command)!.isEnabled?.() === false) return;
  closeDialog();
  runCommand(command);
}
