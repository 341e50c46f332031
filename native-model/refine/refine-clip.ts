import { PoseMendError } from '../../contract/errors.ts';
import type { RefineReport } from '../../contract/report.ts';
import { createFilter, FILTER_NAMES, type FilterName } from '../../motion/filters/filter.ts';
import { accelMagnitudeMmPerFrame2 } from '../../motion/metrics/accel-error.ts';
import { boneLengthSpreadMm } from '../../motion/metrics/bone-length-spread.ts';
import { jointDistancesMm, meanPerFrame, rootRelative } from '../../motion/metrics/joint-distances.ts';
import { errorScores, expectedErrors } from '../../motion/quality/expected-error.ts';
import { DEFAULT_SPAN_OPTIONS, lowQualitySpans } from '../../motion/quality/low-quality-spans.ts';
import { poseQuality } from '../../motion/quality/pqe.ts';
import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { modelNames } from '../inference/model-card.ts';
import type { Device } from '../inference/synsp-session.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import { blendRange, describeJumps, rangeWeights } from './blend-range.ts';
import { describeReferences } from './find-references.ts';
import { refineWindows } from './refine-windows.ts';
import { type LibraryChoice, RefineResources } from './resources.ts';
import { type SolvedResult, solveResult } from './solve-result.ts';

export interface RefineSettings {
  /** A model's folder name or a filter's name. */
  readonly model: string;
  /** 0 gives the input back, 1 the full refinement. */
  readonly strength: number;
  /** First and last frame to refine, inclusive; the whole clip by default. */
  readonly range?: readonly [number, number];
  /** Frames over which the range fades in and out, inside it. */
  readonly featherFrames?: number;
  readonly device: Device;
  /** Where references come from. */
  readonly library: LibraryChoice;
  /** Who performs the clip; entries of this person are not consulted. */
  readonly person?: string;
  /** Smooths rotations the positions say nothing of (hands, toes, twist), seconds; by default as noisy as the clip is. */
  readonly smoothRotationsSeconds?: number;
}

/** A result beside its input. Nothing in it replaces anything. */
export interface Take {
  readonly clip: OpenedClip;
  readonly settings: RefineSettings;
  /** Metres, Y up, [frame][17][xyz], as written: on a skeleton after IK. Empty for 2D. */
  readonly refined: Float64Array;
  /** What an encoder writes. */
  readonly result: SolvedResult;
  readonly report: RefineReport;
}

/** Without branches there is no calibrated error; a filter's own correction above this is worth a look, mm. */
const FILTER_FLOOR_MM = 15;

/**
 * Refines a clip. A batch passes the `resources` its clips share; without them the model and the library are
 * opened for this clip alone.
 * @throws PoseMendError: 'usage' for settings that do not fit the clip, 'failed' where a model or a library is
 *   missing or damaged, 'cancelled'.
 */
export async function refineClip(
  clip: OpenedClip,
  settings: RefineSettings,
  hooks: JobHooks = {},
  resources?: RefineResources,
): Promise<Take> {
  if (resources !== undefined) return refineWith(clip, settings, hooks, resources);
  const own = new RefineResources();
  try {
    return await refineWith(clip, settings, hooks, own);
  } finally {
    await own.dispose();
  }
}

async function refineWith(
  clip: OpenedClip,
  settings: RefineSettings,
  hooks: JobHooks,
  resources: RefineResources,
): Promise<Take> {
  const began = performance.now();
  const isFilter = (FILTER_NAMES as readonly string[]).includes(settings.model);
  checkSettings(clip, settings, isFilter);
  const notices = [...clip.notices];
  const weights = rangeWeights(clip.frameCount, clip.leadFrames, settings);
  const outcome = isFilter
    ? runFilter(clip, settings.model as FilterName)
    : await runNetwork(clip, settings, hooks, resources, (notice) => notices.push(notice));

  if (hooks.signal?.aborted) throw new PoseMendError('cancelled', 'the refine was cancelled');
  hooks.onProgress?.({ done: 0, total: 1, stage: 'solve' });
  const clock = performance.now();
  const blended = blendRange(outcome.before, outcome.after, weights);
  if (clip.dimensions === 3) {
    notices.push(...describeJumps(outcome.before, blended, clip.frameCount, clip.leadFrames, settings.range));
  }
  const result = solveResult(clip, blended, outcome.before, weights, settings, outcome.filterAll);
  const solveMs = performance.now() - clock;
  hooks.onProgress?.({ done: 1, total: 1, stage: 'solve' });

  const before = clip.dimensions === 3 ? outcome.before : new Float64Array(0);
  const report: RefineReport = {
    frames: clip.frameCount,
    fps: Number((1 / clip.frameTime).toFixed(4)),
    model: settings.model,
    modelVersion: outcome.version,
    device: outcome.device,
    ...describeQuality(clip, outcome),
    references: outcome.references,
    timingsMs: roundAll({ ...outcome.timingsMs, solve: solveMs, total: performance.now() - began }),
    parameters: {
      strength: settings.strength,
      firstFrame: settings.range?.[0] ?? 0,
      lastFrame: settings.range?.[1] ?? clip.frameCount - 1,
      featherFrames: settings.featherFrames ?? 0,
      smoothRotationsSeconds: settings.smoothRotationsSeconds ?? 'auto',
    },
    library: outcome.library,
    summary: summarise(before, result.body17),
    notices,
  };
  return { clip, settings, refined: result.body17, result, report };
}

