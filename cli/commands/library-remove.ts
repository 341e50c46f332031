import type { Command } from 'commander';
import { PoseMendError } from '../../contract/errors.ts';
import type { EntryFilter } from '../../native-model/pvd/pose-store.ts';
import { type Session, writeLine } from '../io.ts';
import { libraryFolder, withLibrary } from '../library-access.ts';
import { parsePositiveCount, parseWords } from '../option-values.ts';
import { counted } from '../text-table.ts';

interface RemoveFlags {
  readonly library?: string;
  readonly tag?: readonly string[];
  readonly clip?: string;
  readonly person?: string;
}

export function addLibraryRemoveCommand(library: Command, session: Session): void {
  library
    .command('remove')
    .description('Removes windows: those that match everything given.')
    .argument(
      '[id...]',
      'numbers of windows, as library list shows them',
      (text: string, previous: number[] | undefined) => [...(previous ?? []), parsePositiveCount(text)],
    )
    .option('--library <folder>', 'the library; your own unless stated')
    .option('--tag <words>', 'what carries this tag, or all of several separated by commas', parseWords)
    .option('--clip <name>', 'the windows of this clip')
    .option('--person <name>', 'the windows of this person')
    .action((ids: number[] | undefined, flags: RemoveFlags) => remove(session, ids ?? [], flags));
}

async function remove({ io }: Session, ids: readonly number[], flags: RemoveFlags): Promise<void> {
  const filter: EntryFilter = {
    ...(ids.length > 0 && { ids }),
    ...(flags.tag !== undefined && { tags: flags.tag }),
    ...(flags.clip !== undefined && { clip: flags.clip }),
    ...(flags.person !== undefined && { person: flags.person }),
  };
  if (Object.keys(filter).length === 0) {
    const advice = 'give numbers from posemend library list, --clip NAME, --person NAME or --tag WORD';
    throw new PoseMendError('usage', `library remove: this names nothing to remove; ${advice}`);
  }
  const folder = await libraryFolder(io, flags);
  await withLibrary(io, folder, 'write', (library) => {
    const removed = library.delete(filter);
    if (removed === 0) {
      throw new PoseMendError(
        'input',
        `${folder}: no window matches; posemend library list shows what there is`,
      );
    }
    writeLine(io.stdout, `${counted(removed, 'window')} removed, ${library.count()} left`);
  });
}
