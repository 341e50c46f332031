/**
 * Turns what the network says about itself into millimetres of expected error, by a table calibrated on the
 * validation split (it stands in the model's card).
 */
export interface ErrorCalibration {
  /** Weight of the branch disagreement beside the correction's size. */
  readonly disagreementWeight: number;
  /** Increasing score (mm) and the mean true error at that score (mm). Linear in between, constant below, in proportion above. */
  readonly knots: readonly (readonly [scoreMm: number, errorMm: number])[];
}

/** Score of a frame, mm: mean over joints of the hypotenuse of correction and weighted disagreement. */
export function errorScores(
  correctionMm: Float64Array,
  disagreementMm: Float64Array,
  joints: number,
  disagreementWeight: number,
): Float64Array {
  const scores = new Float64Array(correctionMm.length / joints);
  for (let frame = 0; frame < scores.length; frame++) {
    let sum = 0;
    for (let at = frame * joints; at < (frame + 1) * joints; at++) {
      sum += Math.hypot(correctionMm[at], disagreementWeight * disagreementMm[at]);
    }
    scores[frame] = sum / joints;
  }
  return scores;
}

/** Expected error per frame, mm. */
export function expectedErrors(scores: Float64Array, { knots }: ErrorCalibration): Float64Array {
  return scores.map((score) => interpolate(score, knots));
}

function interpolate(x: number, knots: ErrorCalibration['knots']): number {
  if (x <= knots[0][0]) return knots[0][1];
  for (let k = 1; k < knots.length; k++) {
    const [x1, y1] = knots[k];
    if (x > x1) continue;
    const [x0, y0] = knots[k - 1];
    return y0 + ((y1 - y0) * (x - x0)) / Math.max(x1 - x0, 1e-9);
  }
  // Worse than nearly all of what it was calibrated on: in proportion, so that the worst frames still stand out.
  const [last, error] = knots[knots.length - 1];
  return (error * x) / Math.max(last, 1e-9);
}