/** What a refiner says of a clip, for all frames of the file; nothing is blended yet. */
interface Outcome {
  /** Gap-free input, [frame][17][xyz]. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** Filters treat every joint of the file's layout, not only body-17. */
  readonly filterAll: ((positions: Float64Array, channels: number) => Float64Array) | null;
  readonly disagreementMm: Float64Array;
  readonly floorMm: number;
  readonly expectedErrorMm: Float64Array | null;
  readonly expectedErrorAfterMm: Float64Array | null;
  readonly references: RefineReport['references'];
  readonly library: RefineReport['library'];
  readonly version: string;
  readonly device: string;
  readonly timingsMs: Readonly<Record<string, number>>;
}

function runFilter(clip: OpenedClip, name: FilterName): Outcome {
  const filter = createFilter(name);
  const lead = clip.leadFrames;
  const filterAll = (positions: Float64Array, channels: number): Float64Array => {
    const motion = positions.subarray(lead * channels);
    const out = positions.slice();
    out.set(filter(motion.slice(), motion.length / channels, channels, clip.frameTime), lead * channels);
    return out;
  };
  const clock = performance.now();
  const before =
    clip.dimensions === 3 ? fillGaps(clip.body17, BODY17_PARENTS).positions : new Float64Array(0);
  const after = clip.dimensions === 3 ? filterAll(before, BODY17_COUNT * 3) : before;
  return {
    before,
    after,
    filterAll,
    disagreementMm: jointDistancesMm(rootRelative(before), rootRelative(after)),
    floorMm: FILTER_FLOOR_MM,
    expectedErrorMm: null,
    expectedErrorAfterMm: null,
    references: [],
    library: null,
    version: '1',
    device: 'cpu',
    timingsMs: { filter: performance.now() - clock },
  };
}

async function runNetwork(
  clip: OpenedClip,
  settings: RefineSettings,
  hooks: JobHooks,
  resources: RefineResources,
  onNotice: (message: string) => void,
): Promise<Outcome> {
  const opening = performance.now();
  const session = await resources.session(settings.model, settings.device, onNotice);
  const store = await resources.library(settings.library, onNotice, hooks.signal);
  const openMs = performance.now() - opening;
  const { positions: before, missing } = fillGaps(clip.body17, BODY17_PARENTS);
  if (missing > 0) onNotice(`${missing} body joints were missing and were filled in for the network`);
  const from = clip.leadFrames * BODY17_COUNT * 3;
  const motion = before.slice(from);
  const exclude = {
    clip: clip.name,
    sourceHash: clip.sourceHash,
    ...(settings.person === undefined ? {} : { person: settings.person }),
  };
  const refined = await refineWindows(motion, clip.frameTime, session, store, exclude, hooks);

  const after = before.slice();
  after.set(refined.positions, from);
  const disagreementMm = new Float64Array(clip.frameCount * BODY17_COUNT);
  disagreementMm.set(refined.disagreementMm, clip.leadFrames * BODY17_COUNT);
  const corrections = jointDistancesMm(rootRelative(before), rootRelative(after));
  const { expectedError, quality, version } = session.model.card;
  const calibrated = (which: 'before' | 'after'): Float64Array | null => {
    const calibration = expectedError[which];
    if (calibration.knots.length === 0) return null;
    const scores = errorScores(corrections, disagreementMm, BODY17_COUNT, calibration.disagreementWeight);
    return expectedErrors(scores, calibration).fill(0, 0, clip.leadFrames);
  };
  const info = store === null ? null : await store.info();
  const uses =
    store === null || refined.references === null ? [] : await describeReferences(refined.references, store);
  return {
    before,
    after,
    filterAll: null,
    disagreementMm,
    floorMm: quality.floorMm,
    expectedErrorMm: calibrated('before'),
    expectedErrorAfterMm: calibrated('after'),
    references: uses.map((use) => ({
      ...use,
      start: use.start + clip.leadFrames,
      end: use.end + clip.leadFrames,
    })),
    library: info === null ? null : { path: info.path, entries: info.entries, version: info.version },
    version,
    device: session.device,
    timingsMs: { open: openMs, ...refined.timingsMs },
  };
}

