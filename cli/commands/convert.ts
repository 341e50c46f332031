import type { Command } from 'commander';
import { forEachItem } from '../batch.ts';
import { addClipOptions, type ClipFlags, toOpenOptions } from '../clip-options.ts';
import { describeFailure } from '../errors.ts';
import {
  addExportOptions,
  type ExportFlags,
  exportOptionsFor,
  formatFor,
  needsLift,
  renamedFor,
} from '../export-options.ts';
import { expandInputs, withPeople } from '../inputs.ts';
import { noticeInterrupt } from '../interrupt.ts';
import { type Session, writeLine } from '../io.ts';
import { printJson } from '../json-output.ts';
import { writeWholeFile } from '../output.ts';
import { planOutputs } from '../output-plan.ts';
import { openOne } from '../refine-one.ts';
import { type WrittenClip, writeScripts } from '../scripts.ts';
import { counted, fpsText, textTable } from '../text-table.ts';

interface ConvertFlags extends ClipFlags, ExportFlags {
  readonly output?: string;
  readonly json?: boolean;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

const NOTES = `
The format follows the name of OUT: .bvh, .fbx, .glb, .npy, .npz, .csv or .trc; of SMPL clips an .npz holds their
rotations, as AMASS does, of others positions. Positions get a skeleton fitted to them; a skeleton written as
positions gives its 17 body joints (.npy, .npz) or all its joints (.csv, .trc). 2D keypoints are lifted where the
format is 3D.

Examples:
  posemend convert walk.bvh -o walk.fbx --preset unity
  posemend convert wham_output.pkl -o dancer.glb --person 2
  posemend convert openpose_json/ -o walk.bvh --fps 25
  posemend convert amass.npz -o walk.bvh --body-model SMPLH_NEUTRAL.npz
  posemend convert estimates/ -o rigs/ --to bvh --fps 25 --out-fps 60`;

export function addConvertCommand(program: Command, session: Session): void {
  const command = program
    .command('convert')
    .summary('turn clips into other formats')
    .description('Writes clips in another format, unrefined.')
    .argument('<in...>', 'files, folders of clips, or folders of one JSON per frame')
    .option('-o, --output <out>', 'file or folder to write (required)');
  addExportOptions(command);
  addClipOptions(command)
    .option('--json', 'print what was written as JSON')
    .option('--force', 'replace files that are there')
    .option('--quiet', 'print errors only')
    .addHelpText('after', NOTES)
    .action((typed: string[], flags: ConvertFlags) => convert(session, typed, flags));
}

async function convert(session: Session, typed: readonly string[], flags: ConvertFlags): Promise<void> {
  const { io } = session;
  const inputs = await withPeople(io, expandInputs(io, typed), flags.person);
  const openOptions = toOpenOptions(io, flags, true);
  const force = flags.force === true;
  // Unless told otherwise a BVH becomes an NPY, and all else a BVH.
  const rename = (name: string) => renamedFor(name, flags, (from) => (from === 'bvh' ? 'npy' : 'bvh'));
  const plans = planOutputs(io, inputs, { out: flags.output, reports: [], force, rename });
  const { exportVersions } = await import('../../native-model/index.ts');
  const printed: object[] = [];
  const written: WrittenClip[] = [];
  await forEachItem(session, {
    items: plans,
    problems: inputs.problems,
    nameOf: (plan) => plan.input,
    action: async ({ input, output, person }) => {
      const lift = openOptions.lift === true || needsLift(formatFor(output, flags));
      const clip = await openOne(io, input, {
        ...openOptions,
        ...(person === undefined ? {} : { person }),
        lift,
      });
      const options = exportOptionsFor(clip, output, flags);
      const bytes = await exportVersions(clip, [{ name: clip.name, result: null }], options);
      await noticeInterrupt(io.signal);
      writeWholeFile(output, bytes, { force });
      written.push({ output, fps: options.fps ?? 1 / clip.frameTime });
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
  const scripts = writeScripts(flags.preset, written, force);
  if (flags.json) printJson(session, printed, inputs.isMany);
  else if (!flags.quiet) for (const file of scripts) writeLine(io.stdout, `  script  ${file}`);
}
