import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clusteredVectors, SMALL_SCHEMA, smallEntry } from '../../test/pose-entries.ts';
import type { PoseLibrary } from './library.ts';
import { createLibrary, openLibrary } from './open-library.ts';
import type { Exclusion, NewEntry } from './pose-store.ts';
import { type StoreSchema, windowSize } from './store-schema.ts';

let folder: string;
const opened: PoseLibrary[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-library-'));
});
afterEach(() => {
  for (const library of opened.splice(0)) library.close();
  rmSync(folder, { recursive: true });
});

test('the nearest entries come first, with their L2 and what is known about them', async () => {
  const library = await small();
  library.add([smallEntry(3, 4), smallEntry(1, 0, { startFrame: 8, endFrame: 15, tags: ['run', 'fast'] })]);
  const [first, second] = library.search(Float32Array.of(0, 0), 5);
  expect(first).toEqual({
    id: 2,
    clip: 'walk',
    person: 'ann',
    startFrame: 8,
    endFrame: 15,
    fps: 30,
    tags: ['fast', 'run'],
    licence: 'CC0-1.0',
    sourceHash: 'a1',
    schemaVersion: 1,
    distance: 1,
  });
  expect([second.id, second.distance]).toEqual([1, 5]);
});

test('windows and vectors come back as they were given', async () => {
  const library = await small();
  const window = Float32Array.from({ length: windowSize(SMALL_SCHEMA) }, (_, n) => n / 7);
  const [id] = library.add([smallEntry(0.1, 0.2, { window })]);
  expect(library.window(id)).toEqual(window);
  expect(library.entry(id).vector).toEqual(Float32Array.of(0.1, 0.2));
  expect(() => library.window(99)).toThrow(/there is no entry 99/);
});

test('a library of half-precision windows keeps one-metre coordinates to 0.25 mm and vectors exactly', async () => {
  const library = await small({ windowNumbers: 'float16' });
  const window = Float32Array.from({ length: windowSize(SMALL_SCHEMA) }, (_, n) => Math.sin(n));
  const [id] = library.add([smallEntry(0.1, 0.2, { window })]);
  for (const [n, value] of library.window(id).entries()) {
    expect(Math.abs(value - window[n])).toBeLessThanOrEqual(0.00025);
  }
  expect(library.entry(id).vector).toEqual(Float32Array.of(0.1, 0.2));
});

test('what is being refined never answers: not its clip, not its person, not its file', async () => {
  const library = await small();
  library.add([
    smallEntry(0, 0, { clip: 'walk', person: 'ann', sourceHash: 'a1' }),
    smallEntry(1, 0, { clip: 'run', person: 'ann', sourceHash: 'a2' }),
    smallEntry(2, 0, { clip: 'walk', person: 'ben', sourceHash: 'b1' }),
    smallEntry(3, 0, { clip: 'copy', person: 'cam', sourceHash: 'a1' }),
    smallEntry(4, 0, { clip: 'jump', person: 'dot', sourceHash: 'd1' }),
  ]);
  const found = (exclude: Exclusion) =>
    library.search(Float32Array.of(0, 0), 5, exclude).map((hit) => hit.id);
  expect(found({})).toEqual([1, 2, 3, 4, 5]);
  expect(found({ clip: 'walk' })).toEqual([2, 4, 5]);
  expect(found({ person: 'ann' })).toEqual([3, 4, 5]);
  expect(found({ sourceHash: 'a1' })).toEqual([2, 3, 5]);
  expect(found({ clip: 'walk', person: 'ann', sourceHash: 'a1' })).toEqual([5]);
});

test('an unknown person or source excludes nobody', async () => {
  const library = await small();
  library.add([smallEntry(0, 0, { person: '', sourceHash: '' })]);
  expect(library.search(Float32Array.of(0, 0), 1, { person: '', sourceHash: '', clip: '' })).toHaveLength(1);
});

test('with tags, only entries that carry all of them answer', async () => {
  const library = await small();
  library.add([
    smallEntry(0, 0, { tags: ['run'] }),
    smallEntry(1, 0, { tags: ['run', 'fast'] }),
    smallEntry(2, 0),
  ]);
  const found = (tags: string[]) => library.search(Float32Array.of(0, 0), 3, {}, tags).map((hit) => hit.id);
  expect(found(['run'])).toEqual([1, 2]);
  expect(found(['fast', 'run'])).toEqual([2]);
  expect(found(['swim'])).toEqual([]);
});

