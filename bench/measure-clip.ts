import { accelErrorMmPerFrame2 } from '../motion/metrics/accel-error.ts';
import { footSlideMmPerFrame } from '../motion/metrics/foot-slide.ts';
import { jointDistancesMm, rootRelative } from '../motion/metrics/joint-distances.ts';
import { mpjpeMm, mpjpePerFrameMm } from '../motion/metrics/mpjpe.ts';
import { paMpjpeMm } from '../motion/metrics/pa-mpjpe.ts';
import { BODY17, BODY17_COUNT } from '../motion/skeleton/body17.ts';
import type { ModelCard } from '../native-model/inference/model-card.ts';
import { describeQuality } from '../native-model/refine/describe-quality.ts';
import { createGiveWay } from '../native-model/refine/give-way.ts';
import { networkQuality } from '../native-model/refine/network-quality.ts';
import type { RefinedMotion } from '../native-model/refine/refine-motion.ts';
import type { NoisyClip } from './noisy-clips.ts';

/** mm and mm/frame², root-relative unless it says global. */
export interface ClipFigures {
  readonly mpjpe: number;
  readonly paMpjpe: number;
  readonly accel: number;
  readonly globalMpjpe: number;
  readonly globalAccel: number;
  readonly footSlide: number;
}

/** What a network said of a clip's frames beside what is true, [frame]. */
export interface FrameQuality {
  readonly badness: readonly number[];
  readonly expectedBefore: readonly number[];
  readonly expectedAfter: readonly number[];
  readonly trueBefore: readonly number[];
  readonly trueAfter: readonly number[];
  /** 1 inside a span marked as low quality. */
  readonly marked: readonly number[];
}

/** Contacts of the feet come from the truth. */
export function measureClip(positions: Float64Array, { truth, frameTime }: NoisyClip): ClipFigures {
  const shape = { frames: truth.length / (BODY17_COUNT * 3), joints: BODY17_COUNT };
  const rooted = { ...shape, root: BODY17.pelvis };
  const global = { ...shape, root: null };
  const ankles = [BODY17.rightAnkle, BODY17.leftAnkle];
  return {
    mpjpe: mpjpeMm(positions, truth, rooted),
    paMpjpe: paMpjpeMm(positions, truth, shape),
    accel: accelErrorMmPerFrame2(positions, truth, rooted),
    globalMpjpe: mpjpeMm(positions, truth, global),
    globalAccel: accelErrorMmPerFrame2(positions, truth, global),
    footSlide: footSlideMmPerFrame(positions, ankles, frameTime, shape, { contactPositions: truth }),
  };
}

/** The product's own PQE, expected errors and marked spans of a clip. */
export async function measureQuality(
  motion: RefinedMotion,
  clip: NoisyClip,
  card: ModelCard,
): Promise<FrameQuality> {
  const { truth, input, frameTime } = clip;
  const corrections = jointDistancesMm(rootRelative(input), rootRelative(motion.positions));
  const findings = { ...networkQuality(motion, corrections, card), floorMm: card.quality.floorMm };
  const { quality, reported } = await describeQuality(findings, frameTime, createGiveWay(undefined));
  const rooted = { frames: quality.pqe.length, joints: BODY17_COUNT, root: BODY17.pelvis };
  const marked = new Array<number>(rooted.frames).fill(0);
  for (const { start, end } of reported.lowQuality) marked.fill(1, start, end + 1);
  return {
    badness: Array.from(quality.pqe, (value) => 1 - value),
    expectedBefore: Array.from(findings.expectedErrorMm ?? []),
    expectedAfter: Array.from(findings.expectedErrorAfterMm ?? []),
    trueBefore: Array.from(mpjpePerFrameMm(input, truth, rooted)),
    trueAfter: Array.from(mpjpePerFrameMm(motion.positions, truth, rooted)),
    marked,
  };
}
