import type { Command } from 'commander';
import { type Session, writeLine } from '../io.ts';
import { libraryFolder } from '../library-access.ts';
import { counted } from '../text-table.ts';

export function addLibraryRebuildCommand(library: Command, session: Session): void {
  library
    .command('rebuild')
    .description('Makes the search index anew, and saves what can be read of a damaged library.')
    .option('--library <folder>', 'the library; your own unless stated')
    .action((flags: { readonly library?: string }) => rebuild(session, flags));
}

async function rebuild({ io }: Session, flags: { readonly library?: string }): Promise<void> {
  const { rebuildLibrary } = await import('../../native-model/index.ts');
  const folder = await libraryFolder(io, flags);
  const onNotice = (message: string) => writeLine(io.stderr, message);
  const salvaged = await rebuildLibrary(folder, { signal: io.signal, onNotice });
  if (salvaged === undefined) {
    writeLine(io.stdout, `${folder}: index rebuilt`);
    return;
  }
  const { kept, lost, damagedFile } = salvaged;
  writeLine(
    io.stdout,
    `${folder}: was damaged; ${counted(kept, 'window')} kept, ${lost} lost; the damaged file is now ${damagedFile}`,
  );
}
