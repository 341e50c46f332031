import { BODY17_COUNT } from '../skeleton/body17.ts';
import { smoothLine } from './smooth-line.ts';

/** Reprojection errors beyond this, in metres at the body, count less and less (Huber): a wrong joint, not a wrong root. */
const LARGE_RESIDUAL = 0.06;
/** A frame's depth further than this share from the smooth depth counts less. */
const LARGE_DEPTH_ERROR = 0.05;
const ROUNDS = 4;
/** Depth is known to a few per cent only and bodies are heavy: faster changes are errors. Hertz. */
const DEPTH_CUTOFF_HZ = 0.8;
/** To the side and up the picture tells the root's place well; a jump and a step are slower than this. Hertz. */
const ASIDE_CUTOFF_HZ = 6;
/** The root is never nearer than this, metres. */
const NEAREST = 0.3;

/**
 * Where the root is: the translation t of each frame that brings the lifted pose p onto the rays. For a joint with the
 * ray (x, y, -1), p + t lies on it when p_x + t_x + x (p_z + t_z) = 0, and likewise in y: linear in t. Least squares,
 * weighted by confidence and by Huber's weights over the joints; the depth is made smooth over the clip, and the
 * sideways part is solved again with it.
 *
 * @param pose metres relative to the pelvis in camera axes (x right, y up, z towards the viewer), [frame][17][xyz]
 * @param rays x and y of each joint's ray, [frame][17][xy]; not read where the confidence is 0
 * @param confidence 0 where a joint was not seen, [frame][17]
 * @returns metres in camera axes, [frame][xyz]; drawn through where nothing was seen
 */
export function solveRootInCamera(
  pose: Float64Array,
  rays: Float64Array,
  confidence: Float64Array,
  frameTime: number,
): Float64Array {
  const frameCount = confidence.length / BODY17_COUNT;
  const depths = new Float64Array(frameCount);
  const weights = new Float64Array(frameCount);
  const shares = new Float64Array(BODY17_COUNT);
  const root = new Float64Array(3);
  for (let frame = 0; frame < frameCount; frame++) {
    shares.set(confidence.subarray(frame * BODY17_COUNT, (frame + 1) * BODY17_COUNT));
    for (let round = 0; round < ROUNDS; round++) {
      weights[frame] = solveFrame(root, pose, rays, frame, shares);
      huberShares(shares, root, pose, rays, confidence, frame);
    }
    depths[frame] = -root[2];
    if (!(weights[frame] > 0 && depths[frame] > NEAREST)) weights[frame] = 0;
  }
  const depth = smoothDepth(depths, weights, frameTime);

  const out = new Float64Array(frameCount * 3);
  const aside = [new Float64Array(frameCount), new Float64Array(frameCount)];
  const seen = new Float64Array(frameCount);
  for (let frame = 0; frame < frameCount; frame++) {
    shares.set(confidence.subarray(frame * BODY17_COUNT, (frame + 1) * BODY17_COUNT));
    for (let round = 0; round < ROUNDS; round++) {
      seen[frame] = solveAside(root, -depth[frame], pose, rays, frame, shares);
      huberShares(shares, root, pose, rays, confidence, frame);
    }
    aside[0][frame] = root[0] / depth[frame];
    aside[1][frame] = root[1] / depth[frame];
    out[frame * 3 + 2] = -depth[frame];
  }
  // The sideways part is smoothed as a direction, so that an error in depth does not enter.
  relativeToMean(seen);
  for (let axis = 0; axis < 2; axis++) {
    const line = smoothLine(aside[axis], seen, ASIDE_CUTOFF_HZ * frameTime);
    for (let frame = 0; frame < frameCount; frame++) out[frame * 3 + axis] = line[frame] * depth[frame];
  }
  return out;
}

/**
 * Writes the translation of one frame, all three of it; returns how well the depth is known, as the sum of the
 * joints' squared distances from their middle, square metres, weighted.
 */
