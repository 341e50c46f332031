import type { AllowedSet } from './entry-catalogue.ts';

/** Finds the nearest vectors, by L2. Knows ids and vectors only; who may answer is told at each search. */
export interface VectorIndex {
  readonly kind: 'hnsw' | 'exact';
  readonly size: number;
  ids(): Iterable<number>;
  /** `vectors` has shape [id][dim]. */
  add(ids: ArrayLike<number>, vectors: Float32Array): void;
  remove(ids: readonly number[]): void;
  /**
   * Writes up to `k` ids and distances (L2, not squared), nearest first, at `outOffset`, and returns how many
   * it found. `allowed` must hold ids of this index only.
   */
  search(
    queries: Float32Array,
    queryOffset: number,
    k: number,
    allowed: AllowedSet,
    outIds: Int32Array,
    outDistances: Float32Array,
    outOffset: number,
  ): number;
}
