import { COMMAND_IDS, COMMAND_NAMES, type CommandGroup, type CommandId } from './command-names.ts';

export interface CommandMatches {
  readonly group: CommandGroup;
  readonly commands: readonly CommandId[];
}

/** Commands whose title, group or id holds every word of the query, in the order of the list, by group. */
export function searchCommands(query: string): CommandMatches[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const groups = new Map<CommandGroup, CommandId[]>();
  for (const id of COMMAND_IDS) {
    const { title, group } = COMMAND_NAMES[id];
    const text = `${title} ${group} ${id}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    groups.set(group, [...(groups.get(group) ?? []), id]);
  }
  return [...groups].map(([group, commands]) => ({ group, commands }));
}
