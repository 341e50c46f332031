import type { RefineReport } from '../../contract/report.ts';
import type { TakeQuality } from '../../contract/takes.ts';
import { sliceClip } from '../../motion/edits/slice.ts';
import { jointDistancesMm, rootRelative } from '../../motion/metrics/joint-distances.ts';
import { type FrameRange, unfamiliarSpans } from '../../motion/quality/unfamiliar-spans.ts';
import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { consultsReferences } from '../inference/model-card.ts';
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
import { networkQuality } from './network-quality.ts';
import { referenceRules } from './reference-rules.ts';
import { createNetworkFilter2d } from './refine-2d.ts';
import { type MotionInput, refineMotion } from './refine-motion.ts';
import { type AnalysisSettings, checkModel, isFilterName } from './refine-settings.ts';
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
    ? await runFilter(clip, createFilterAll(model, clip.frameTime, clip.leadFrames), giveWay)
    : clip.dimensions === 2
      ? await runNetwork2d(clip, settings, resources, giveWay, (notice) => notices.push(notice))
      : await runNetwork(clip, settings, hooks, resources, giveWay, (notice) => notices.push(notice));
  await giveWay();
  const {
    disagreementMm,
    jointScoresMm,
    expectedErrorMm,
    expectedErrorAfterMm,
    floorMm,
    tellsErrors,
    ...outcome
  } = findings;
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

async function runFilter(clip: OpenedClip, filterAll: FilterAll, giveWay: GiveWay): Promise<Findings> {
  const clock = performance.now();
  const before = clip.dimensions === 3 ? bridged(clip).positions : new Float64Array(0);
  const after = clip.dimensions === 3 ? await filterAll(before, BODY17_COUNT * 3, giveWay) : before;
  keepGaps(clip, after, before, 3);
  const corrections = jointDistancesMm(rootRelative(before), rootRelative(after));
  return {
    before,
    after,
    filterAll,
    disagreementMm: corrections,
    jointScoresMm: corrections,
    floorMm: FILTER_FLOOR_MM,
    tellsErrors: false,
    expectedErrorMm: null,
    expectedErrorAfterMm: null,
    references: [],
    library: null,
    version: '1',
    device: 'cpu',
    timingsMs: { filter: performance.now() - clock },
  };
}

/** A network on single coordinates, which is all that treats 2D keypoints. */
async function runNetwork2d(
  clip: OpenedClip,
  { model, device }: AnalysisSettings,
  resources: RefineResources,
  giveWay: GiveWay,
  onNotice: (message: string) => void,
): Promise<Findings> {
  const session = await resources.session(model, device, onNotice);
  const { card } = session.model;
  const { source, frameTime } = clip;
  if (card.architecture !== 'smoothnet' || source.kind !== 'positions')
    throw new Error('checkModel let it through');
  const filterAll = createNetworkFilter2d(source, frameTime, { session, card });
  const findings = await runFilter(clip, filterAll, giveWay);
  return { ...findings, version: card.version, device: session.device };
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
  const store = consultsReferences(session.model.card)
    ? await resources.library(settings.library, onNotice, hooks.signal)
    : null;
  await giveWay();
  const openMs = performance.now() - opening;
  const { positions: before, missing } = bridged(clip);
  if (missing > 0) onNotice(`${missing} body joints were missing and were filled in for the network`);
  await giveWay();
  const from = clip.leadFrames * BODY17_COUNT * 3;
  const rules = referenceRules(clip, settings);
  const refined = await refineMotion(motionInput(clip, before, missing), session, { store, rules }, hooks);
  if (refined.references?.ids.every((id) => id < 0) && rules.tags.length > 0)
    onNotice(withoutTags(rules.tags));
  const { card } = session.model;
  if (refined.surprise !== null && card.architecture === 'posemend') {
    const spans = unfamiliarSpans(refined.surprise, clip.frameTime, card.unfamiliarAbove);
    if (spans.length > 0) onNotice(unlikeTraining(settings.model, spans, clip));
  }

  const after = before.slice();
  after.set(refined.positions, from);
  keepGaps(clip, after, before, 3);
  await giveWay();
  const corrections = jointDistancesMm(rootRelative(before), rootRelative(after));
  await giveWay();
  const { disagreementMm, errorsMm } = refined;
  const withLead = (values: Float64Array): Float64Array => {
    if (clip.leadFrames === 0) return keepGaps(clip, values, null, 1);
    const out = new Float64Array(clip.frameCount * BODY17_COUNT);
    out.set(values, clip.leadFrames * BODY17_COUNT);
    return keepGaps(clip, out, null, 1);
  };
  const quality = networkQuality(
    {
      disagreementMm: withLead(disagreementMm),
      errorsMm:
        errorsMm === null ? null : { before: withLead(errorsMm.before), after: withLead(errorsMm.after) },
    },
    corrections,
    card,
  );
  const info = store === null ? null : await store.info();
  const uses =
    store === null || refined.references === null
      ? []
      : await describeReferences(refined.references, store, giveWay);
  return {
    before,
    after,
    filterAll: null,
    ...quality,
    expectedErrorMm: unjudged(clip, quality.expectedErrorMm),
    expectedErrorAfterMm: unjudged(clip, quality.expectedErrorAfterMm),
    floorMm: card.quality.floorMm,
    references: uses.map((use) => ({
      ...use,
      start: use.start + clip.leadFrames,
      end: use.end + clip.leadFrames,
    })),
    library: info === null ? null : { path: info.path, entries: info.entries, version: info.version },
    version: card.version,
    device: session.device,
    timingsMs: { open: openMs, ...refined.timingsMs },
  };
}

