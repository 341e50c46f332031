import type { RefineReport } from '../../contract/report.ts';
import type { TakeQuality } from '../../contract/takes.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import type { Analysis } from './analyse-clip.ts';
import { analysisKey } from './analysis-key.ts';
import { blendRange, describeJumps, rangeWeights } from './blend-range.ts';
import { createGiveWay } from './give-way.ts';
import { body17Shares, excludedJointNames } from './joint-shares.ts';
import { leftError } from './left-error.ts';
import { plantFeet } from './plant-feet.ts';
import { checkCompose, type RefineSettings } from './refine-settings.ts';
import { roundAll } from './round-all.ts';
import { type SolvedResult, solveResult } from './solve-result.ts';
import { summariseTake } from './summarise-take.ts';

/** A result beside its input. Nothing in it replaces anything. */
export interface Take {
  readonly clip: OpenedClip;
  readonly settings: RefineSettings;
  /** Metres, Y up, [frame][17][xyz], as written: on a skeleton after IK. Empty for 2D. */
  readonly refined: Float64Array;
  /** What an encoder writes. */
  readonly result: SolvedResult;
  /** The report's numbers per frame and joint, as arrays and unrounded. */
  readonly quality: TakeQuality;
  readonly report: RefineReport;
}

/**
 * Makes a take of an analysis: takes the part of it that strength, range, feather and joints ask for, holds standing
 * feet in place if asked to, and carries that back onto the clip's own skeleton or layout. One analysis makes any
 * number of takes.
 * @throws PoseMendError: 'usage' for settings that do not fit the clip, 'cancelled'. RangeError for an analysis
 *   of another clip or of other settings.
 */
export async function composeTake(
  clip: OpenedClip,
  analysis: Analysis,
  settings: RefineSettings,
  { onProgress, signal }: JobHooks,
): Promise<Take> {
  const began = performance.now();
  checkCompose(clip, settings);
  if (analysis.key !== analysisKey(clip, settings)) {
    throw new RangeError(`the analysis is not one of ${clip.path} with these settings`);
  }
  const { joints, range } = settings;
  const { before } = analysis;
  const giveWay = createGiveWay(signal);
  const weights = rangeWeights(clip.frameCount, clip.leadFrames, settings);
  // Without any joint there is nothing to solve: every frame is the input's, to the last bit.
  if (joints?.every((isRefined) => !isRefined)) weights.fill(0);
  for (const [first, last] of clip.gaps) weights.fill(0, first, last + 1);

  const tell = (share: number): void =>
    onProgress?.({ done: Math.floor(share * clip.frameCount), total: clip.frameCount, stage: 'solve' });
  tell(0);
  const blended = blendRange(before, analysis.after, weights, body17Shares(joints));
  const jumps =
    clip.dimensions === 3 ? describeJumps(before, blended, clip.frameCount, clip.leadFrames, range) : [];
  await giveWay();
  const solveSettings = { ...settings, weights };
  const feet = await plantFeet(clip, analysis.after, blended, solveSettings, giveWay);
  const result = await solveResult(clip, feet, before, solveSettings, analysis.filterAll, signal, tell);
  const solveMs = performance.now() - began;
  const quality = {
    ...analysis.quality,
    expectedErrorAfterMm: leftError(
      analysis.quality.expectedErrorMm,
      analysis.quality.expectedErrorAfterMm,
      weights,
      joints,
    ),
  };
  const reported = {
    ...analysis.reported,
    expectedErrorAfterMm: Array.from(quality.expectedErrorAfterMm, (value) => Number(value.toFixed(1))),
  };
  const summary = await summariseTake(clip, before, result, reported, feet.sureContacts, giveWay);
  tell(1);

  const { total: analysisMs = 0, ...timingsMs } = analysis.timingsMs;
  const report: RefineReport = {
    frames: clip.frameCount,
    fps: Number((1 / clip.frameTime).toFixed(4)),
    model: settings.model,
    modelVersion: analysis.version,
    device: analysis.device,
    ...reported,
    footContacts: feet.contacts,
    references: analysis.references,
    timingsMs: roundAll({
      ...timingsMs,
      solve: solveMs,
      total: analysisMs + performance.now() - began,
    }),
    parameters: parametersOf(clip, settings),
    library: analysis.library,
    summary,
    notices: [...clip.notices, ...analysis.notices, ...jumps],
  };
  return { clip, settings, refined: result.body17, result, quality, report };
}

function parametersOf(clip: OpenedClip, settings: RefineSettings): RefineReport['parameters'] {
  const { strength, range, featherFrames, joints, tags = [], smoothRotationsSeconds, footLock } = settings;
  const excluded = excludedJointNames(joints);
  return {
    strength,
    firstFrame: range?.[0] ?? 0,
    lastFrame: range?.[1] ?? clip.frameCount - 1,
    featherFrames: featherFrames ?? 0,
    smoothRotationsSeconds: smoothRotationsSeconds ?? 'auto',
    footLock: footLock ?? 'off',
    ...(excluded.length > 0 && { excludedJoints: excluded.join(', ') }),
    ...(tags.length > 0 && { tags: tags.join(', ') }),
  };
}
