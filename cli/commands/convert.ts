import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import type { Format } from '../../native-model/index.ts';
import { forEachItem } from '../batch.ts';
import { addClipOptions, type ClipFlags, toOpenOptions } from '../clip-options.ts';
import { describeFailure } from '../errors.ts';
import { expandInputs } from '../inputs.ts';
import { noticeInterrupt } from '../interrupt.ts';
import { type Session, writeLine } from '../io.ts';
import { printJson } from '../json-output.ts';
import { writeWholeFile } from '../output.ts';
import { formatOf, planOutputs } from '../output-plan.ts';
import { openOne } from '../refine-one.ts';
import { counted, fpsText, textTable } from '../text-table.ts';

interface ConvertFlags extends ClipFlags {
  readonly output?: string;
  readonly to?: Format;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

const NOTES = `
A BVH becomes body-17 positions (frames, 17, 3) in metres, Y up. Positions become a BVH in centimetres on a
skeleton fitted to them.

Examples:
  posemend convert walk.bvh -o walk.npy
  posemend convert estimates/ -o rigs/ --to bvh --fps 25`;

export function addConvertCommand(program: Command, session: Session): void {
  const command = program
    .command('convert')
    .summary('turn BVH into NPY and back')
    .description('Writes clips in another format, unrefined.')
    .argument('<in...>', 'files, or folders whose .bvh and .npy files are meant')
    .option('-o, --output <out>', 'file or folder to write (required)')
    .addOption(
      new Option('--to <format>', 'format in a folder; without it each file takes the other one').choices([
        'bvh',
        'npy',
      ]),
    );
  addClipOptions(command)
    .option('--json', 'print what was written as JSON')
    .option('--force', 'replace files that are there')
    .option('--quiet', 'print errors only')
    .addHelpText('after', NOTES)
    .action((typed: string[], flags: ConvertFlags) => convert(session, typed, flags));
}

async function convert(session: Session, typed: readonly string[], flags: ConvertFlags): Promise<void> {
  const { io } = session;
  const inputs = expandInputs(io, typed);
  const openOptions = toOpenOptions(io, flags);
  const force = flags.force === true;
  const rename = (name: string) => renamed(name, flags.to);
  const plans = planOutputs(io, inputs, { out: flags.output, reports: [], force, rename });
  const { encodeClip } = await import('../../native-model/index.ts');
  const printed: object[] = [];
  await forEachItem(session, {
    items: plans,
    problems: inputs.problems,
    nameOf: (plan) => plan.input,
    action: async ({ input, output }) => {
      const clip = await openOne(io, input, openOptions);
      const bytes = encodeClip(clip, formatOf(output) ?? clip.format);
      await noticeInterrupt(io.signal);
      writeWholeFile(output, bytes, { force });
      const { frameCount: frames, frameTime, facts, notices } = clip;
      printed.push({ input, output, frames, fps: Number(fpsText(frameTime)), notices });
      if (flags.json || flags.quiet) return;
      const rows = [
        ['frames', `${counted(frames, 'frame')} at ${fpsText(frameTime)} per second`],
        ...facts.filter(({ name }) => name !== 'frames').map(({ name, value }) => [name, value]),
        ...notices.map((notice) => ['note', notice]),
      ];
      writeLine(
        io.stdout,
        [`${input} -> ${output}`, ...textTable(rows).map((line) => `  ${line}`)].join('\n'),
      );
    },
    onFailure: ({ input }, error) => printed.push({ input, error: describeFailure(error, input).message }),
  });
  if (flags.json) printJson(session, printed, inputs.isMany);
}

/** A file's name in the other format, or in the one asked for. */
function renamed(fileName: string, to: Format | undefined): string {
  const from = formatOf(fileName);
  if (from === undefined) return to === undefined ? fileName : `${fileName}.${to}`;
  const suffix = to ?? (from === 'bvh' ? 'npy' : 'bvh');
  return `${fileName.slice(0, -extname(fileName).length)}.${suffix}`;
}