/** Input without gaps. A skeleton bridges its own, so that its bones keep their lengths. */
function bridged(clip: OpenedClip): { readonly positions: Float64Array; readonly missing: number } {
  const { source, gaps, body17 } = clip;
  const filled = fillGaps(body17, BODY17_PARENTS);
  if (gaps.length === 0 || source.kind !== 'skeleton') return filled;
  const whole = fillGaps(body17Positions(source.clip, source.map), BODY17_PARENTS).positions;
  return { positions: whole, missing: filled.missing };
}

/**
 * Frames in which nobody was seen get other values, or 0: they are not refined and not judged.
 * @param values [frame][17][size], changed in place
 */
function keepGaps(
  { gaps }: OpenedClip,
  values: Float64Array,
  others: Float64Array | null,
  size: number,
): Float64Array {
  for (const [first, last] of gaps) {
    const from = first * BODY17_COUNT * size;
    const to = (last + 1) * BODY17_COUNT * size;
    if (others === null) values.fill(0, from, to);
    else values.set(others.subarray(from, to), from);
  }
  return values;
}

/** Expected errors, [frame], of the frames that are judged; 0 in the others. */
function unjudged({ leadFrames, gaps }: OpenedClip, errors: Float64Array | null): Float64Array | null {
  errors?.fill(0, 0, leadFrames);
  for (const [first, last] of gaps) errors?.fill(0, first, last + 1);
  return errors;
}

/** The clip without its lead frames, as networks read it. */
function motionInput(clip: OpenedClip, before: Float64Array, missing: number): MotionInput {
  const { frameCount, frameTime, leadFrames, source, body17 } = clip;
  const from = leadFrames * BODY17_COUNT;
  let seen: Uint8Array | null = null;
  if (missing > 0) {
    seen = new Uint8Array((frameCount - leadFrames) * BODY17_COUNT);
    for (let at = 0; at < seen.length; at++) seen[at] = Number.isNaN(body17[(from + at) * 3]) ? 0 : 1;
  }
  const withoutLead = (rig: SkeletonClip): SkeletonClip =>
    leadFrames === 0 ? rig : sliceClip(rig, [leadFrames, frameCount - 1]);
  const skeleton = source.kind === 'skeleton' ? { clip: withoutLead(source.clip), map: source.map } : null;
  return { body17: before.slice(from * 3), seen, frameTime, skeleton };
}

function unlikeTraining(model: string, spans: readonly FrameRange[], { leadFrames }: OpenedClip): string {
  const shown = spans.slice(0, 3).map(({ start, end }) => `${start + leadFrames}-${end + leadFrames}`);
  const more = spans.length > 3 ? ` and ${spans.length - 3} more stretches` : '';
  return `frames ${shown.join(', ')}${more} are unlike what ${model} was trained on: look at them before you trust the result`;
}

function withoutTags(tags: readonly string[]): string {
  const named = tags.map((tag) => `'${tag}'`).join(' and ');
  return `no reference window that may be consulted carries the ${tags.length === 1 ? 'tag' : 'tags'} ${named}: refined without references`;
}
