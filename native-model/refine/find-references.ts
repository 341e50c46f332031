import type { ReferenceUse } from '../../contract/report.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import type { WindowPlan } from '../../motion/windows/plan-windows.ts';
import { alignWindow, RETRIEVAL_DIM, retrievalVector } from '../../motion/windows/retrieval-vector.ts';
import type { WindowBatch } from '../inference/synsp-session.ts';
import type { PoseStore } from '../pvd/pose-store.ts';
import type { GiveWay } from './give-way.ts';
import type { ReferenceRules } from './reference-rules.ts';

/** The nearest entry of each window of a plan. */
export interface WindowReferences {
  readonly plan: WindowPlan;
  /** Entry id per window; -1 where the store had none to give. */
  readonly ids: Int32Array;
  /** L2 of the retrieval vectors, per window. */
  readonly distances: Float32Array;
}

export interface ReferenceFinder {
  /** Fills `found` and `distance` for windows first..first+count-1 of the plan. */
  fill(batch: WindowBatch, count: number, first: number): Promise<void>;
  references(plan: WindowPlan): WindowReferences;
}

/** Looks up the nearest clean window of each input window (SynSP++, input stage) and aligns it to the input. */
export async function createReferenceFinder(
  store: PoseStore,
  windowCount: number,
  { tags = [], ...exclude }: ReferenceRules,
): Promise<ReferenceFinder> {
  const ids = new Int32Array(windowCount).fill(-1);
  const distances = new Float32Array(windowCount);
  const windows = new Map<number, Float32Array>();
  const T = store.schema.windowLength;
  const size = T * BODY17_COUNT * 3;
  let vectors = new Float32Array(0);

  async function fill(batch: WindowBatch, count: number, first: number): Promise<void> {
    if (vectors.length < count * RETRIEVAL_DIM) vectors = new Float32Array(count * RETRIEVAL_DIM);
    for (let w = 0; w < count; w++) retrievalVector(vectors, w * RETRIEVAL_DIM, batch.window, w * size, T);
    const hits = await store.searchMany(vectors.subarray(0, count * RETRIEVAL_DIM), count, 1, exclude, tags);
    for (let w = 0; w < count; w++) {
      const id = hits.ids[w];
      ids[first + w] = id;
      if (id < 0) {
        batch.found.set(batch.window.subarray(w * size, (w + 1) * size), w * size);
        batch.distance[w] = 0;
        continue;
      }
      distances[first + w] = hits.distances[w];
      batch.distance[w] = hits.distances[w];
      let found = windows.get(id);
      if (found === undefined) {
        found = await store.window(id);
        windows.set(id, found);
      }
      alignWindow(batch.found, w * size, found, 0, batch.window, w * size, T, BODY17_COUNT);
    }
  }

  return { fill, references: (plan) => ({ plan, ids, distances }) };
}

/** Runs of windows with the same reference, for the report; at most one line a run. */
export async function describeReferences(
  { plan, ids, distances }: WindowReferences,
  store: PoseStore,
  giveWay: GiveWay,
): Promise<ReferenceUse[]> {
  const uses: { start: number; end: number; entry: number; clip: string; distance: number }[] = [];
  const clips = new Map<number, string>();
  const reach = (plan.length - 1) * plan.spacing;
  for (let w = 0; w < ids.length; w++) {
    const id = ids[w];
    if (id < 0) continue;
    const end = Math.min(plan.frameCount - 1, plan.starts[w] + reach);
    const last = uses.at(-1);
    if (last !== undefined && last.entry === id && ids[w - 1] === id) {
      last.end = end;
      last.distance = Math.min(last.distance, distances[w]);
      continue;
    }
    let clip = clips.get(id);
    if (clip === undefined) {
      clip = (await store.entry(id)).clip;
      clips.set(id, clip);
      await giveWay();
    }
    uses.push({ start: plan.starts[w], end, entry: id, clip, distance: distances[w] });
  }
  return uses.map((use) => ({ ...use, distance: Number(use.distance.toFixed(4)) }));
}
