import { seededRandom } from '../assets/samples/random.ts';
import { applySimilarity, fitSimilarity } from '../motion/math/procrustes.ts';
import { mpjpeMm } from '../motion/metrics/mpjpe.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { findHeading, HEADING_SIZE, toHeading } from '../motion/windows/heading.ts';
import { RETRIEVAL_DIM, RETRIEVAL_JOINTS, retrievalVector } from '../motion/windows/retrieval-vector.ts';
import type { PoseLibrary } from '../native-model/pvd/library.ts';
import { atFrameRate, type TruthClip } from './mocap.ts';
import { noisyClip, SETTINGS } from './noisy-clips.ts';
import { DEFAULT_NETWORK, type Refiners } from './refiners.ts';

const LENGTH = 8;
const SIZE = LENGTH * BODY17_COUNT * 3;
/** Frames between two windows: enough of them, and the exhaustive search stays short. */
const STRIDE = 12;
const COUNTS = [1, 4, 8, 16];
/** Joints of the largest error that the masked search leaves out. */
const MASKED = 4;

/** MPJPE over the windows, mm. */
export interface RetrievalLine {
  readonly what: string;
  readonly mpjpe: number;
}

/** What the library alone says of noisy windows at 30 fps. `joints` leaves out what the network calls wrong. */
export async function retrieveAlone(
  clips: readonly TruthClip[],
  refiners: Refiners,
  hasNetwork: boolean,
): Promise<{ lines: RetrievalLine[]; windows: number }> {
  const library = await refiners.library();
  const ids = library.list({}, { limit: library.count() }).entries.map(({ id }) => id);
  const vectors = ids.map((id) => library.entry(id).vector);
  const random = seededRandom(3);
  const sums = new Map<string, number>();
  const add = (what: string, window: Float64Array, truth: Float64Array): void => {
    const error = mpjpeMm(window, truth, { frames: LENGTH, joints: BODY17_COUNT, root: 0 });
    sums.set(what, (sums.get(what) ?? 0) + error);
  };
  let windows = 0;
  for (const [index, source] of clips.entries()) {
    const clip = noisyClip(atFrameRate(source, 30), SETTINGS.est30, 0, index);
    const refined = hasNetwork ? await refiners.network(DEFAULT_NETWORK, clip) : null;
    for (let at = 0; at + SIZE <= clip.input.length; at += STRIDE * BODY17_COUNT * 3) {
      const input = clip.input.slice(at, at + SIZE);
      const truth = clip.truth.slice(at, at + SIZE);
      const laid = (id: number, weights: Float64Array | null): Float64Array =>
        layOnto(input, library, id, weights);
      windows++;
      add('the input', input, truth);
      const query = queryVector(input);
      const hits = library.searchMany(query, 1, 16);
      for (const k of COUNTS) {
        const mean = meanOf(Array.from(hits.ids.subarray(0, k), (id) => laid(id, null)));
        add(k === 1 ? 'nearest' : `mean of the ${k} nearest`, mean, truth);
        if (k === 8) add('mean of the 8 nearest and the input', meanOf([mean, input]), truth);
      }
      add('one at random', laid(ids[Math.floor(random.uniform() * ids.length)], null), truth);
      if (refined === null || refined.errorsMm === null) continue;
      const first = (at / 3) | 0;
      const weights = trusted(refined.errorsMm.before.subarray(first, first + SIZE / 3));
      const nearest = searchMasked(query, vectors, weights, 8).map((n) => laid(ids[n], weights));
      add(`nearest, without the ${MASKED} joints expected worst`, nearest[0], truth);
      add(`mean of the 8 nearest, without the ${MASKED} joints expected worst`, meanOf(nearest), truth);
    }
  }
  return { lines: Array.from(sums, ([what, sum]) => ({ what, mpjpe: sum / windows })), windows };
}

function queryVector(window: Float64Array): Float32Array {
  const heading = new Float64Array(HEADING_SIZE);
  const turned = new Float32Array(SIZE);
  const out = new Float32Array(RETRIEVAL_DIM);
  findHeading(heading, window, 0, LENGTH);
  toHeading(turned, 0, window, 0, LENGTH * BODY17_COUNT, heading);
  retrievalVector(out, 0, turned, 0, LENGTH);
  return out;
}

/** The library's window by the similarity that fits the joints of weight best. */
function layOnto(
  input: Float64Array,
  library: PoseLibrary,
  id: number,
  weights: Float64Array | null,
): Float64Array {
  const found = library.window(id);
  const out = new Float64Array(SIZE);
  const perPoint =
    weights === null ? null : Float64Array.from({ length: SIZE / 3 }, (_, at) => weights[at % BODY17_COUNT]);
  const options = perPoint === null ? {} : { weights: perPoint };
  applySimilarity(out, 0, fitSimilarity(found, 0, input, 0, SIZE / 3, options), found, 0, SIZE / 3);
  return out;
}

function meanOf(windows: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(SIZE);
  for (const window of windows)
    window.forEach((value, at) => {
      out[at] += value / windows.length;
    });
  return out;
}

/** 0 for the joints of the largest mean error, 1 for the others. */
function trusted(errorsMm: Float64Array): Float64Array {
  const means = new Float64Array(BODY17_COUNT);
  errorsMm.forEach((error, at) => {
    means[at % BODY17_COUNT] += error;
  });
  const worst = Array.from(means.keys())
    .sort((a, b) => means[b] - means[a])
    .slice(0, MASKED);
  return Float64Array.from(means, (_, joint) => (worst.includes(joint) ? 0 : 1));
}

/** Places of the k nearest entries, each laid onto the query by the joints of weight; compares with every entry. */
function searchMasked(
  query: Float32Array,
  vectors: readonly Float32Array[],
  weights: Float64Array,
  k: number,
): number[] {
  const count = RETRIEVAL_JOINTS.length;
  const perPoint = Float64Array.from({ length: 2 * count }, (_, at) => weights[RETRIEVAL_JOINTS[at % count]]);
  const laid = new Float64Array(RETRIEVAL_DIM);
  const distances = vectors.map((vector) => {
    const similarity = fitSimilarity(vector, 0, query, 0, 2 * count, { weights: perPoint });
    applySimilarity(laid, 0, similarity, vector, 0, 2 * count);
    let sum = 0;
    for (let at = 0; at < RETRIEVAL_DIM; at++) {
      sum += perPoint[Math.floor(at / 3)] * (laid[at] - query[at]) ** 2;
    }
    return sum;
  });
  return Array.from(distances.keys())
    .sort((a, b) => distances[a] - distances[b])
    .slice(0, k);
}
