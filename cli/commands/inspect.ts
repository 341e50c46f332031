import type { Command } from 'commander';
import type { RefineReport } from '../../contract/report.ts';
import { BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import type { OpenedClip, RefineResources } from '../../native-model/index.ts';
import { forEachItem } from '../batch.ts';
import { addClipOptions, type ClipFlags, toOpenOptions } from '../clip-options.ts';
import { describeFailure, isInterrupt } from '../errors.ts';
import { expandInputs } from '../inputs.ts';
import { type Io, type Session, writeLine } from '../io.ts';
import { printJson } from '../json-output.ts';
import { startProgress } from '../progress.ts';
import { openOne, refineOpened } from '../refine-one.ts';
import { mean, qualityRows } from '../take-summary.ts';
import { fpsText, textTable } from '../text-table.ts';

interface InspectFlags extends ClipFlags {
  readonly quality: boolean;
  readonly json?: boolean;
}

/** The report of a trial refine, or why there is none. */
type Quality = { readonly report: RefineReport } | { readonly problem: string } | null;

const NOTES = `
Examples:
  posemend inspect walk.bvh
  posemend inspect takes/ --no-quality --json`;

export function addInspectCommand(program: Command, session: Session): void {
  const command = program
    .command('inspect')
    .summary('say what a clip is and how good it is')
    .description('Shows what was found in clips and why, and how good they are. Writes nothing.')
    .argument('<in...>', 'files, or folders whose .bvh and .npy files are meant');
  addClipOptions(command)
    .option('--no-quality', 'show the facts only, do not run the default model')
    .option('--json', 'print JSON')
    .addHelpText('after', NOTES)
    .action((typed: string[], flags: InspectFlags) => inspect(session, typed, flags));
}

async function inspect(session: Session, typed: readonly string[], flags: InspectFlags): Promise<void> {
  const { io } = session;
  const inputs = expandInputs(io, typed);
  const openOptions = toOpenOptions(io, flags);
  const printed: object[] = [];
  const { RefineResources } = await import('../../native-model/index.ts');
  const resources = new RefineResources();
  await forEachItem(session, {
    items: inputs.files,
    problems: inputs.problems,
    nameOf: (file) => file,
    action: async (file) => {
      const clip = await openOne(io, file, openOptions);
      const quality = flags.quality ? await estimateQuality(io, clip, resources) : null;
      if (flags.json) printed.push(jsonOf(clip, quality));
      else writeLine(io.stdout, describe(clip, quality));
    },
    onFailure: (file, error) => printed.push({ input: file, error: describeFailure(error, file).message }),
  }).finally(() => resources.dispose());
  if (flags.json) printJson(session, printed, inputs.isMany);
}

/** The facts are the answer; a model that is missing or does not fit the clip must not keep them back. */
async function estimateQuality(io: Io, clip: OpenedClip, resources: RefineResources): Promise<Quality> {
  const { defaultModelName } = await import('../../native-model/index.ts');
  if (clip.dimensions === 2) return { problem: 'the model needs 3D positions' };
  const progress = await startProgress(io, clip.path, false);
  try {
    const settings = { model: defaultModelName(), strength: 1, device: 'auto', library: 'default' } as const;
    const take = await refineOpened(io, clip, settings, progress.onProgress, resources);
    return { report: take.report };
  } catch (error) {
    if (isInterrupt(error)) throw error;
    return { problem: describeFailure(error, clip.path).message };
  } finally {
    progress.stop();
  }
}

function describe(clip: OpenedClip, quality: Quality): string {
  const rows: [string, string][] = [
    [
      'format',
      `${clip.format === 'set' ? 'one file for each frame' : clip.format.toUpperCase()}${clip.dimensions === 2 ? ', 2D' : ''}`,
    ],
    ...clip.facts.map(({ name, value }): [string, string] => [name, value]),
    ['duration', durationText(clip)],
    ['body joints', jointsText(clip)],
  ];
  let notices = clip.notices;
  if (quality !== null && 'problem' in quality) rows.push(['quality', `not estimated: ${quality.problem}`]);
  if (quality !== null && 'report' in quality) {
    const { report } = quality;
    rows.push(['quality', `as ${report.model} ${report.modelVersion} sees it:`], ...qualityRows(report));
    notices = report.notices;
  }
  rows.push(...notices.map((notice): [string, string] => ['note', notice]));
  return [clip.path, ...textTable(rows).map((line) => `  ${line}`)].join('\n');
}

function durationText({ frameCount, frameTime, leadFrames }: OpenedClip): string {
  const seconds = (frameCount - leadFrames) * frameTime;
  const lead =
    leadFrames > 0 ? `, after ${leadFrames} calibration ${leadFrames === 1 ? 'frame' : 'frames'}` : '';
  return `${seconds.toFixed(2)} s of motion${lead}`;
}

function jointsText({ derived }: OpenedClip): string {
  const missing = BODY17_NAMES.filter((_, joint) => derived[joint]);
  const found = `${BODY17_NAMES.length - missing.length} of ${BODY17_NAMES.length} found`;
  return missing.length === 0 ? found : `${found}; made up from others: ${missing.join(', ')}`;
}

function jsonOf(clip: OpenedClip, quality: Quality): object {
  const { path, name, format, frameCount, frameTime, leadFrames, dimensions, layout, derived, facts } = clip;
  return {
    input: path,
    name,
    format,
    frames: frameCount,
    fps: Number(fpsText(frameTime)),
    seconds: Number((frameCount * frameTime).toFixed(4)),
    leadFrames,
    dimensions,
    layout,
    derivedJoints: BODY17_NAMES.filter((_, joint) => derived[joint]),
    facts: Object.fromEntries(facts.map((fact) => [fact.name, fact.value])),
    notices: quality !== null && 'report' in quality ? quality.report.notices : clip.notices,
    quality: qualityJson(quality),
  };
}

function qualityJson(quality: Quality): object | null {
  if (quality === null || 'problem' in quality) return quality;
  const { report } = quality;
  const { model, modelVersion, device, expectedErrorMm, lowQuality, summary } = report;
  return {
    model,
    modelVersion,
    device,
    expectedErrorMm: expectedErrorMm.length === 0 ? null : Number(mean(expectedErrorMm).toFixed(2)),
    accelMmPerFrame2: summary.accelBeforeMmPerFrame2,
    boneLengthSpreadMm: summary.boneLengthSpreadBeforeMm,
    lowQuality,
  };
}