function solveFrame(
  out: Float64Array,
  pose: Float64Array,
  rays: Float64Array,
  frame: number,
  shares: Float64Array,
): number {
  let total = 0;
  const sums = { x: 0, y: 0, squares: 0, bx: 0, by: 0, bz: 0 };
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    const share = shares[joint];
    if (!(share > 0)) continue;
    const at = frame * BODY17_COUNT + joint;
    const x = rays[at * 2];
    const y = rays[at * 2 + 1];
    const bx = -(pose[at * 3] + x * pose[at * 3 + 2]);
    const by = -(pose[at * 3 + 1] + y * pose[at * 3 + 2]);
    total += share;
    sums.x += share * x;
    sums.y += share * y;
    sums.squares += share * (x * x + y * y);
    sums.bx += share * bx;
    sums.by += share * by;
    sums.bz += share * (x * bx + y * by);
  }
  if (total === 0) return 0;
  // The normal equations with t_x and t_y eliminated.
  const spread = sums.squares - (sums.x * sums.x + sums.y * sums.y) / total;
  if (!(spread > 1e-9)) return 0;
  out[2] = (sums.bz - (sums.x * sums.bx + sums.y * sums.by) / total) / spread;
  out[0] = (sums.bx - sums.x * out[2]) / total;
  out[1] = (sums.by - sums.y * out[2]) / total;
  return spread * out[2] * out[2];
}

/** Writes the translation with its depth given; returns the sum of the weights. */
function solveAside(
  out: Float64Array,
  z: number,
  pose: Float64Array,
  rays: Float64Array,
  frame: number,
  shares: Float64Array,
): number {
  let total = 0;
  let sumX = 0;
  let sumY = 0;
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    const share = shares[joint];
    if (!(share > 0)) continue;
    const at = frame * BODY17_COUNT + joint;
    total += share;
    sumX -= share * (pose[at * 3] + rays[at * 2] * (pose[at * 3 + 2] + z));
    sumY -= share * (pose[at * 3 + 1] + rays[at * 2 + 1] * (pose[at * 3 + 2] + z));
  }
  out[0] = total > 0 ? sumX / total : 0;
  out[1] = total > 0 ? sumY / total : 0;
  out[2] = z;
  return total;
}

/** The confidences times Huber's weight of each joint's residual under a translation. */
function huberShares(
  shares: Float64Array,
  root: Float64Array,
  pose: Float64Array,
  rays: Float64Array,
  confidence: Float64Array,
  frame: number,
): void {
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    const at = frame * BODY17_COUNT + joint;
    shares[joint] = confidence[at];
    if (!(confidence[at] > 0)) continue;
    const z = pose[at * 3 + 2] + root[2];
    const x = pose[at * 3] + root[0] + rays[at * 2] * z;
    const y = pose[at * 3 + 1] + root[1] + rays[at * 2 + 1] * z;
    shares[joint] *= Math.min(1, LARGE_RESIDUAL / Math.max(Math.hypot(x, y), 1e-9));
  }
}

/** Whittaker's line through the depths, with Huber's weights over the frames. */
function smoothDepth(depths: Float64Array, weights: Float64Array, frameTime: number): Float64Array {
  relativeToMean(weights);
  const robust = weights.slice();
  let line = smoothLine(depths, robust, DEPTH_CUTOFF_HZ * frameTime);
  for (let round = 0; round < ROUNDS; round++) {
    for (let frame = 0; frame < depths.length; frame++) {
      const error = Math.abs(depths[frame] / Math.max(line[frame], NEAREST) - 1);
      robust[frame] = weights[frame] * Math.min(1, LARGE_DEPTH_ERROR / Math.max(error, 1e-9));
    }
    line = smoothLine(depths, robust, DEPTH_CUTOFF_HZ * frameTime);
  }
  return line.map((depth) => Math.max(depth, NEAREST));
}

/** Scales weights so that those above 0 have a mean of 1. */
function relativeToMean(weights: Float64Array): void {
  let sum = 0;
  let count = 0;
  for (const weight of weights) {
    if (!(weight > 0)) continue;
    sum += weight;
    count++;
  }
  if (count === 0) return;
  for (let frame = 0; frame < weights.length; frame++) weights[frame] *= count / sum;
}
