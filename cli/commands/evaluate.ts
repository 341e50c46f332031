import type { Command } from 'commander';
import { PoseMendError } from '../../contract/errors.ts';
import { inputFormatOf } from '../../contract/file-kinds.ts';
import { accelErrorMmPerFrame2 } from '../../motion/metrics/accel-error.ts';
import { mpjpeMm } from '../../motion/metrics/mpjpe.ts';
import { paMpjpeMm } from '../../motion/metrics/pa-mpjpe.ts';
import { BODY17, BODY17_COUNT, BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import type { OpenedClip, OpenOptions } from '../../native-model/index.ts';
import { addClipOptions, type ClipFlags, toOpenOptions } from '../clip-options.ts';
import { locate, type Session, writeLine } from '../io.ts';
import { openOne } from '../refine-one.ts';
import { counted, fpsText, textTable } from '../text-table.ts';

/** Numbers in one body-17 pose. */
const POSE_SIZE = BODY17_COUNT * 3;
/** Frame times closer than this share are one frame rate: files round theirs (0.033333). */
const SAME_RATE = 1e-3;

const NOTES = `
Both clips are compared as body-17 poses, in millimetres, so their formats may differ. Root-relative numbers
put the pelvis of every frame at the origin first; PA-MPJPE aligns every pose in rotation, position and scale.
Options about the file hold for both clips if they have the same format; if not, --joint-map and --root are
about the BVH and the others about the other file.

Examples:
  posemend evaluate cleaned/walk.bvh truth/walk.bvh
  posemend evaluate estimate.npy truth.bvh --layout h36m17 --json`;

export function addEvaluateCommand(program: Command, session: Session): void {
  const command = program
    .command('evaluate')
    .summary('compare a clip with the truth: MPJPE, PA-MPJPE, Accel')
    .description('Measures how far a clip is from the true one.')
    .argument('<pred>', 'the clip to judge')
    .argument('<true>', 'the clip it should be');
  addClipOptions(command)
    .option('--json', 'print JSON')
    .addHelpText('after', NOTES)
    .action((pred: string, truth: string, flags: ClipFlags & { readonly json?: boolean }) =>
      evaluate(session, pred, truth, flags),
    );
}

async function evaluate(
  { io }: Session,
  predPath: string,
  truthPath: string,
  flags: ClipFlags & { readonly json?: boolean },
): Promise<void> {
  const options = toOpenOptions(io, flags);
  const isMixed = inputFormatOf(predPath) !== inputFormatOf(truthPath);
  const open = (path: string) => openOne(io, locate(io, path), isMixed ? optionsFor(path, options) : options);
  const pred = await open(predPath);
  const truth = await open(truthPath);
  const { predFirst, truthFirst, frames } = commonFrames(pred, truth);
  const runs = runsWithoutGaps(pred, predFirst, truth, truthFirst, frames);
  const parts = runs.map(([first, count]) => ({
    count,
    a: motionOf(pred, predFirst + first, count),
    b: motionOf(truth, truthFirst + first, count),
  }));
  const mean = (measure: Measure, root: number | null, lost = 0): number => {
    let sum = 0;
    let total = 0;
    for (const { a, b, count } of parts) {
      if (count <= lost) continue;
      sum += (count - lost) * measure(a, b, { frames: count, joints: BODY17_COUNT, root });
      total += count - lost;
    }
    return total === 0 ? 0 : sum / total;
  };
  const metrics = {
    mpjpeMm: { rootRelative: mean(mpjpeMm, BODY17.pelvis), global: mean(mpjpeMm, null) },
    paMpjpeMm: mean(paMpjpeMm, null),
    // A second difference needs a frame on both sides.
    accelMmPerFrame2: {
      rootRelative: mean(accelErrorMmPerFrame2, BODY17.pelvis, 2),
      global: mean(accelErrorMmPerFrame2, null, 2),
    },
  };
  const compared = runs.reduce((sum, [, count]) => sum + count, 0);
  const notices = noticesOf(pred, truth);
  if (compared < frames)
    notices.push(`${counted(frames - compared, 'frame')} left out, in which nobody was seen`);
  if (flags.json) {
    const found = {
      pred: pred.path,
      truth: truth.path,
      frames: compared,
      joints: BODY17_COUNT,
      ...metrics,
      notices,
    };
    io.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
    return;
  }
  const { mpjpeMm: mpjpe, paMpjpeMm: paMpjpe, accelMmPerFrame2: accel } = metrics;
  const table = [
    ['', 'root-relative', 'global', ''],
    ['MPJPE', mpjpe.rootRelative.toFixed(2), mpjpe.global.toFixed(2), 'mm'],
    ['PA-MPJPE', paMpjpe.toFixed(2), '-', 'mm'],
    ['Accel', accel.rootRelative.toFixed(2), accel.global.toFixed(2), 'mm/frame²'],
  ];
  const skipped = predFirst + truthFirst > 0 ? ', calibration frames left out' : '';
  writeLine(io.stdout, `${pred.path} against ${truth.path}: ${counted(compared, 'frame')}${skipped}`);
  for (const line of textTable(table, [1, 2])) writeLine(io.stdout, `  ${line}`);
  for (const notice of notices) writeLine(io.stdout, `  note: ${notice}`);
}

/** Of the options, those that are about a file of this format. */
function optionsFor(path: string, { jointMap, root, ...ofPositions }: OpenOptions): OpenOptions {
  if (inputFormatOf(path) !== 'bvh') return ofPositions;
  return { ...(jointMap !== undefined && { jointMap }), ...(root !== undefined && { root }) };
}

/** The frames to compare: the motion of both, or, where the counts say that only one file's T-pose is known as such, the same frames. */
function commonFrames(
  pred: OpenedClip,
  truth: OpenedClip,
): { predFirst: number; truthFirst: number; frames: number } {
  const predMotion = pred.frameCount - pred.leadFrames;
  const truthMotion = truth.frameCount - truth.leadFrames;
  if (pred.frameCount === truth.frameCount) {
    const first = Math.max(pred.leadFrames, truth.leadFrames);
    if (first < pred.frameCount)
      return { predFirst: first, truthFirst: first, frames: pred.frameCount - first };
  }
  if (predMotion === truthMotion && predMotion > 0) {
    return { predFirst: pred.leadFrames, truthFirst: truth.leadFrames, frames: predMotion };
  }
  const counts = `${pred.path} has ${counted(predMotion, 'frame')} of motion, ${truth.path} has ${truthMotion}`;
  throw new PoseMendError('input', `${counts}; give two clips of the same frames`);
}

type Measure = (
  a: Float64Array,
  b: Float64Array,
  shape: { frames: number; joints: number; root: number | null },
) => number;

/**
 * Stretches of the compared frames in which neither clip has a gap, each as first frame and count. Throws PoseMendError if
 * there is none.
 */
function runsWithoutGaps(
  pred: OpenedClip,
  predFirst: number,
  truth: OpenedClip,
  truthFirst: number,
  frames: number,
): [first: number, count: number][] {
  const runs: [number, number][] = [];
  const isGap = ({ gaps }: OpenedClip, frame: number): boolean =>
    gaps.some(([first, last]) => frame >= first && frame <= last);
  for (let frame = 0; frame < frames; frame++) {
    if (isGap(pred, predFirst + frame) || isGap(truth, truthFirst + frame)) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === frame) last[1]++;
    else runs.push([frame, 1]);
  }
  if (runs.length > 0) return runs;
  throw new PoseMendError(
    'input',
    `${pred.path} and ${truth.path}: there is no frame in which both saw the person`,
  );
}

