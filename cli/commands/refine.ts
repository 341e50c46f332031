import { type Command, Option } from 'commander';
import { PoseMendError } from '../../contract/errors.ts';
import { holdsSeveralTakes, type InputFormat } from '../../contract/file-kinds.ts';
import { FOOT_LOCK_MODES, type FootLockMode } from '../../motion/contact/foot-lock.ts';
import type { Device, OpenedClip, RefineSettings, Take } from '../../native-model/index.ts';
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
import { type Io, locate, type Session, writeLine } from '../io.ts';
import { printJson } from '../json-output.ts';
import { chooseModel } from '../model-choice.ts';
import {
  collect,
  type FrameRange,
  parseFrameCount,
  parseRange,
  parseSeconds,
  parseStrength,
} from '../option-values.ts';
import { writeWholeFile } from '../output.ts';
import { type PlannedClip, planOutputs } from '../output-plan.ts';
import { refineOne } from '../refine-one.ts';
import { reportJson } from '../report-json.ts';
import { type WrittenClip, writeScripts } from '../scripts.ts';
import { describeTake } from '../take-summary.ts';

interface RefineFlags extends ClipFlags, ExportFlags {
  readonly output?: string;
  readonly model?: string;
  readonly strength: number;
  readonly range?: FrameRange;
  readonly feather?: number;
  readonly pvd: boolean;
  readonly library?: string;
  readonly performer?: string;
  readonly takes: 'refined' | 'both';
  readonly device: Device;
  readonly footLock: FootLockMode;
  readonly smoothRotations?: number;
  readonly report?: readonly string[];
  readonly json?: boolean;
  readonly force?: boolean;
  readonly quiet?: boolean;
}

const DEVICES: readonly Device[] = ['auto', 'cpu', 'cuda', 'dml', 'coreml', 'webgpu'];

const NOTES = `
OUT is a folder if there are several inputs, if it exists as one, or if it ends with / or in no suffix of a
format; files keep their names there. The format follows the suffix: .bvh, .fbx, .glb, .npz, .npy, .csv or .trc.
An .fbx and a .glb hold the refined clip and the input as two animations (--takes refined for one).

Examples:
  posemend refine walk.bvh -o walk-clean.bvh --report walk.html
  posemend refine take1.bvh take2.npy -o cleaned/ --report cleaned/{name}.json
  posemend refine walk.npy -o walk-half.npy --strength 0.5 --range 30:120 --feather 8
  posemend refine walk.bvh -o walk-smooth.bvh --model butterworth
  posemend refine walk.bvh -o walk-planted.bvh --foot-lock auto
  posemend refine wham_output.pkl -o dancer.fbx --person 2 --preset unity
  posemend refine openpose_json/ -o walk.glb --fps 25 --key-error 0.5`;

export function addRefineCommand(program: Command, session: Session): void {
  const command = program
    .command('refine')
    .summary('clean up clips')
    .description('Refines motion clips, and says what it changed and which frames are bad.')
    .argument('<in...>', 'files, folders of clips, or folders of one JSON per frame')
    .option('-o, --output <out>', 'file or folder to write (required)')
    .option('--model <name>', 'refiner (posemend models lists them)')
    .addOption(
      new Option('--strength <0..1>', 'how far to go from the input to the refined clip')
        .argParser(parseStrength)
        .default(1),
    )
    .addOption(
      new Option('--range <first:last>', 'refine these frames only (from 0, both included)').argParser(
        parseRange,
      ),
    )
    .addOption(
      new Option('--feather <frames>', 'fade the range in and out over so many frames').argParser(
        parseFrameCount,
      ),
    );
  command.addOption(
    new Option(
      '--foot-lock <mode>',
      'hold standing feet in place: auto where it is sure, strong also where it is likely',
    )
      .choices(FOOT_LOCK_MODES)
      .default('off'),
  );
  addExportOptions(command).addOption(
    new Option('--takes <which>', 'what an FBX or GLB holds').choices(['refined', 'both']).default('both'),
  );
  addClipOptions(command)
    .option('--no-pvd', 'do not consult reference windows')
    .option('--library <folder>', 'take reference windows from this library')
    .option(
      '--performer <name>',
      'who performs the clips: their own windows in the library are not consulted',
    )
    .addOption(new Option('--device <name>', 'where to run the network').choices(DEVICES).default('auto'))
    .addOption(
      new Option(
        '--smooth-rotations <seconds>',
        'also smooth what positions say nothing of (hands, toes, twist)',
      ).argParser(parseSeconds),
    )
    .addOption(
      new Option(
        '--report <file>',
        'write a .json or .html report; repeatable; with several inputs a folder or a {name} pattern',
      ).argParser(collect),
    )
    .option('--json', 'print the report as JSON, and nothing else, on stdout')
    .option('--force', 'replace files that are there')
    .option('--quiet', 'print errors only')
    .addHelpText('after', NOTES)
    .action((typed: string[], flags: RefineFlags) => refine(session, typed, flags));
}

