import { seededRandom } from '../assets/samples/random.ts';
import { BODY17, BODY17_COUNT, BODY17_PARENTS } from '../motion/skeleton/body17.ts';

/** Left joints by their right counterparts: both sides grow alike. */
const MIRRORED: Readonly<Record<number, number>> = {
  [BODY17.leftHip]: BODY17.rightHip,
  [BODY17.leftKnee]: BODY17.rightKnee,
  [BODY17.leftAnkle]: BODY17.rightAnkle,
  [BODY17.leftShoulder]: BODY17.rightShoulder,
  [BODY17.leftElbow]: BODY17.rightElbow,
  [BODY17.leftWrist]: BODY17.rightWrist,
};

/**
 * The same motion on a made-up body: every bone 15 % longer or shorter at most, the whole body likewise; paths of the
 * pelvis grow with the legs. Metres, [frame][17][xyz].
 */
export function onOtherBody(positions: Float64Array, seed: number): Float64Array {
  const random = seededRandom(seed);
  const size = random.between(0.85, 1.15);
  const factors = Array.from({ length: BODY17_COUNT }, () => size * random.between(0.85, 1.15));
  for (const [left, right] of Object.entries(MIRRORED)) factors[Number(left)] = factors[right];
  factors[BODY17.pelvis] = (factors[BODY17.rightKnee] + factors[BODY17.rightAnkle]) / 2;
  const out = positions.slice();
  for (let first = 0; first < positions.length; first += BODY17_COUNT * 3) {
    for (let joint = 0; joint < BODY17_COUNT; joint++) {
      const at = first + joint * 3;
      const from = first + BODY17_PARENTS[joint] * 3;
      for (let axis = 0; axis < 3; axis++) {
        out[at + axis] =
          joint === BODY17.pelvis
            ? factors[joint] * positions[at + axis]
            : out[from + axis] + factors[joint] * (positions[at + axis] - positions[from + axis]);
      }
    }
  }
  return out;
}
