import type { RefineReport } from '../../contract/report.ts';
import { contactSlideMmPerFrame } from '../../motion/contact/contact-slide.ts';
import type { FootContact } from '../../motion/contact/foot-contacts.ts';
import { accelMagnitudeMmPerFrame2 } from '../../motion/metrics/accel-error.ts';
import { boneLengthSpreadMm, skeletonSpreadMm } from '../../motion/metrics/bone-length-spread.ts';
import { jitterMPerS3 } from '../../motion/metrics/jitter.ts';
import { jointDistancesMm } from '../../motion/metrics/joint-distances.ts';
import { rangeOfMotionKeptPercent } from '../../motion/metrics/range-of-motion.ts';
import { BODY17, BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import type { GiveWay } from './give-way.ts';
import { roundAll } from './round-all.ts';
import type { SolvedResult } from './solve-result.ts';

const POSE = BODY17_COUNT * 3;

/**
 * Numbers of a whole clip before and after; zeros where they cannot be measured (2D clips, joints never seen).
 *
 * @param before gap-free body-17, metres, [frame][17][xyz]; empty for 2D
 * @param result what is written
 * @param contacts when feet stand, for both
 */
export async function summariseTake(
  clip: Pick<OpenedClip, 'frameTime' | 'leadFrames' | 'source'>,
  before: Float64Array,
  result: SolvedResult,
  errors: Pick<RefineReport, 'expectedErrorMm' | 'expectedErrorAfterMm'>,
  contacts: readonly FootContact[],
  giveWay: GiveWay,
): Promise<RefineReport['summary']> {
  const { frameTime, leadFrames } = clip;
  const after = result.body17;
  const isMeasurable = after.length > 0 && after.every(Number.isFinite);
  const measured = async (value: () => number): Promise<number> => {
    if (!isMeasurable) return 0;
    await giveWay();
    return value();
  };
  const frames = before.length / POSE;
  const shape = { frames, joints: BODY17_COUNT, root: null };
  // The leap out of a T-pose is neither jitter nor motion.
  const motion = { ...shape, frames: frames - leadFrames };
  const from = before.subarray(leadFrames * POSE);
  const to = after.subarray(leadFrames * POSE);
  const inputSkeleton = clip.source.kind === 'skeleton' ? clip.source.clip : null;
  return roundAll({
    movedMm: await measured(() => mean(jointDistancesMm(before, after))),
    accelBeforeMmPerFrame2: await measured(() => accelMagnitudeMmPerFrame2(before, shape)),
    accelAfterMmPerFrame2: await measured(() => accelMagnitudeMmPerFrame2(after, shape)),
    boneLengthSpreadBeforeMm: await measured(() => boneSpread(before, inputSkeleton)),
    boneLengthSpreadAfterMm: await measured(() => boneSpread(after, result.skeletonClip)),
    jitterBeforeMPerS3: await measured(() => jitterMPerS3(from, frameTime, motion)),
    jitterAfterMPerS3: await measured(() => jitterMPerS3(to, frameTime, motion)),
    footSlideBeforeMmPerFrame: await measured(() => contactSlideMmPerFrame(before, contacts)),
    footSlideAfterMmPerFrame: await measured(() => contactSlideMmPerFrame(after, contacts)),
    expectedErrorBeforeMm: mean(errors.expectedErrorMm),
    expectedErrorAfterMm: mean(errors.expectedErrorAfterMm),
    rangeOfMotionKeptPercent: await measured(() =>
      rangeOfMotionKeptPercent(from, to, { ...motion, root: BODY17.pelvis }),
    ),
  });
}

/** 0 for no values. */
function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at];
  return values.length === 0 ? 0 : sum / values.length;
}

/**
 * Of a skeleton's own bones, where there is one: body-17 joints are means of its nodes, and the lines between them are
 * no bones.
 */
function boneSpread(body17: Float64Array, skeleton: SkeletonClip | null): number {
  return skeleton === null ? boneLengthSpreadMm(body17, BODY17_PARENTS) : skeletonSpreadMm(skeleton);
}
