import { applySimilarity, fitSimilarity } from '../math/procrustes.ts';
import { checkPositions, MM_PER_METRE, type PoseShape } from './pose-shape.ts';

/**
 * PA-MPJPE: MPJPE after Procrustes alignment, mm. Every predicted frame on its own is taken onto the true one
 * by the least-squares similarity (rotation, translation and scale; never a reflection), so the result ignores
 * where, which way and how large the pose is. No root is involved. Positions are metres, shape
 * [frame][joint][xyz].
 *
 * Throws RangeError on NaN or on arrays of another size.
 */
export function paMpjpeMm(pred: ArrayLike<number>, truth: ArrayLike<number>, shape: PoseShape): number {
  const perFrame = paMpjpePerFrameMm(pred, truth, shape);
  let sum = 0;
  for (const error of perFrame) sum += error;
  return sum / shape.frames;
}

/** PA-MPJPE of every frame, mm, shape [frame]. See `paMpjpeMm`. */
export function paMpjpePerFrameMm(
  pred: ArrayLike<number>,
  truth: ArrayLike<number>,
  shape: PoseShape,
): Float64Array {
  checkPositions('prediction', pred, shape);
  checkPositions('truth', truth, shape);
  const { frames, joints } = shape;

  const errors = new Float64Array(frames);
  const aligned = new Float64Array(joints * 3);
  for (let frame = 0; frame < frames; frame++) {
    const first = frame * joints * 3;
    applySimilarity(aligned, 0, fitSimilarity(pred, first, truth, first, joints), pred, first, joints);
    let sum = 0;
    for (let k = 0; k < joints * 3; k += 3) {
      const x = aligned[k] - truth[first + k];
      const y = aligned[k + 1] - truth[first + k + 1];
      const z = aligned[k + 2] - truth[first + k + 2];
      sum += Math.sqrt(x * x + y * y + z * z);
    }
    errors[frame] = (sum / joints) * MM_PER_METRE;
  }
  return errors;
}
