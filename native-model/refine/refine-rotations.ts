import { PoseMendError } from '../../contract/errors.ts';
import { dotQuat, multiplyConjugateQuat, normalizeQuat } from '../../motion/math/quat.ts';
import { jointDistancesMm, rootRelative } from '../../motion/metrics/joint-distances.ts';
import { BODY17_COUNT, BODY17_PARENTS, type Body17Map } from '../../motion/skeleton/body17.ts';
import { writeBody17 } from '../../motion/skeleton/body17-positions.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import { solveFk } from '../../motion/skeleton/fk.ts';
import type { HprNetCard } from '../inference/model-card.ts';
import type { OnnxSession } from '../inference/onnx-session.ts';
import type { JobHooks } from '../jobs/job-hooks.ts';
import { createGiveWay } from './give-way.ts';
import type { MotionInput, RefinedMotion } from './refine-motion.ts';
import { createStopwatch } from './stopwatch.ts';

/** Windows per call of the network, which keeps the event loop to itself for the time it runs (under 0.1 s). */
const BATCH = 128;

/** Stands in `rotatingNodes` for a body-17 joint without a rotation of its own. */
const NO_NODE = -1;

/**
 * The pipeline of HPR-Net (Sensors 21, 4572, 2021): around every frame of the clip a window of its neighbours, ends
 * held; the network says how much each of them counts, and every rotation and translation of the skeleton becomes
 * the weighted mean of its neighbours' (equations 2 and 3). The mean of unit quaternions approximates that of
 * rotations to second order. All of a window's quaternions are brought to the side of its centre's, so that the
 * clip's own signs do not matter.
 *
 * @throws PoseMendError: 'usage' for a clip without rotations, 'cancelled' when the signal fires
 */
export async function refineRotations(
  { body17, skeleton }: MotionInput,
  { session, card }: { readonly session: OnnxSession; readonly card: HprNetCard },
  { onProgress, signal }: JobHooks,
): Promise<RefinedMotion> {
  if (skeleton === null) throw new PoseMendError('usage', needsRotations(card.name));
  const { clip, map } = skeleton;
  const { frameCount } = clip;
  const giveWay = createGiveWay(signal);
  const { timings, lap } = createStopwatch('windows', 'network', 'average');

  const length = card.windowLength;
  const size = length * BODY17_COUNT * 4;
  const nodes = rotatingNodes(map);
  const rotations = new Float32Array(BATCH * size);
  const neighbours = new Int32Array(length);
  const poser = createPoser(clip);
  const smooth = new Float64Array(body17.length);
  for (let first = 0; first < frameCount; first += BATCH) {
    onProgress?.({ done: first, total: frameCount, stage: 'refine' });
    const count = Math.min(BATCH, frameCount - first);
    for (let w = 0; w < count; w++) {
      findNeighbours(neighbours, first + w, frameCount);
      writeWindow(rotations, w * size, clip, nodes, neighbours);
    }
    lap('windows');
    await giveWay();
    const { weights } = await session.run({
      rotations: { data: rotations, shape: [count, length, BODY17_COUNT, 4] },
    });
    lap('network');
    for (let w = 0; w < count; w++) {
      findNeighbours(neighbours, first + w, frameCount);
      const positions = poser(neighbours, weights.subarray(w * length, (w + 1) * length));
      writeBody17(smooth, (first + w) * BODY17_COUNT * 3, map, positions);
    }
    lap('average');
    await giveWay();
  }
  onProgress?.({ done: frameCount, total: frameCount, stage: 'refine' });

  // A skeleton need not have all 17.
  const positions = fillGaps(smooth, BODY17_PARENTS).positions;
  const disagreementMm = jointDistancesMm(rootRelative(body17), rootRelative(positions));
  lap('average');
  return { positions, disagreementMm, errorsMm: null, surprise: null, references: null, timingsMs: timings };
}

/** What to tell of a clip that has positions only. */
export function needsRotations(model: string): string {
  return `'${model}' works on joint rotations and this clip has positions; choose posemend or synsp++`;
}