test('searchMany is search, query by query, and fills up with -1 and infinity', async () => {
  const library = await small();
  library.add([smallEntry(0, 0), smallEntry(3, 4)]);
  const { ids, distances } = library.searchMany(Float32Array.of(0, 0, 3, 4), 2, 3);
  expect([...ids]).toEqual([1, 2, -1, 2, 1, -1]);
  expect([...distances]).toEqual([0, 5, Number.POSITIVE_INFINITY, 0, 5, Number.POSITIVE_INFINITY]);
});

test('a query of the wrong length or with a NaN in it is refused', async () => {
  const library = await small();
  expect(() => library.searchMany(new Float32Array(3), 2, 1)).toThrow(
    /2 queries of 2 numbers have 4 numbers, got 3/,
  );
  expect(() => library.search(Float32Array.of(0, Number.NaN), 1)).toThrow(/query 0 holds NaN/);
  expect(() => library.search(Float32Array.of(0, 0), 0)).toThrow(/k is 0/);
});

test('an entry that does not fit is refused and nothing of its batch is kept', async () => {
  const library = await small();
  const window = new Float32Array(windowSize(SMALL_SCHEMA)).fill(Number.NaN);
  expect(() => library.add([smallEntry(0, 0), smallEntry(1, 1, { window })])).toThrow(
    /number 0 of the window is NaN/,
  );
  expect(() => library.add([smallEntry(0, 0), smallEntry(0, 0, { vector: [1, 2, 3] })])).toThrow(
    /vector has 3 numbers/,
  );
  expect(library.count()).toBe(0);
});

test('removed entries no longer answer, and their ids are not used again', async () => {
  const library = await small();
  library.add([smallEntry(0, 0), smallEntry(1, 0), smallEntry(2, 0, { clip: 'run' })]);
  expect(library.delete({ clip: 'run' })).toBe(1);
  expect(library.delete({ ids: [1] })).toBe(1);
  expect(library.delete({ clip: 'run' })).toBe(0);
  expect(library.search(Float32Array.of(0, 0), 3).map((hit) => hit.id)).toEqual([2]);
  expect(library.add([smallEntry(0, 0)])).toEqual([4]);
  expect(library.search(Float32Array.of(0, 0), 3).map((hit) => hit.id)).toEqual([4, 2]);
});

test('removing everything by an empty filter is refused', async () => {
  const library = await small();
  library.add([smallEntry(0, 0)]);
  expect(() => library.delete({})).toThrow(expect.objectContaining({ code: 'usage' }));
  expect(() => library.delete({ tags: [] })).toThrow(/every entry/);
  expect(library.delete({ ids: [] })).toBe(0);
  expect(library.count()).toBe(1);
});

test('lists come in pages, by source, and counted by filter', async () => {
  const library = await small();
  library.add([
    ...[0, 1, 2].map((x) => smallEntry(x, 0, { startFrame: x, endFrame: x + 1 })),
    smallEntry(9, 9, {
      clip: 'run',
      person: 'ben',
      sourceHash: 'b1',
      tags: ["o'clock"],
      licence: 'CC-BY-4.0',
    }),
  ]);
  const page = library.list({ clip: 'walk' }, { offset: 1, limit: 1 });
  expect([page.total, page.entries.map((entry) => entry.id)]).toEqual([3, [2]]);
  expect(library.clips().map(({ clip, entries }) => [clip, entries])).toEqual([
    ['run', 1],
    ['walk', 3],
  ]);
  expect(library.count({ tags: ["o'clock"] })).toBe(1);
  expect(library.count({ person: 'ann', licence: 'CC0-1.0' })).toBe(3);
  const info = library.info();
  expect([info.entries, info.clips, info.persons, info.licences]).toEqual([
    4,
    2,
    2,
    ['CC-BY-4.0', 'CC0-1.0'],
  ]);
});

