import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { clusteredVectors } from '../../test/pose-entries.ts';
import type { AllowedSet } from './entry-catalogue.ts';
import { ExactIndex } from './exact-index.ts';
import { HnswIndex } from './hnsw-index.ts';
import { loadHnswlib } from './load-hnswlib.ts';
import type { VectorIndex } from './vector-index.ts';

const hnswlib = loadHnswlib();
if (hnswlib === undefined) console.warn('skipped: the graph index, because hnswlib-node is not installed');
const folder = mkdtempSync(join(tmpdir(), 'posemend-index-'));
afterAll(() => rmSync(folder, { recursive: true }));

const DIM = 84;

test('exact search finds what comparing and sorting everything finds, query after query', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 1000 }),
      fc.func(fc.boolean()),
      (count, k, seed, isAllowed) => {
        const dim = 30;
        const vectors = clusteredVectors(count, dim, 3, seed);
        const queries = clusteredVectors(6, dim, 3, seed + 1);
        const index = new ExactIndex(dim);
        index.add(idsFrom(1, count), vectors);
        const allowed = allowedSet(count, (id) => isAllowed(id));
        for (let query = 0; query < 6; query++) {
          const expected = sortedByDistance(vectors, dim, queries, query, allowed).slice(0, k);
          const found = searchOne(index, queries, query * dim, k, allowed);
          expect(found.ids).toEqual(expected.map(({ id }) => id));
          for (let n = 0; n < expected.length; n++) {
            expect(found.distances[n]).toBeCloseTo(expected[n].distance, 5);
          }
        }
      },
    ),
  );
});

test('entries at the same distance come in order of their ids', () => {
  const index = new ExactIndex(2);
  index.add([5, 7, 9], Float32Array.of(1, 0, 0, 1, -1, 0));
  const allowed = allowedSet(9, () => true);
  expect(searchOne(index, Float32Array.of(0, 0), 0, 2, allowed).ids).toEqual([5, 7]);
  expect(searchOne(index, Float32Array.of(0, 0), 0, 2, allowed).ids).toEqual([5, 7]);
});

test('exact search forgets what was removed and finds what came later', () => {
  const index = new ExactIndex(2);
  index.add([1, 2], Float32Array.of(0, 0, 1, 0));
  index.remove([1]);
  index.add([3], Float32Array.of(0.1, 0));
  expect([...index.ids()]).toEqual([2, 3]);
  expect(
    searchOne(
      index,
      Float32Array.of(0, 0),
      0,
      3,
      allowedSet(3, (id) => id !== 1),
    ).ids,
  ).toEqual([3, 2]);
});

test('exact search is not misled by what a set of entries was before something else was removed', () => {
  const index = new ExactIndex(2);
  index.add([1, 2, 3], Float32Array.of(0, 0, 1, 0, 5, 0));
  const allowed = allowedSet(2, (id) => id === 2);
  expect(searchOne(index, Float32Array.of(0, 0), 0, 1, allowed).ids).toEqual([2]);
  index.remove([1]);
  expect(searchOne(index, Float32Array.of(0, 0), 0, 1, allowed).ids).toEqual([2]);
});

