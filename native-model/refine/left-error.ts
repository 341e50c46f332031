import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';

/**
 * Expected error of what a take writes, mm, per frame: between that of the input and that of the full refinement, in
 * the proportion of the refinement each frame got. Exact at both ends; in between the calibration has not been
 * checked. Empty where no error is known.
 *
 * @param weights part of the refinement per frame, 0..1
 * @param joints which of the 17 joints are refined; absent: all
 */
export function leftError(
  before: Float32Array,
  afterFull: Float32Array,
  weights: Float64Array,
  joints: readonly boolean[] | undefined,
): Float32Array {
  const share = joints === undefined ? 1 : joints.filter(Boolean).length / BODY17_COUNT;
  return afterFull.map((after, frame) => before[frame] + weights[frame] * share * (after - before[frame]));
}
