import { checkJoint, checkPositions, MM_PER_METRE, type RootedPoseShape } from './pose-shape.ts';

/**
 * MPJPE, the mean per-joint position error: mean over all frames and joints of |prediction - truth|, mm.
 * Positions are metres, shape [frame][joint][xyz].
 *
 * With a `root`, each pose is first moved so that its own root joint lies at the origin (the usual protocol;
 * body-17: root 0, the pelvis). The root joint itself stays in the mean, with its error of zero, as in the
 * published numbers. With `root: null` the error is global.
 *
 * Throws RangeError on NaN or on arrays of another size.
 */
export function mpjpeMm(pred: ArrayLike<number>, truth: ArrayLike<number>, shape: RootedPoseShape): number {
  const perFrame = mpjpePerFrameMm(pred, truth, shape);
  let sum = 0;
  for (const error of perFrame) sum += error;
  return sum / shape.frames;
}

/** MPJPE of every frame on its own, mm, shape [frame]. See `mpjpeMm`. */
export function mpjpePerFrameMm(
  pred: ArrayLike<number>,
  truth: ArrayLike<number>,
  shape: RootedPoseShape,
): Float64Array {
  checkPositions('prediction', pred, shape);
  checkPositions('truth', truth, shape);
  const { frames, joints, root } = shape;
  if (root !== null) checkJoint('root', root, joints);

  const errors = new Float64Array(frames);
  for (let frame = 0; frame < frames; frame++) {
    const first = frame * joints * 3;
    let rootX = 0;
    let rootY = 0;
    let rootZ = 0;
    if (root !== null) {
      const k = first + root * 3;
      rootX = pred[k] - truth[k];
      rootY = pred[k + 1] - truth[k + 1];
      rootZ = pred[k + 2] - truth[k + 2];
    }
    let sum = 0;
    for (let k = first; k < first + joints * 3; k += 3) {
      const x = pred[k] - truth[k] - rootX;
      const y = pred[k + 1] - truth[k + 1] - rootY;
      const z = pred[k + 2] - truth[k + 2] - rootZ;
      sum += Math.sqrt(x * x + y * y + z * z);
    }
    errors[frame] = (sum / joints) * MM_PER_METRE;
  }
  return errors;
}