describe.skipIf(hnswlib === undefined)('the graph index', () => {
  const count = 3000;
  const vectors = clusteredVectors(count, DIM, 60, 11);
  const queries = clusteredVectors(200, DIM, 60, 11).map((value, n) => value + 0.02 * Math.sin(n));
  const everything = allowedSet(count, () => true);
  const build = () => {
    const index = HnswIndex.create(hnswlib!, DIM, 0);
    index.add(idsFrom(1, count), vectors);
    return index;
  };
  const exact = new ExactIndex(DIM);
  exact.add(idsFrom(1, count), vectors);

  test('finds at least 95 of 100 true neighbours', () => {
    expect(recall(build(), everything)).toBeGreaterThanOrEqual(0.95);
  });

  test('finds at least 95 of 100 when the clusters nearest to the queries may not answer', () => {
    // Queries 0..199 come from all 60 clusters; ids of the same cluster are 60 apart.
    const allowed = allowedSet(count, (id) => (id - 1) % 60 >= 30);
    const index = build();
    expect(recall(index, allowed)).toBeGreaterThanOrEqual(0.95);
    for (let query = 0; query < 200; query++) {
      for (const id of searchOne(index, queries, query * DIM, 3, allowed).ids)
        expect(allowed.has[id]).toBe(1);
    }
  });

  test('shows again what was hidden for another query', () => {
    const index = build();
    const before = searchOne(index, queries, 0, 3, everything);
    searchOne(
      index,
      queries,
      0,
      3,
      allowedSet(count, (id) => !before.ids.includes(id)),
    );
    expect(searchOne(index, queries, 0, 3, everything)).toEqual(before);
  });

  test('gives L2, not squared', () => {
    const index = HnswIndex.create(hnswlib!, 2, 2);
    index.add([1], Float32Array.of(3, 4));
    expect(
      searchOne(
        index,
        Float32Array.of(0, 0),
        0,
        1,
        allowedSet(1, () => true),
      ).distances,
    ).toEqual([5]);
  });

  test('saved while some are hidden and some deleted, it comes back with all but the deleted', () => {
    const index = build();
    const nearest = searchOne(index, queries, 0, 2, everything).ids;
    index.remove([nearest[0]]);
    const live = allowedSet(count, (id) => id !== nearest[0]);
    searchOne(
      index,
      queries,
      0,
      1,
      allowedSet(count, (id) => !nearest.includes(id)),
    );
    const file = join(folder, 'graph');
    index.save(file);
    const others = searchOne(
      index,
      queries,
      0,
      1,
      allowedSet(count, (id) => !nearest.includes(id)),
    ).ids;
    expect(nearest).not.toContain(others[0]);
    const ids = idsFrom(1, count).filter((id) => id !== nearest[0]);
    const loaded = HnswIndex.load(hnswlib!, file, DIM, ids);
    expect(loaded.size).toBe(count - 1);
    expect(searchOne(loaded, queries, 0, 1, live).ids).toEqual([nearest[1]]);
    expect(() => HnswIndex.load(hnswlib!, file, DIM, [count + 1])).toThrow(/entry 3001 is not in it/);
  });

  test('is worn once more than a third of it is deleted', () => {
    const index = build();
    index.remove(idsFrom(1, 1000));
    expect(index.isWorn).toBe(false);
    index.remove([1001]);
    expect(index.isWorn).toBe(true);
  });

  function recall(index: VectorIndex, allowed: AllowedSet): number {
    let hits = 0;
    for (let query = 0; query < 200; query++) {
      const truth = searchOne(exact, queries, query * DIM, 3, allowed).ids;
      hits += searchOne(index, queries, query * DIM, 3, allowed).ids.filter((id) =>
        truth.includes(id),
      ).length;
    }
    return hits / 600;
  }
});

function searchOne(
  index: VectorIndex,
  queries: Float32Array,
  offset: number,
  k: number,
  allowed: AllowedSet,
) {
  const ids = new Int32Array(k);
  const distances = new Float32Array(k);
  const found = index.search(queries, offset, k, allowed, ids, distances, 0);
  return { ids: [...ids.subarray(0, found)], distances: [...distances.subarray(0, found)] };
}

function sortedByDistance(
  vectors: Float32Array,
  dim: number,
  queries: Float32Array,
  query: number,
  allowed: AllowedSet,
) {
  const all: { id: number; distance: number }[] = [];
  for (let id = 1; id * dim <= vectors.length; id++) {
    if (allowed.has[id] !== 1) continue;
    const differences = Array.from(
      { length: dim },
      (_, n) => vectors[(id - 1) * dim + n] - queries[query * dim + n],
    );
    all.push({ id, distance: Math.hypot(...differences) });
  }
  return all.sort((a, b) => a.distance - b.distance || a.id - b.id);
}

function idsFrom(first: number, count: number): number[] {
  return Array.from({ length: count }, (_, n) => first + n);
}

function allowedSet(highestId: number, isAllowed: (id: number) => boolean): AllowedSet {
  const has = new Uint8Array(highestId + 1);
  let count = 0;
  for (let id = 1; id <= highestId; id++) {
    if (!isAllowed(id)) continue;
    has[id] = 1;
    count++;
  }
  return { has, count };
}
