import { applySimilarity, fitSimilarity } from '../math/procrustes.ts';
import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';

/**
 * How windows are compared in the pose vector database (PVD), after the input stage of SynSP++: template
 * joints of the first and the last frame, aligned to a fixed pose by one similarity.
 *
 * The name of this recipe. Vectors made by another recipe cannot be compared with these, so a library carries
 * it. Change it whenever a number below changes.
 */
export const RETRIEVAL_VERSION = 'first-last-14-similarity/1';

/** The template joints as body-17 indices. Pelvis, spine and neck are left out: they follow from the others. */
export const RETRIEVAL_JOINTS: readonly number[] = [
  BODY17.rightHip,
  BODY17.rightKnee,
  BODY17.rightAnkle,
  BODY17.leftHip,
  BODY17.leftKnee,
  BODY17.leftAnkle,
  BODY17.thorax,
  BODY17.head,
  BODY17.leftShoulder,
  BODY17.leftElbow,
  BODY17.leftWrist,
  BODY17.rightShoulder,
  BODY17.rightElbow,
  BODY17.rightWrist,
];

/**
 * The template pose: a standing adult with the arms hanging slightly bent, pelvis at the origin, facing +Z,
 * left is +X. Metres, Y up. Shape [template joint][xyz]. `fixtures/retrieval-template.json` holds the same
 * numbers for the training package.
 */
// biome-ignore format: one joint a line
export const RETRIEVAL_TEMPLATE: readonly number[] = [
  -0.09, 0, 0,
  -0.1, -0.42, 0.02,
  -0.11, -0.83, -0.02,
  0.09, 0, 0,
  0.1, -0.42, 0.02,
  0.11, -0.83, -0.02,
  0, 0.48, -0.02,
  0, 0.7, 0.06,
  0.17, 0.44, -0.02,
  0.24, 0.17, -0.04,
  0.27, -0.07, 0.06,
  -0.17, 0.44, -0.02,
  -0.24, 0.17, -0.04,
  -0.27, -0.07, 0.06,
];

/** Numbers in a retrieval vector: two frames of the template joints. */
export const RETRIEVAL_DIM = 2 * RETRIEVAL_JOINTS.length * 3;

/** The template for both frames, because both are aligned by one similarity: the motion between them counts. */
const target = Float64Array.from([...RETRIEVAL_TEMPLATE, ...RETRIEVAL_TEMPLATE]);
const points = new Float64Array(RETRIEVAL_DIM);

/**
 * Writes the retrieval vector of one body-17 window: `RETRIEVAL_DIM` numbers at `outOffset`, metres at the
 * template's scale, shape [first, last frame][template joint][xyz].
 *
 * `window` is [frame][body-17 joint][xyz] in any unit and any orientation: position, heading, size and unit
 * cancel out. Throws RangeError on NaN or infinity in a joint that is read.
 */
export function retrievalVector(
  out: Float32Array,
  outOffset: number,
  window: ArrayLike<number>,
  windowOffset: number,
  frames = 8,
): void {
  const lastFrame = windowOffset + (frames - 1) * BODY17_COUNT * 3;
  const half = RETRIEVAL_DIM / 2;
  for (let n = 0; n < RETRIEVAL_JOINTS.length; n++) {
    const joint = RETRIEVAL_JOINTS[n] * 3;
    for (let axis = 0; axis < 3; axis++) {
      points[n * 3 + axis] = window[windowOffset + joint + axis];
      points[half + n * 3 + axis] = window[lastFrame + joint + axis];
    }
  }
  const similarity = fitSimilarity(points, 0, target, 0, RETRIEVAL_DIM / 3);
  applySimilarity(out, outOffset, similarity, points, 0, RETRIEVAL_DIM / 3);
}

/**
 * Lays a found window onto the input window by the one similarity that fits all frames and joints best, as it
 * enters the network. Both are [frame][joint][xyz]; the result has the input's unit, place and heading.
 * Throws RangeError on NaN or infinity in either window.
 */
export function alignWindow(
  out: Float64Array | Float32Array,
  outOffset: number,
  found: ArrayLike<number>,
  foundOffset: number,
  input: ArrayLike<number>,
  inputOffset: number,
  frames: number,
  joints: number,
): void {
  const similarity = fitSimilarity(found, foundOffset, input, inputOffset, frames * joints);
  applySimilarity(out, outOffset, similarity, found, foundOffset, frames * joints);
}
