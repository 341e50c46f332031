import type { NewEntry } from '../native-model/pvd/pose-store.ts';
import { BODY17_SCHEMA, type StoreSchema, windowSize } from '../native-model/pvd/store-schema.ts';

/** A schema with vectors small enough to write down. */
export const SMALL_SCHEMA: StoreSchema = {
  ...BODY17_SCHEMA,
  windowLength: 2,
  vectorDim: 2,
  vectorVersion: 'test/1',
};

/** An entry of the small schema whose vector is [x, y] and whose window is filled with x. */
export function smallEntry(x: number, y: number, source: Partial<NewEntry> = {}): NewEntry {
  return {
    clip: 'walk',
    person: 'ann',
    startFrame: 0,
    endFrame: 1,
    fps: 30,
    tags: [],
    licence: 'CC0-1.0',
    sourceHash: 'a1',
    vector: Float32Array.of(x, y),
    window: new Float32Array(windowSize(SMALL_SCHEMA)).fill(x),
    ...source,
  };
}

/** Repeatable numbers in [0, 1). Park and Miller's minimal standard generator. */
export function randomNumbers(seed: number): () => number {
  let state = seed % 2147483647;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

/**
 * Vectors in clusters, as windows of motion are: `count` vectors of `dim` numbers around `clusters` centres.
 * Neighbouring vectors belong to different clusters.
 */
export function clusteredVectors(count: number, dim: number, clusters: number, seed: number): Float32Array {
  const random = randomNumbers(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Float32Array.from({ length: clusters * dim }, () => 0.15 * normal());
  return Float32Array.from({ length: count * dim }, (_, n) => {
    const cluster = Math.floor(n / dim) % clusters;
    return centres[cluster * dim + (n % dim)] + 0.05 * normal();
  });
}
