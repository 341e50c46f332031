import type { Command } from 'commander';
import type { EntryFilter } from '../../native-model/pvd/pose-store.ts';
import { type Session, writeLine } from '../io.ts';
import { type LibraryFlags, libraryFolder, withLibrary } from '../library-access.ts';
import { parsePositiveCount, parseWords } from '../option-values.ts';
import { textTable } from '../text-table.ts';

interface ListFlags extends LibraryFlags {
  readonly tag?: readonly string[];
  readonly clip?: string;
  readonly person?: string;
  readonly clips?: boolean;
  readonly page: number;
  readonly limit: number;
  readonly json?: boolean;
}

export function addLibraryListCommand(library: Command, session: Session): void {
  library
    .command('list')
    .description('Shows the windows of a library, page by page, or its clips.')
    .option('--library <folder>', 'the library; your own unless stated')
    .option('--shipped', 'the library that came with the program')
    .option('--tag <words>', 'only what carries this tag, or all of several separated by commas', parseWords)
    .option('--clip <name>', 'only windows of this clip')
    .option('--person <name>', 'only windows of this person')
    .option('--clips', 'one line for each clip instead of each window')
    .option('--page <number>', 'which page', parsePositiveCount, 1)
    .option('--limit <count>', 'windows on a page', parsePositiveCount, 100)
    .option('--json', 'print JSON')
    .action((flags: ListFlags) => list(session, flags));
}

async function list({ io }: Session, flags: ListFlags): Promise<void> {
  const filter: EntryFilter = {
    ...(flags.tag !== undefined && { tags: flags.tag }),
    ...(flags.clip !== undefined && { clip: flags.clip }),
    ...(flags.person !== undefined && { person: flags.person }),
  };
  const folder = await libraryFolder(io, flags);
  await withLibrary(io, folder, 'read', (library) => {
    if (flags.clips) {
      const clips = library.clips(filter);
      if (flags.json) io.stdout.write(`${JSON.stringify(clips)}\n`);
      else {
        const rows = clips.map((clip) => [
          clip.clip,
          String(clip.entries),
          shownFps(clip.fps),
          clip.person || '-',
          clip.tags.join(',') || '-',
          clip.licence || '-',
        ]);
        const head = ['clip', 'windows', 'fps', 'person', 'tags', 'licence'];
        for (const line of textTable([head, ...rows], [1, 2])) writeLine(io.stdout, line);
      }
      return;
    }
    const offset = (flags.page - 1) * flags.limit;
    const { entries, total } = library.list(filter, { offset, limit: flags.limit });
    if (flags.json) {
      io.stdout.write(`${JSON.stringify({ total, page: flags.page, limit: flags.limit, entries })}\n`);
      return;
    }
    const rows = entries.map((entry) => [
      String(entry.id),
      entry.clip,
      `${entry.startFrame}-${entry.endFrame}`,
      shownFps(entry.fps),
      entry.person || '-',
      entry.tags.join(',') || '-',
      entry.licence || '-',
    ]);
    const head = ['id', 'clip', 'frames', 'fps', 'person', 'tags', 'licence'];
    for (const line of textTable([head, ...rows], [0, 2, 3])) writeLine(io.stdout, line);
    const last = Math.min(offset + entries.length, total);
    const more = last < total && entries.length > 0 ? `; --page ${flags.page + 1} shows more` : '';
    writeLine(io.stdout, `${entries.length === 0 ? 'none' : `${offset + 1} to ${last}`} of ${total}${more}`);
  });
}

function shownFps(fps: number): string {
  return String(Number(fps.toFixed(2)));
}
