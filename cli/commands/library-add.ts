import type { Command } from 'commander';
import { PoseMendError } from '../../contract/errors.ts';
import { BODY17_COUNT, BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import type { OpenedClip } from '../../native-model/index.ts';
import type { PoseLibrary } from '../../native-model/pvd/library.ts';
import { forEachItem } from '../batch.ts';
import { addClipOptions, type ClipFlags, toOpenOptions } from '../clip-options.ts';
import { expandInputs } from '../inputs.ts';
import { type Io, type Session, writeLine } from '../io.ts';
import { hasLibrary, libraryFolder } from '../library-access.ts';
import { parseWords } from '../option-values.ts';
import { openOne } from '../refine-one.ts';
import { counted } from '../text-table.ts';

interface AddFlags extends ClipFlags {
  readonly library?: string;
  readonly performer?: string;
  readonly tags?: readonly string[];
  readonly licence?: string;
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

export function addLibraryAddCommand(library: Command, session: Session): void {
  const command = library
    .command('add')
    .description('Cuts clean clips into windows and adds them. A file that is in the library is refused.')
    .argument('<files...>', 'clean clips, or folders of clips')
    .option('--library <folder>', 'the library; made if there is none')
    .option('--performer <name>', 'who performed the clips; refine --performer NAME then leaves them out')
    .option('--tags <words>', 'words to find them by, separated by commas', parseWords)
    .option('--licence <text>', 'licence of the clips');
  addClipOptions(command)
    .option('--strict', 'refuse clips that do not look clean, instead of warning')
    .option('--quiet', 'print errors only')
    .action((typed: string[], flags: AddFlags) => add(session, typed, flags));
}

async function add(session: Session, typed: readonly string[], flags: AddFlags): Promise<void> {
  const { io } = session;
  const { addClip } = await import('../../native-model/index.ts');
  const inputs = expandInputs(io, typed);
  const openOptions = toOpenOptions(io, flags);
  const folder = await libraryFolder(io, flags);
  let library: PoseLibrary | undefined;
  let added = 0;
  try {
    await forEachItem(session, {
      items: inputs.files,
      problems: inputs.problems,
      nameOf: (file) => file,
      action: async (file) => {
        const clip = await openOne(io, file, openOptions);
        if (clip.dimensions === 2) {
          throw new PoseMendError(
            'usage',
            `${file}: references are 3D and this clip is 2D; lift it (--lift)`,
          );
        }
        // Only now: a command that can add nothing leaves no empty library.
        library ??= await openOrCreate(io, folder);
        const source = {
          clip: clip.name,
          person: flags.performer ?? '',
          positions: withoutLead(clip),
          frameTime: clip.frameTime,
          licence: flags.licence ?? '',
          sourceHash: clip.sourceHash,
          tags: flags.tags ?? [],
        };
        const { ids, skipped, warnings } = await addClip(library, source, {
          refuseUnclean: flags.strict === true,
        });
        added += ids.length;
        if (flags.quiet) return;
        const span = ids.length === 1 ? `${ids[0]}` : `${ids[0]} to ${ids[ids.length - 1]}`;
        writeLine(io.stdout, `${file}: ${counted(ids.length, 'window')} added, as ${span}`);
        const notes = [...clip.notices, ...warnings.map((warning) => `may be a bad reference: ${warning}`)];
        if (skipped > 0)
          notes.push(`${counted(skipped, 'window')} left out: a joint is missing, or a calibration frame`);
        const derived = BODY17_NAMES.filter((_, joint) => clip.derived[joint]);
        if (derived.length > 0) notes.push(`made up from other joints: ${derived.join(', ')}`);
        for (const note of notes) writeLine(io.stdout, `  note: ${note}`);
      },
    });
  } finally {
    library?.close();
  }
  if (added > 0 && !flags.quiet) {
    writeLine(io.stdout, `${folder} has ${added} more; use it with posemend refine --library ${folder}`);
  }
}

async function openOrCreate(io: Io, folder: string): Promise<PoseLibrary> {
  const { createLibrary, openLibrary } = await import('../../native-model/index.ts');
  const options = { onNotice: (message: string) => writeLine(io.stderr, message), signal: io.signal };
  return (await hasLibrary(folder))
    ? openLibrary(folder, options)
    : createLibrary(folder, undefined, options);
}

/** Calibration frames as missing ones: no window takes them, and frame numbers stay the file's. */
function withoutLead(clip: OpenedClip): Float64Array {
  if (clip.leadFrames === 0) return clip.body17;
  return clip.body17.slice().fill(Number.NaN, 0, clip.leadFrames * BODY17_COUNT * 3);
}