/** Body-17 positions from frame `first`. Throws PoseMendError if a joint is missing: skipping it would flatter. */
function motionOf(clip: OpenedClip, first: number, frames: number): Float64Array {
  if (clip.dimensions === 2) {
    throw new PoseMendError('input', `${clip.path}: the clip is 2D; millimetres need 3D positions`);
  }
  const motion = clip.body17.subarray(first * POSE_SIZE, (first + frames) * POSE_SIZE);
  const hole = motion.findIndex((value) => !Number.isFinite(value));
  if (hole >= 0) {
    const joint = BODY17_NAMES[Math.floor((hole % POSE_SIZE) / 3)];
    const place = `frame ${first + Math.floor(hole / POSE_SIZE)}`;
    throw new PoseMendError(
      'input',
      `${clip.path}:${place}: the ${joint} is missing (NaN); fill the gaps first, for example with posemend refine`,
    );
  }
  return motion;
}

function noticesOf(pred: OpenedClip, truth: OpenedClip): string[] {
  const notices = [pred, truth].flatMap((clip) => clip.notices.map((notice) => `${clip.path}: ${notice}`));
  if (Math.abs(pred.frameTime / truth.frameTime - 1) > SAME_RATE) {
    notices.push(
      `the frame rates differ (${fpsText(pred.frameTime)} and ${fpsText(truth.frameTime)}); frames are compared one by one`,
    );
  }
  const derived = BODY17_NAMES.filter((_, joint) => pred.derived[joint] || truth.derived[joint]);
  if (derived.length > 0)
    notices.push(`made up from other joints in one of the clips: ${derived.join(', ')}`);
  return notices;
}
