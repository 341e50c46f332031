import type { Command } from 'commander';
import type { StoreInfo } from '../../native-model/pvd/pose-store.ts';
import { type Session, writeLine } from '../io.ts';
import { hasLibrary, type LibraryFlags, libraryFolder, withLibrary } from '../library-access.ts';
import { textTable } from '../text-table.ts';

interface InfoFlags extends LibraryFlags {
  readonly json?: boolean;
}

export function addLibraryInfoCommand(library: Command, session: Session): void {
  library
    .command('info')
    .description('Shows what a library is: the shipped one and your own unless one is named.')
    .option('--library <folder>', 'this library only')
    .option('--shipped', 'the library that came with the program only')
    .option('--json', 'print JSON')
    .action((flags: InfoFlags) => info(session, flags));
}

async function info({ io }: Session, flags: InfoFlags): Promise<void> {
  const read = (folder: string) => withLibrary(io, folder, 'read', (library) => library.info());
  if (flags.library !== undefined || flags.shipped) {
    const found = await read(await libraryFolder(io, flags));
    if (flags.json) io.stdout.write(`${JSON.stringify(jsonOf(found))}\n`);
    else writeLine(io.stdout, describe('library', found));
    return;
  }
  const shipped = await read(await libraryFolder(io, { shipped: true }));
  const folder = await libraryFolder(io, {});
  const own = (await hasLibrary(folder)) ? await read(folder) : null;
  if (flags.json) {
    io.stdout.write(
      `${JSON.stringify({ shipped: jsonOf(shipped), own: own === null ? null : jsonOf(own) })}\n`,
    );
    return;
  }
  writeLine(io.stdout, describe('shipped library', shipped));
  writeLine(
    io.stdout,
    own === null
      ? `your library: none yet; posemend library add makes it in ${folder}`
      : describe('your library', own),
  );
}

function describe(title: string, found: StoreInfo): string {
  const { windowLength, windowFps, vectorVersion } = found.schema;
  const rows = [
    ['windows', `${found.entries} of ${windowLength} frames at ${windowFps} per second`],
    ['clips', `${found.clips}, of ${found.persons} known persons`],
    ['licences', found.licences.map((licence) => licence || '(not stated)').join(', ') || 'none'],
    ['version', `${found.version}, vectors ${vectorVersion}`],
    ['size', sizeText(found.bytes)],
  ];
  return [`${title}: ${found.path}`, ...textTable(rows).map((line) => `  ${line}`)].join('\n');
}

/** Without how it would be searched: a library opened for reading its facts makes no index. */
function jsonOf({ search: _search, readOnly: _readOnly, ...facts }: StoreInfo): object {
  return facts;
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
