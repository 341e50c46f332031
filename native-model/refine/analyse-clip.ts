import type { RefineReport } from '../../contract/report.ts';
import type { TakeQuality } from '../../contract/takes.ts';
import type { FilterName } from '../../motion/filters/filter.ts';
import { jointDistancesMm, rootRelative } from '../../motion/metrics/joint-distances.ts';
import { errorScores, expectedErrors } from '../../motion/quality/expected-error.ts';
import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import { analysisKey } from './analysis-key.ts';
import {
  describeQuality,
  FILTER_FLOOR_MM,
  type QualityFindings,
  type ReportedQuality,
} from './describe-quality.ts';
import { describeReferences } from './find-references.ts';
import { createGiveWay, type GiveWay } from './give-way.ts';
import { referenceRules } from './reference-rules.ts';
import { type AnalysisSettings, checkModel, isFilterName } from './refine-settings.ts';
import { refineWindows } from './refine-windows.ts';
import type { RefineResources } from './resources.ts';
import { createFilterAll, type FilterAll } from './run-filter.ts';

/** What a refiner says of a clip, for all frames of the file; nothing is blended yet. Takes are made of it. */
export interface Analysis {
  /** `analysisKey` of the clip and settings it was made with. */
  readonly key: string;
  readonly model: string;
  /** Gap-free input, metres, [frame][17][xyz]; empty for 2D. */
  readonly before: Float64Array;
  /** The full refinement of all frames, same shape. */
  readonly after: Float64Array;
  /** Filters treat every joint of the file's layout, not only body-17. */
  readonly filterAll: FilterAll | null;
  readonly quality: TakeQuality;
  readonly reported: ReportedQuality;
  readonly references: RefineReport['references'];
  readonly library: RefineReport['library'];
  readonly version: string;
  readonly device: string;
  readonly timingsMs: Readonly<Record<string, number>>;
  /** What the analysis has to add to the clip's own notices. */
  readonly notices: readonly string[];
  /** Memory it takes, roughly; for callers that keep some. */
  readonly bytes: number;
}

/** An analysis without what is the same for all refiners. */
type Findings = Omit<Analysis, 'key' | 'model' | 'quality' | 'reported' | 'notices' | 'bytes'> &
  QualityFindings;

/**
 * Does everything about a refine that needs the model and the library. `composeTake` makes takes of it.
 * @throws PoseMendError: 'usage' for a model that does not fit the clip, 'failed' where a model or a library is
 *   missing or damaged, 'cancelled'.
 */
export async function analyseClip(
  clip: OpenedClip,
  settings: AnalysisSettings,
  hooks: JobHooks,
  resources: RefineResources,
): Promise<Analysis> {
  const began = performance.now();
  const { model } = settings;
  checkModel(clip, model);
  const notices: string[] = [];
  const giveWay = createGiveWay(hooks.signal);
  const findings = isFilterName(model)
    ? await runFilter(clip, model, giveWay)
    : await runNetwork(clip, settings, hooks, resources, giveWay, (notice) => notices.push(notice));
  await giveWay();
  const { disagreementMm, jointScoresMm, expectedErrorMm, expectedErrorAfterMm, floorMm, ...outcome } =
    findings;
  const described = await describeQuality(findings, clip.frameTime, giveWay);
  return {
    ...outcome,
    ...described,
    key: analysisKey(clip, settings),
    model,
    timingsMs: { ...outcome.timingsMs, total: performance.now() - began },
    notices,
    bytes: findings.before.byteLength + findings.after.byteLength + clip.frameCount * QUALITY_BYTES,
  };
}

/** A frame's share of `quality` and `reported`: two times 17 joints as Float32, 17 as numbers in an array, and more. */
const QUALITY_BYTES = 2 * 17 * 4 + 17 * 8 + 128;

async function runFilter(clip: OpenedClip, name: FilterName, giveWay: GiveWay): Promise<Findings> {
  const filterAll = createFilterAll(name, clip.frameTime, clip.leadFrames);
  const clock = performance.now();
  const before =
    clip.dimensions === 3 ? fillGaps(clip.body17, BODY17_PARENTS).positions : new Float64Array(0);
  const after = clip.dimensions === 3 ? await filterAll(before, BODY17_COUNT * 3, giveWay) : before;
  const corrections = jointDistancesMm(rootRelative(before), rootRelative(after));
  return {
    before,
    after,
    filterAll,
    disagreementMm: corrections,
    jointScoresMm: corrections,
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
  settings: AnalysisSettings,
  hooks: JobHooks,
  resources: RefineResources,
  giveWay: GiveWay,
  onNotice: (message: string) => void,
): Promise<Findings> {
  const opening = performance.now();
  const session = await resources.session(settings.model, settings.device, onNotice);
  await giveWay();
  const store = await resources.library(settings.library, onNotice, hooks.signal);
  await giveWay();
  const openMs = performance.now() - opening;
  const { positions: before, missing } = fillGaps(clip.body17, BODY17_PARENTS);
  if (missing > 0) onNotice(`${missing} body joints were missing and were filled in for the network`);
  await giveWay();
  const from = clip.leadFrames * BODY17_COUNT * 3;
  const motion = before.slice(from);
  const rules = referenceRules(clip, settings);
  const refined = await refineWindows(motion, clip.frameTime, session, store, rules, hooks);
  if (refined.references?.ids.every((id) => id < 0) && rules.tags.length > 0)
    onNotice(withoutTags(rules.tags));

  const after = before.slice();
  after.set(refined.positions, from);
  const disagreementMm = new Float64Array(clip.frameCount * BODY17_COUNT);
  disagreementMm.set(refined.disagreementMm, clip.leadFrames * BODY17_COUNT);
  await giveWay();
  const corrections = jointDistancesMm(rootRelative(before), rootRelative(after));
  await giveWay();
  const { expectedError, quality, version } = session.model.card;
  const calibrated = (which: 'before' | 'after'): Float64Array | null => {
    const calibration = expectedError[which];
    if (calibration.knots.length === 0) return null;
    const scores = errorScores(corrections, disagreementMm, BODY17_COUNT, calibration.disagreementWeight);
    return expectedErrors(scores, calibration).fill(0, 0, clip.leadFrames);
  };
  const { disagreementWeight } = expectedError.before;
  const info = store === null ? null : await store.info();
  const uses =
    store === null || refined.references === null
      ? []
      : await describeReferences(refined.references, store, giveWay);
  return {
    before,
    after,
    filterAll: null,
    disagreementMm,
    jointScoresMm: corrections.map((mm, at) => Math.hypot(mm, disagreementWeight * disagreementMm[at])),
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

function withoutTags(tags: readonly string[]): string {
  const named = tags.map((tag) => `'${tag}'`).join(' and ');
  return `no reference window that may be consulted carries the ${tags.length === 1 ? 'tag' : 'tags'} ${named}: refined without references`;
}