function describeQuality(
  clip: OpenedClip,
  outcome: Outcome,
): Pick<RefineReport, 'pqe' | 'pqeJoints' | 'expectedErrorMm' | 'expectedErrorAfterMm' | 'lowQuality'> {
  const quality = poseQuality(outcome.disagreementMm, BODY17_COUNT, outcome.floorMm);
  const badness = outcome.expectedErrorMm ?? meanPerFrame(outcome.disagreementMm, clip.frameCount);
  const options =
    outcome.expectedErrorMm === null
      ? { ...DEFAULT_SPAN_OPTIONS, floor: FILTER_FLOOR_MM }
      : DEFAULT_SPAN_OPTIONS;
  return {
    pqe: Array.from(quality.frames, (value) => Number(value.toFixed(4))),
    pqeJoints: Array.from({ length: quality.frames.length }, (_, frame) =>
      Array.from(quality.joints.subarray(frame * BODY17_COUNT, (frame + 1) * BODY17_COUNT), (value) =>
        Number(value.toFixed(3)),
      ),
    ),
    expectedErrorMm: Array.from(outcome.expectedErrorMm ?? [], (value) => Number(value.toFixed(1))),
    expectedErrorAfterMm: Array.from(outcome.expectedErrorAfterMm ?? [], (value) => Number(value.toFixed(1))),
    lowQuality: lowQualitySpans(badness, clip.frameTime, options),
  };
}

function summarise(before: Float64Array, after: Float64Array): RefineReport['summary'] {
  const frames = before.length / (BODY17_COUNT * 3);
  const shape = { frames, joints: BODY17_COUNT, root: null };
  const isMeasurable = frames > 0 && after.every(Number.isFinite);
  const accel = (positions: Float64Array): number =>
    isMeasurable ? accelMagnitudeMmPerFrame2(positions, shape) : 0;
  const spread = (positions: Float64Array): number =>
    isMeasurable ? boneLengthSpreadMm(positions, BODY17_PARENTS) : 0;
  const moved = isMeasurable ? jointDistancesMm(before, after) : new Float64Array(0);
  return roundAll({
    movedMm: moved.length === 0 ? 0 : moved.reduce((sum, value) => sum + value, 0) / moved.length,
    accelBeforeMmPerFrame2: accel(before),
    accelAfterMmPerFrame2: accel(after),
    boneLengthSpreadBeforeMm: spread(before),
    boneLengthSpreadAfterMm: spread(after),
  });
}

function checkSettings(clip: OpenedClip, settings: RefineSettings, isFilter: boolean): void {
  const { strength, range, model } = settings;
  if (!(strength >= 0 && strength <= 1)) {
    throw new PoseMendError('usage', `strength is ${strength}; give a number from 0 to 1`);
  }
  if (range !== undefined && !(range[0] >= 0 && range[0] <= range[1] && range[1] < clip.frameCount)) {
    throw new PoseMendError(
      'usage',
      `${clip.path}: range ${range[0]}:${range[1]} is not inside the clip; its frames are 0:${clip.frameCount - 1}`,
    );
  }
  if (!isFilter && clip.dimensions === 2) {
    throw new PoseMendError(
      'usage',
      `${clip.path}: '${model}' refines 3D positions and this clip is 2D; use a filter, such as --model gaussian`,
    );
  }
  if (isFilter) return;
  const installed = modelNames();
  if (installed.length > 0 && !installed.includes(model)) {
    const names = [...installed, ...FILTER_NAMES].join(', ');
    throw new PoseMendError('usage', `there is no model '${model}'; there are ${names}`);
  }
}

function roundAll<Key extends string>(values: Record<Key, number>): Record<Key, number> {
  return Object.fromEntries(
    Object.entries<number>(values).map(([key, value]) => [key, Number(value.toFixed(3))]),
  ) as Record<Key, number>;
}
