/**
 * PQE, the pose quality encoding (SynSP++, equation 4): where the position branch and the acceleration branch
 * disagree, the input is bad. PQE = exp(-dis / (max dis + sigma)), the mean over joints per frame.
 *
 * The maximum is taken over the whole clip, not over one frame's joints, which is what makes frames comparable
 * on a timeline; and it is a robust one, the 99th percentile, but at least the model's usual scale (its card):
 * a clean clip then reads near 1 throughout instead of showing its own noise, and clips can be compared.
 */
export interface PoseQuality {
  /** 0..1 per frame, 1 = good. */
  readonly frames: Float64Array;
  /** Shape [frame][joint]. */
  readonly joints: Float64Array;
  /** What disagreements were divided by, mm. */
  readonly scaleMm: number;
}

const SIGMA = 1e-6;
const ROBUST_MAXIMUM = 0.99;

/**
 * @param disagreementMm distance between the branches, or an error in its place, [frame][joint], mm
 * @param floorMm least scale, mm
 * @param isAbsolute whether that is the scale of every clip: where millimetres mean the same everywhere, a clip's own
 *   maximum would only hide how bad it is as a whole
 */
export function poseQuality(
  disagreementMm: Float64Array,
  joints: number,
  floorMm: number,
  isAbsolute = false,
): PoseQuality {
  const scaleMm = isAbsolute ? floorMm : Math.max(quantile(disagreementMm, ROBUST_MAXIMUM), floorMm);
  const frameCount = disagreementMm.length / joints;
  const perJoint = new Float64Array(disagreementMm.length);
  const frames = new Float64Array(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    let sum = 0;
    for (let at = frame * joints; at < (frame + 1) * joints; at++) {
      perJoint[at] = Math.exp(-disagreementMm[at] / (scaleMm + SIGMA));
      sum += perJoint[at];
    }
    frames[frame] = sum / joints;
  }
  return { frames, joints: perJoint, scaleMm };
}

/** The value below which a part `q` (0..1) of the values lie; 0 for no values. */
export function quantile(values: ArrayLike<number>, q: number): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
