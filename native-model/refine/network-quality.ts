import { meanPerFrame } from '../../motion/metrics/joint-distances.ts';
import type { ErrorCalibration } from '../../motion/quality/expected-error.ts';
import { errorScores, expectedErrors } from '../../motion/quality/expected-error.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import type { ModelCard } from '../inference/model-card.ts';
import type { RefinedMotion } from './refine-motion.ts';

/** What a network says of its input, mm. */
export interface NetworkQuality {
  /** What PQE is made of, [frame][17]: the errors the network tells, or else its branches' disagreement. */
  readonly disagreementMm: Float64Array;
  /** How a frame's error is shared out to its joints, [frame][17]. */
  readonly jointScoresMm: Float64Array;
  /** Calibrated, [frame]; null where the card has no calibration. */
  readonly expectedErrorMm: Float64Array | null;
  readonly expectedErrorAfterMm: Float64Array | null;
  /** Whether the errors are the network's own word. */
  readonly tellsErrors: boolean;
}

/** A frame's score, mm, that a calibration turns into millimetres of error. */
export function frameScores(
  { errorsMm, disagreementMm }: Pick<RefinedMotion, 'errorsMm' | 'disagreementMm'>,
  correctionsMm: Float64Array,
  which: 'before' | 'after',
  disagreementWeight: number,
): Float64Array {
  if (errorsMm !== null) return meanPerFrame(errorsMm[which], errorsMm[which].length / BODY17_COUNT);
  return errorScores(correctionsMm, disagreementMm, BODY17_COUNT, disagreementWeight);
}

/**
 * @param correctionsMm how far each joint moved against the pelvis, [frame][17]
 */
export function networkQuality(
  motion: Pick<RefinedMotion, 'errorsMm' | 'disagreementMm'>,
  correctionsMm: Float64Array,
  { expectedError }: Pick<ModelCard, 'expectedError'>,
): NetworkQuality {
  const calibrated = (which: 'before' | 'after'): Float64Array | null => {
    const calibration: ErrorCalibration = expectedError[which];
    if (calibration.knots.length === 0) return null;
    const scores = frameScores(motion, correctionsMm, which, calibration.disagreementWeight);
    return expectedErrors(scores, calibration);
  };
  const { disagreementWeight } = expectedError.before;
  const { errorsMm, disagreementMm } = motion;
  return {
    disagreementMm: errorsMm?.before ?? disagreementMm,
    jointScoresMm:
      errorsMm?.before ??
      correctionsMm.map((mm, at) => Math.hypot(mm, disagreementWeight * disagreementMm[at])),
    tellsErrors: errorsMm !== null,
    expectedErrorMm: calibrated('before'),
    expectedErrorAfterMm: calibrated('after'),
  };
}