async function refine(session: Session, typed: readonly string[], flags: RefineFlags): Promise<void> {
  const { io } = session;
  checkFlags(flags);
  const inputs = await withPeople(io, expandInputs(io, typed), flags.person);
  const openOptions = toOpenOptions(io, flags, true);
  const force = flags.force === true;
  const plans = planOutputs(io, inputs, {
    out: flags.output,
    reports: flags.report ?? [],
    force,
    rename: (name) => renamedFor(name, flags, (from) => (from === undefined ? 'npz' : OWN_SUFFIXES[from])),
  });
  const model = await chooseModel(flags.model);
  const printed: unknown[] = [];
  const written: WrittenClip[] = [];
  const { RefineResources } = await import('../../native-model/index.ts');
  const resources = new RefineResources();

  await forEachItem(session, {
    items: plans,
    problems: inputs.problems,
    nameOf: (plan) => plan.input,
    action: async (plan) => {
      const take = await refineOne(
        session,
        plan.input,
        {
          ...openOptions,
          ...(plan.person === undefined ? {} : { person: plan.person }),
          lift: openOptions.lift === true || needsLift(formatFor(plan.output, flags)),
        },
        (clip) => settingsFor(io, clip, model, flags),
        flags.quiet === true,
        resources,
      );
      const fps = await writeTake(io, plan, take, flags);
      written.push({ output: plan.output, fps });
      if (flags.json) printed.push(jsonOf(plan, take));
      else if (flags.quiet !== true) writeLine(io.stdout, describeTake(plan, take));
    },
    onFailure: (plan, error) =>
      printed.push({ input: plan.input, error: describeFailure(error, plan.input).message }),
  }).finally(() => resources.dispose());
  const scripts = writeScripts(flags.preset, written, force);
  if (flags.json) printJson(session, printed, inputs.isMany);
  else if (flags.quiet !== true) for (const file of scripts) writeLine(io.stdout, `  script  ${file}`);
}

function checkFlags({ pvd, library, feather, range }: RefineFlags): void {
  if (!pvd && library !== undefined) {
    throw new PoseMendError('usage', '--library and --no-pvd: give one of them, not both');
  }
  if (feather !== undefined && range === undefined) {
    throw new PoseMendError('usage', '--feather: there is no range to fade; give --range FIRST:LAST, too');
  }
}

function settingsFor(io: Io, clip: OpenedClip, model: string, flags: RefineFlags): RefineSettings {
  const { strength, range, feather, device, pvd, library, performer, smoothRotations, footLock } = flags;
  return {
    model,
    strength,
    device,
    footLock,
    library: !pvd ? 'none' : library === undefined ? 'default' : { directory: locate(io, library) },
    ...(performer !== undefined && { person: performer }),
    ...(range !== undefined && { range: framesOf(clip, range) }),
    ...(feather !== undefined && { featherFrames: feather }),
    ...(smoothRotations !== undefined && { smoothRotationsSeconds: smoothRotations }),
  };
}

function framesOf(clip: OpenedClip, { first = 0, last, text }: FrameRange): readonly [number, number] {
  const end = clip.frameCount - 1;
  if (first <= end && (last ?? end) <= end) return [first, last ?? end];
  const advice = `its frames are 0 to ${end}; give a range inside, or leave the end open (${first <= end ? first : 0}:)`;
  throw new PoseMendError('usage', `${clip.path}: --range ${text} goes past the clip's end; ${advice}`);
}

/** Writes a take and its reports; returns the frames per second of what was written. */
async function writeTake(
  io: Io,
  { output, reports }: PlannedClip,
  take: Take,
  flags: RefineFlags,
): Promise<number> {
  const { exportVersions, takeHtmlReport } = await import('../../native-model/index.ts');
  const force = flags.force === true;
  const options = exportOptionsFor(take.clip, output, flags);
  const versions = [
    { name: 'refined', result: take.result },
    // Refined first, so that a program that shows one animation shows the clean one.
    ...(holdsSeveralTakes(options.format) && flags.takes === 'both' ? [{ name: 'raw', result: null }] : []),
  ];
  // Everything is made before anything is written, so that a failure leaves nothing half done.
  const bytes = await exportVersions(take.clip, versions, options);
  const pages = reports.map(({ file, kind }) => ({
    file,
    text: kind === 'html' ? takeHtmlReport(take) : reportJson(take.report),
  }));
  await noticeInterrupt(io.signal);
  writeWholeFile(output, bytes, { force });
  for (const { file, text } of pages) writeWholeFile(file, text, { force });
  return options.fps ?? 1 / take.clip.frameTime;
}

/** How a result's name ends unless told otherwise: as its clip's, where such files are written. */
const OWN_SUFFIXES: Readonly<Record<InputFormat, string>> = {
  bvh: 'bvh',
  npy: 'npy',
  npz: 'npz',
  pkl: 'npz',
  pt: 'npz',
  json: 'npz',
  csv: 'csv',
  trc: 'trc',
  c3d: 'npz',
  glb: 'glb',
  gltf: 'glb',
  fbx: 'fbx',
  set: 'npz',
};

function jsonOf({ input, output, reports }: PlannedClip, take: Take): object {
  return { input, output, reports: reports.map(({ file }) => file), ...take.report };
}