test('everything is there after closing and opening again', async () => {
  const library = await small();
  library.add([smallEntry(0, 0), smallEntry(3, 4)]);
  const { version } = library.info();
  library.close();
  const again = await reopen();
  expect(again.info().version).toBe(version);
  expect(again.search(Float32Array.of(3, 4), 1)[0].id).toBe(2);
  expect(again.verify()).toEqual({ ok: true, problems: [] });
});

test('a closed library says so; closing twice is allowed', async () => {
  const library = await small();
  library.close();
  library.close();
  expect(() => library.count()).toThrow(/closed/);
});

test('a library can only be made where there is none', async () => {
  await small();
  await expect(createLibrary(folder, SMALL_SCHEMA)).rejects.toThrow(/there is a library here already/);
});

test('an unmade library is reported as such, and nothing is made by looking', async () => {
  await expect(openLibrary(join(folder, 'nowhere'))).rejects.toMatchObject({ code: 'input' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a write of another process answers the next query', async () => {
  const here = await small();
  const there = await reopen();
  there.add([smallEntry(0, 0), smallEntry(1, 0)]);
  expect(here.search(Float32Array.of(0, 0), 5).map((hit) => hit.id)).toEqual([1, 2]);
  here.add([smallEntry(2, 0)]);
  there.delete({ ids: [1] });
  expect(here.search(Float32Array.of(0, 0), 5).map((hit) => hit.id)).toEqual([2, 3]);
  expect(there.search(Float32Array.of(0, 0), 5).map((hit) => hit.id)).toEqual([2, 3]);
});

test('approximate or exact, no answer shares a source with the query, and every answer is a true distance', async () => {
  // Above 1000 allowed entries the graph answers, below it every entry is compared: both are met here.
  const schema: StoreSchema = { ...SMALL_SCHEMA, vectorDim: 12 };
  const vectors = clusteredVectors(1600, 12, 20, 5);
  const window = new Float32Array(windowSize(schema));
  const entries = Array.from({ length: 1600 }, (_, n): NewEntry => {
    const source = {
      clip: `clip ${n % 20}`,
      person: n % 9 === 0 ? '' : `person ${n % 8}`,
      sourceHash: `file ${n % 25}`,
    };
    return smallEntry(0, 0, {
      ...source,
      tags: [`tag ${n % 3}`],
      vector: vectors.subarray(n * 12, n * 12 + 12),
      window,
    });
  });
  const library = await createLibrary(folder, schema);
  opened.push(library);
  library.add(entries);
  const oneOf = (name: string, count: number) =>
    fc.option(
      fc.integer({ min: 0, max: count - 1 }).map((n) => `${name} ${n}`),
      { nil: '' },
    );
  fc.assert(
    fc.property(
      fc.record({ clip: oneOf('clip', 20), person: oneOf('person', 8), sourceHash: oneOf('file', 25) }),
      fc.array(fc.constantFrom('tag 0', 'tag 1'), { maxLength: 1 }),
      fc.integer({ min: 0, max: 1599 }),
      (exclude, tags, query) => {
        const hits = library.search(vectors.slice(query * 12, query * 12 + 12), 4, exclude, tags);
        expect(hits).toHaveLength(4);
        for (const hit of hits) {
          if (exclude.clip) expect(hit.clip).not.toBe(exclude.clip);
          if (exclude.person) expect(hit.person).not.toBe(exclude.person);
          if (exclude.sourceHash) expect(hit.sourceHash).not.toBe(exclude.sourceHash);
          for (const tag of tags) expect(hit.tags).toContain(tag);
          const own = vectors.subarray((hit.id - 1) * 12, hit.id * 12);
          const distance = Math.hypot(...own.map((value, n) => value - vectors[query * 12 + n]));
          expect(hit.distance).toBeCloseTo(distance, 5);
        }
      },
    ),
    { numRuns: 300 },
  );
});

async function small(options: Parameters<typeof createLibrary>[2] = {}): Promise<PoseLibrary> {
  const library = await createLibrary(folder, SMALL_SCHEMA, options);
  opened.push(library);
  return library;
}

async function reopen(): Promise<PoseLibrary> {
  const library = await openLibrary(folder, { schema: SMALL_SCHEMA });
  opened.push(library);
  return library;
}
