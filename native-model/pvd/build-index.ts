import { setImmediate } from 'node:timers/promises';
import { PoseMendError } from '../../contract/errors.ts';
import { ExactIndex } from './exact-index.ts';
import { HnswIndex } from './hnsw-index.ts';
import type { LibraryRows } from './library-rows.ts';
import type { loadHnswlib } from './load-hnswlib.ts';
import type { VectorIndex } from './vector-index.ts';

type Hnswlib = NonNullable<ReturnType<typeof loadHnswlib>>;

/** Vectors read at once: 0.3 s of building, so that a cancel is heard. */
const PAGE = 2000;

/** An index of every entry, in order of id. Without hnswlib it is an exact one. */
export function buildIndex(rows: LibraryRows, hnswlib: Hnswlib | undefined): VectorIndex {
  const index = emptyIndex(rows, hnswlib);
  for (const _page of fill(index, rows));
  return index;
}

/** The same, but lets other work run in between. Throws PoseMendError once `signal` is aborted. */
export async function buildIndexInSteps(
  rows: LibraryRows,
  hnswlib: Hnswlib | undefined,
  signal: AbortSignal | undefined,
): Promise<VectorIndex> {
  const index = emptyIndex(rows, hnswlib);
  for (const _page of fill(index, rows)) {
    await setImmediate();
    if (signal?.aborted)
      throw new PoseMendError('cancelled', `${rows.file}: cancelled while building the index`);
  }
  return index;
}

/** Adds the entries that `index` does not have. Yields after each page. */
export function* fill(index: VectorIndex, rows: LibraryRows, afterId = 0): Generator<void> {
  const known = new Set(index.ids());
  const { vectorDim } = rows.schema;
  let last = afterId;
  while (true) {
    const { ids, vectors } = rows.vectorsAfter(last, PAGE);
    if (ids.length === 0) return;
    last = ids[ids.length - 1];
    let kept = 0;
    for (let n = 0; n < ids.length; n++) {
      if (known.has(ids[n])) continue;
      vectors.copyWithin(kept * vectorDim, n * vectorDim, (n + 1) * vectorDim);
      ids[kept++] = ids[n];
    }
    index.add(ids.subarray(0, kept), vectors);
    yield;
  }
}

function emptyIndex(rows: LibraryRows, hnswlib: Hnswlib | undefined): VectorIndex {
  const { vectorDim } = rows.schema;
  return hnswlib === undefined
    ? new ExactIndex(vectorDim)
    : HnswIndex.create(hnswlib, vectorDim, rows.count({}));
}