/** The node whose rotation is a body-17 joint's; a joint between several nodes has none. */
function rotatingNodes(map: Body17Map): readonly number[] {
  return map.map((entry) => (entry.length === 1 ? entry[0].node : NO_NODE));
}

/** Frames of the window around a frame; past the clip's ends, the first or the last one. */
function findNeighbours(out: Int32Array, centre: number, frameCount: number): void {
  const reach = Math.floor(out.length / 2);
  for (let slot = 0; slot < out.length; slot++) {
    out[slot] = Math.min(frameCount - 1, Math.max(0, centre + slot - reach));
  }
}

/** Writes a window as the network reads it: rotations relative to the centre's, w >= 0, [slot][17][xyzw]. */
function writeWindow(
  out: Float32Array,
  outOffset: number,
  { skeleton, localRotations }: SkeletonClip,
  nodes: readonly number[],
  neighbours: Int32Array,
): void {
  const stride = skeleton.names.length * 4;
  const centre = neighbours[Math.floor(neighbours.length / 2)] * stride;
  const relative = new Float64Array(4);
  for (let slot = 0; slot < neighbours.length; slot++) {
    for (let joint = 0; joint < BODY17_COUNT; joint++) {
      const at = outOffset + (slot * BODY17_COUNT + joint) * 4;
      const node = nodes[joint];
      if (node === NO_NODE) {
        out.fill(0, at, at + 3);
        out[at + 3] = 1;
        continue;
      }
      const from = neighbours[slot] * stride + node * 4;
      multiplyConjugateQuat(relative, 0, localRotations, centre + node * 4, localRotations, from);
      const sign = relative[3] < 0 ? -1 : 1;
      for (let component = 0; component < 4; component++) out[at + component] = sign * relative[component];
    }
  }
}

/** World positions of all nodes ([node][xyz], metres) for the weighted mean of some frames; reused from call to call. */
type Poser = (frames: Int32Array, weights: Float32Array) => Float64Array;

function createPoser(clip: SkeletonClip): Poser {
  const nodeCount = clip.skeleton.names.length;
  const mean = {
    ...clip,
    frameCount: 1,
    localRotations: new Float64Array(nodeCount * 4),
    localTranslations: new Float64Array(nodeCount * 3),
  };
  const positions = new Float64Array(nodeCount * 3);
  const worldRotations = new Float64Array(nodeCount * 4);
  return (frames, weights) => {
    averageRotations(mean.localRotations, clip.localRotations, frames, weights);
    averageTranslations(mean.localTranslations, clip.localTranslations, frames, weights);
    solveFk(mean, 0, positions, worldRotations);
    return positions;
  };
}

/** Equations 2 and 3 for one frame, [node][xyzw], from all frames' [frame][node][xyzw]. */
function averageRotations(
  out: Float64Array,
  rotations: Float64Array,
  frames: Int32Array,
  weights: Float32Array,
): void {
  const centre = frames[Math.floor(frames.length / 2)] * out.length;
  out.fill(0);
  for (let slot = 0; slot < frames.length; slot++) {
    const from = frames[slot] * out.length;
    for (let node = 0; node < out.length; node += 4) {
      const isFar = dotQuat(rotations, centre + node, rotations, from + node) < 0;
      const weight = isFar ? -weights[slot] : weights[slot];
      for (let at = node; at < node + 4; at++) out[at] += weight * rotations[from + at];
    }
  }
  for (let node = 0; node < out.length; node += 4) normalizeQuat(out, node);
}

/** Weighted means for one frame, [node][xyz], from all frames' [frame][node][xyz]. */
function averageTranslations(
  out: Float64Array,
  translations: Float64Array,
  frames: Int32Array,
  weights: Float32Array,
): void {
  // In float32 the shares do not add up to 1 exactly.
  const sum = weights.reduce((total, weight) => total + weight, 0);
  out.fill(0);
  for (let slot = 0; slot < frames.length; slot++) {
    const share = weights[slot] / sum;
    const from = frames[slot] * out.length;
    for (let at = 0; at < out.length; at++) out[at] += share * translations[from + at];
  }
}
