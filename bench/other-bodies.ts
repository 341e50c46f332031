import { seededRandom } from '../assets/samples/random.ts';
import { BODY17, BODY17_COUNT, BODY17_PARENTS } from '../motion/skeleton/body17.ts';
import { OTHER_SIDE } from '../motion/skeleton/mirror.ts';

/**
 * The same motion on a made-up body: every bone 15 % longer or shorter at most, the whole body likewise; paths of the
 * pelvis grow with the legs. Metres, [frame][17][xyz].
 */
export function onOtherBody(positions: Float64Array, seed: number): Float64Array {
  const random = seededRandom(seed);
  const size = random.between(0.85, 1.15);
  const factors = Array.from({ length: BODY17_COUNT }, () => size * random.between(0.85, 1.15));
  // Both sides grow alike.
  for (const [name, joint] of Object.entries(BODY17)) {
    if (name.startsWith('left')) factors[joint] = factors[OTHER_SIDE[joint]];
  }
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
