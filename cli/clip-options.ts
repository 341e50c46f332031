import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { PoseMendError } from '../contract/errors.ts';
import { LAYOUT_NAMES, type LayoutName } from '../motion/skeleton/layouts.ts';
import type { OpenOptions } from '../native-model/index.ts';
import { explainRead } from './errors.ts';
import { EVERYONE } from './inputs.ts';
import { type Io, locate } from './io.ts';
import { parseFps } from './option-values.ts';

/** What a user says about a file whose own facts are absent or wrong, as commander hands it over. */
export interface ClipFlags {
  readonly layout?: LayoutName;
  readonly fps?: number;
  readonly unit?: 'mm' | 'cm' | 'm';
  readonly up?: 'y' | '-y' | 'z';
  readonly jointMap?: string;
  readonly root?: string;
  readonly person?: string;
  readonly lift?: boolean;
  readonly bodyModel?: string;
}

export function addClipOptions(command: Command): Command {
  return command
    .addOption(new Option('--layout <name>', 'joint layout of position files').choices(LAYOUT_NAMES))
    .addOption(
      new Option('--fps <number>', 'frames per second, for files that do not say').argParser(parseFps),
    )
    .addOption(new Option('--unit <unit>', 'length unit of the file').choices(['mm', 'cm', 'm']))
    .addOption(
      new Option('--up <axis>', "up axis of the file; -y for a camera's axes").choices(['y', '-y', 'z']),
    )
    .option('--joint-map <file>', 'JSON file that says which joints are the pelvis, the left knee, ...')
    .option('--root <name>', 'root joint to read, where a BVH file has several')
    .option(
      '--person <id>',
      'whose motion to read, or which animation, where a file has several; all (convert, refine): one file for each',
    )
    .option('--lift', 'lift 2D keypoints to 3D')
    .option('--body-model <file>', 'your own SMPL, SMPL-H or SMPL-X model file, for exact bone lengths');
}

/**
 * Reads the joint map. Throws PoseMendError if that cannot be done, and for everyone in a file where the command is about one
 * of them.
 */
export function toOpenOptions(io: Io, flags: ClipFlags, takesEveryone = false): OpenOptions {
  if (flags.person === EVERYONE && !takesEveryone) {
    throw new PoseMendError(
      'usage',
      '--person all: this command is about one of them; give an id (posemend inspect lists them)',
    );
  }
  const { layout, fps, unit, up, jointMap, root, person, lift, bodyModel } = flags;
  return {
    ...(layout !== undefined && { layout }),
    ...(fps !== undefined && { fps }),
    ...(unit !== undefined && { unit }),
    ...(up !== undefined && { up }),
    ...(root !== undefined && { root }),
    // Everyone's own id is filled in file by file.
    ...(person !== undefined && person !== EVERYONE && { person }),
    ...(lift === true && { lift }),
    ...(bodyModel !== undefined && { bodyModel: locate(io, bodyModel) }),
    ...(jointMap !== undefined && { jointMap: { text: readText(io, jointMap), source: jointMap } }),
  };
}

function readText(io: Io, file: string): string {
  try {
    return readFileSync(locate(io, file), 'utf8');
  } catch (error) {
    throw explainRead(file, error);
  }
}
