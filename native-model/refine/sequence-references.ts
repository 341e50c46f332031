import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { findHeading, HEADING_SIZE, toHeading } from '../../motion/windows/heading.ts';
import { planWindows } from '../../motion/windows/plan-windows.ts';
import { alignWindow, RETRIEVAL_DIM, retrievalVector } from '../../motion/windows/retrieval-vector.ts';
import { sliceWindow } from '../../motion/windows/slice-window.ts';
import type { PosemendCard } from '../inference/model-card.ts';
import type { PoseStore } from '../pvd/pose-store.ts';
import type { WindowReferences } from './find-references.ts';
import type { GiveWay } from './give-way.ts';
import type { ReferenceRules } from './reference-rules.ts';

const POSE = BODY17_COUNT * 3;
/** Windows per search. */
const BATCH = 64;

/** What the library says about every grid frame. Frames without any reference: `known` 0, the rest zeros. */
export interface SequenceReferences {
  /** Mean of the references, laid onto the motion, metres, [grid frame][17][xyz]. */
  readonly reference: Float64Array;
  /** Root mean square distance of the references from their mean, metres, [grid frame][17]. */
  readonly spread: Float64Array;
  /** Mean L2 of the retrieval vectors (the searched distance of SDE), [grid frame]. */
  readonly distance: Float64Array;
  /** 1 or 0, [grid frame]. */
  readonly known: Uint8Array;
  /** The nearest entry of each window, for reports; in frames of the clip. */
  readonly windows: WindowReferences;
}

/**
 * Looks up the k nearest clean windows of each short window, lays them onto it, averages them, and blends the
 * windows over time with a triangle. native-model/training/references.py does the same.
 *
 * @param grid [grid frame][17][xyz] metres
 * @param spacing frames of the clip between two grid frames
 */
export async function sequenceReferences(
  grid: Float64Array,
  frameCount: number,
  spacing: number,
  { references: { windowLength: L, stride, count: k } }: PosemendCard,
  store: PoseStore,
  { tags = [], ...exclude }: ReferenceRules,
  giveWay: GiveWay,
): Promise<SequenceReferences> {
  const gridCount = grid.length / POSE;
  const plan = planWindows(gridCount, { length: L, stride, spacing: 1 });
  const windowCount = plan.starts.length;
  const ids = new Int32Array(windowCount).fill(-1);
  const distances = new Float32Array(windowCount);
  const reference = new Float64Array(grid.length);
  const spread = new Float64Array(gridCount * BODY17_COUNT);
  const distance = new Float64Array(gridCount);
  const weights = new Float64Array(gridCount);

  const size = L * POSE;
  const raw = new Float64Array(size);
  const heading = new Float64Array(HEADING_SIZE);
  const queries = new Float32Array(BATCH * size);
  const vectors = new Float32Array(BATCH * RETRIEVAL_DIM);
  const aligned = new Float64Array(k * size);
  const cache = new Map<number, Float32Array>();

  for (let first = 0; first < windowCount; first += BATCH) {
    const count = Math.min(BATCH, windowCount - first);
    for (let w = 0; w < count; w++) {
      sliceWindow(raw, 0, grid, POSE, plan.starts[first + w], plan);
      findHeading(heading, raw, 0, L);
      toHeading(queries, w * size, raw, 0, L * BODY17_COUNT, heading);
      retrievalVector(vectors, w * RETRIEVAL_DIM, queries, w * size, L);
    }
    const hits = await store.searchMany(vectors.subarray(0, count * RETRIEVAL_DIM), count, k, exclude, tags);
    await giveWay();
    for (let w = 0; w < count; w++) {
      let found = 0;
      let distanceSum = 0;
      const start = plan.starts[first + w];
      sliceWindow(raw, 0, grid, POSE, start, plan);
      for (let n = 0; n < k; n++) {
        const id = hits.ids[w * k + n];
        if (id < 0) continue;
        let window = cache.get(id);
        if (window === undefined) {
          window = await store.window(id);
          cache.set(id, window);
        }
        alignWindow(aligned, found * size, window, 0, raw, 0, L, BODY17_COUNT);
        distanceSum += hits.distances[w * k + n];
        found++;
      }
      if (found === 0) continue;
      ids[first + w] = hits.ids[w * k];
      distances[first + w] = hits.distances[w * k];
      for (let slot = 0; slot < L && start + slot < gridCount; slot++) {
        const hat = Math.min(slot + 1, L - slot);
        weights[start + slot] += hat;
        distance[start + slot] += (hat * distanceSum) / found;
        addMeanAndSpread(reference, spread, (start + slot) * BODY17_COUNT, aligned, slot, found, size, hat);
      }
      await giveWay();
    }
  }
  for (let frame = 0; frame < gridCount; frame++) {
    if (weights[frame] === 0) continue;
    const share = 1 / weights[frame];
    distance[frame] *= share;
    for (let at = frame * BODY17_COUNT; at < (frame + 1) * BODY17_COUNT; at++) spread[at] *= share;
    for (let at = frame * POSE; at < (frame + 1) * POSE; at++) reference[at] *= share;
  }
  const clipPlan = {
    frameCount,
    starts: plan.starts.map((start) => Math.min(frameCount - 1, start * spacing)),
    length: L,
    spacing,
  };
  return {
    reference,
    spread,
    distance,
    known: Uint8Array.from(weights, (weight) => (weight > 0 ? 1 : 0)),
    windows: { plan: clipPlan, ids, distances },
  };
}

/** Adds `hat` times the mean of `found` poses at `slot` and their spread around it. */
function addMeanAndSpread(
  reference: Float64Array,
  spread: Float64Array,
  firstJoint: number,
  aligned: Float64Array,
  slot: number,
  found: number,
  size: number,
  hat: number,
): void {
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    let squares = 0;
    for (let axis = 0; axis < 3; axis++) {
      const from = slot * POSE + joint * 3 + axis;
      let sum = 0;
      let sumOfSquares = 0;
      // About the first, so that a body far from the origin loses no digits.
      const about = aligned[from];
      for (let n = 0; n < found; n++) {
        const value = aligned[from + n * size] - about;
        sum += value;
        sumOfSquares += value * value;
      }
      const mean = sum / found;
      squares += Math.max(0, sumOfSquares / found - mean * mean);
      reference[(firstJoint + joint) * 3 + axis] += hat * (about + mean);
    }
    spread[firstJoint + joint] += hat * Math.sqrt(squares);
  }
}
