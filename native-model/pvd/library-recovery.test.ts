import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clusteredVectors, SMALL_SCHEMA, smallEntry } from '../../test/pose-entries.ts';
import type { PoseLibrary } from './library.ts';
import { DamagedLibraryError } from './library-errors.ts';
import { loadHnswlib } from './load-hnswlib.ts';
import { createLibrary, type OpenLibraryOptions, openLibrary } from './open-library.ts';
import { rebuildLibrary } from './salvage.ts';
import { type StoreSchema, windowSize } from './store-schema.ts';

const DIM = 12;
const SCHEMA: StoreSchema = { ...SMALL_SCHEMA, vectorDim: DIM };
/** Enough for the graph to answer, not the comparison with each. */
const COUNT = 1200;
const vectors = clusteredVectors(COUNT, DIM, 10, 3);
const hasGraph = loadHnswlib() !== undefined;
if (!hasGraph) console.warn('skipped: saved graphs, because hnswlib-node is not installed');

let folder: string;
let notices: string[];
const opened: PoseLibrary[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-recovery-'));
  notices = [];
});
afterEach(() => {
  for (const library of opened.splice(0)) library.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!hasGraph)('an index that was saved is taken as it is, without a word', async () => {
  const expected = await filledAndClosed();
  const library = await open();
  expect(notices).toEqual([]);
  expect(answers(library)).toEqual(expected);
});

const lossOf: Record<string, () => void> = {
  'graph missing': () => rmSync(join(folder, 'index.hnsw')),
  'stamp missing': () => rmSync(join(folder, 'index.json')),
  'graph cut short': () => truncateSync(join(folder, 'index.hnsw'), 1000),
  'one byte of the graph changed': () => {
    const file = join(folder, 'index.hnsw');
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(file, bytes);
  },
  'stamp overwritten with something else': () => writeFileSync(join(folder, 'index.json'), 'null'),
};
for (const [loss, lose] of Object.entries(lossOf)) {
  test.skipIf(!hasGraph)(
    `${loss}: the index is rebuilt with the same answers, and a notice says so`,
    async () => {
      const expected = await filledAndClosed();
      lose();
      const library = await open();
      expect(notices).toHaveLength(1);
      expect(notices[0]).toMatch(/the search index .*; rebuilding it/);
      expect(answers(library)).toEqual(expected);
      library.close();
      notices = [];
      expect(answers(await open())).toEqual(expected);
      expect(notices).toEqual([]);
    },
  );
}

test.skipIf(!hasGraph)(
  'killed between the commit and the saving of the index: the older index is not used',
  async () => {
    await filledAndClosed();
    for (const name of ['index.hnsw', 'index.json'])
      copyFileSync(join(folder, name), join(folder, `${name}.before`));
    const library = await open();
    library.delete({ ids: [1] });
    const [added] = library.add([entry(0)]);
    library.close();
    for (const name of ['index.hnsw', 'index.json'])
      copyFileSync(join(folder, `${name}.before`), join(folder, name));

    const again = await open();
    expect(notices).toEqual([expect.stringMatching(/does not belong to the present state/)]);
    // The copy stands in for the entry it is equal to.
    expect(again.search(vectors.slice(0, DIM), 1)).toMatchObject([{ id: added, distance: 0 }]);
  },
);

test.skipIf(!hasGraph)(
  'killed between the two renames: a graph with an older stamp is not used',
  async () => {
    await filledAndClosed();
    const stamp = readFileSync(join(folder, 'index.json'));
    const library = await open();
    library.add([entry(0)]);
    library.close();
    writeFileSync(join(folder, 'index.json'), stamp);
    const again = await open();
    expect(notices).toHaveLength(1);
    expect(again.verify().ok).toBe(true);
  },
);

test('killed in the middle of writing: what add returned is there, all of it', async () => {
  const script = `
    import { openLibrary } from ${JSON.stringify(new URL('./open-library.ts', import.meta.url).href)};
    import { SMALL_SCHEMA, smallEntry } from ${JSON.stringify(new URL('../../test/pose-entries.ts', import.meta.url).href)};
    const library = await openLibrary(${JSON.stringify(folder)}, { schema: SMALL_SCHEMA });
    for (let n = 0; n < 5; n++) library.add([smallEntry(n, 0), smallEntry(n, 1)]);
    process.kill(process.pid, 'SIGKILL');`;
  (await createLibrary(folder, SMALL_SCHEMA)).close();
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  expect([child.signal, child.stderr]).toEqual(['SIGKILL', '']);
  const library = await open({ schema: SMALL_SCHEMA });
  expect(library.count()).toBe(10);
  expect(library.search(Float32Array.of(4, 1), 1)).toMatchObject([{ id: 10, distance: 0 }]);
});

test('a cancelled opening says so and lets the library go', async () => {
  await filledAndClosed();
  rmSync(join(folder, 'index.hnsw'), { force: true });
  await expect(open({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  expect((await open()).count()).toBe(COUNT);
});

test('opened for reading only, a library answers, refuses writes and leaves no file behind', async () => {
  const expected = await filledAndClosed();
  const before = contents();
  const library = await open({ readOnly: true });
  expect(answers(library)).toEqual(expected);
  expect(contents()).toEqual(before);
  expect(() => library.add([entry(0)])).toThrow(/open for reading only/);
  expect(() => library.delete({ ids: [1] })).toThrow(/open for reading only/);
  expect(library.info().readOnly).toBe(true);
  library.close();
  expect(contents()).toEqual(before);
});

test('opened for reading only while another process writes, a library answers with what is committed', async () => {
  await filledAndClosed();
  const writer = await open();
  writer.add([entry(0)]);
  const reader = await open({ readOnly: true });
  expect(reader.count()).toBe(COUNT + 1);
});

test('a shipped library is one file, and opens from a place another user cannot write', async () => {
  const library = await createLibrary(folder, SCHEMA, { journal: 'delete', windowNumbers: 'float16' });
  library.add(Array.from({ length: COUNT }, (_, n) => entry(n)));
  const expected = answers(library);
  library.close();
  rmSync(join(folder, 'index.hnsw'), { force: true });
  rmSync(join(folder, 'index.json'), { force: true });
  expect(readdirSync(folder)).toEqual(['library.sqlite']);
  chmodSync(folder, 0o555);
  chmodSync(join(folder, 'library.sqlite'), 0o444);
  const reader = await open({ readOnly: true });
  expect(answers(reader)).toEqual(expected);
  expect(readdirSync(folder)).toEqual(['library.sqlite']);
  reader.close();

  // Permissions do not hold the super-user back; another user shows what they do.
  if (process.getuid?.() !== 0) return;
  const script = `
    import { openLibrary } from ${JSON.stringify(new URL('./open-library.ts', import.meta.url).href)};
    const library = await openLibrary(${JSON.stringify(folder)}, { schema: ${JSON.stringify(SCHEMA)} });
    console.log(library.info().readOnly, library.count());`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    uid: 65534,
  });
  if (/EACCES/.test(child.stderr)) return console.warn('skipped: another user cannot read this checkout');
  expect([child.stdout, child.stderr]).toEqual([`true ${COUNT}\n`, '']);
  expect(readdirSync(folder)).toEqual(['library.sqlite']);
});

test.skipIf(!hasGraph)(
  'the index of a library that cannot be written is kept in the cache folder',
  async () => {
    const expected = await filledAndClosed();
    rmSync(join(folder, 'index.hnsw'));
    const cacheDir = mkdtempSync(join(tmpdir(), 'posemend-cache-'));
    try {
      expect(answers(await open({ readOnly: true, cacheDir }))).toEqual(expected);
      expect(notices).toHaveLength(1);
      expect(answers(await open({ readOnly: true, cacheDir }))).toEqual(expected);
      expect(notices).toHaveLength(1);
      expect(existsSync(join(folder, 'index.hnsw'))).toBe(false);
    } finally {
      rmSync(cacheDir, { recursive: true });
    }
  },
);

test('numbers made by another recipe are refused, with every difference named', async () => {
  await filledAndClosed();
  const schema: StoreSchema = { ...SCHEMA, vectorVersion: 'other/2', vectorDim: 84 };
  const message =
    /vectorDim is 12, expected 84; vectorVersion is "test\/1", expected "other\/2".*library add/;
  await expect(open({ schema })).rejects.toThrow(message);
  await expect(open({ schema })).rejects.toMatchObject({ code: 'input' });
});

test('a library of a newer program asks for that program', async () => {
  (await createLibrary(folder, { ...SCHEMA, schemaVersion: 2 })).close();
  await expect(open()).rejects.toThrow(/newer PoseMend/);
});

test('a file that is no database is reported by name and left as it is', async () => {
  const file = join(folder, 'library.sqlite');
  writeFileSync(file, Buffer.alloc(8192, 'not a database '));
  const before = contents();
  for (const readOnly of [false, true]) {
    const failure = open({ readOnly });
    await expect(failure).rejects.toBeInstanceOf(DamagedLibraryError);
    await expect(failure).rejects.toThrow(/library\.sqlite: .*posemend library rebuild.*restore.*delete/);
  }
  await expect(rebuildLibrary(folder, { schema: SCHEMA })).rejects.toThrow(/nothing can be saved/);
  expect(contents()).toEqual(before);
});

test('a database of another program is not taken for a library', async () => {
  const database = new Database(join(folder, 'library.sqlite'));
  database.exec('CREATE TABLE songs (title TEXT)');
  database.close();
  await expect(open()).rejects.toThrow(/not a PoseMend library/);
});

test('a library cut short is reported, and rebuilding saves the entries that can be read', async () => {
  await filledAndClosed();
  const file = join(folder, 'library.sqlite');
  const whole = readFileSync(file);
  truncateSync(file, Math.floor(whole.length / 2));
  const cut = hashOf(file);
  await expect(open()).rejects.toBeInstanceOf(DamagedLibraryError);
  expect(hashOf(file)).toBe(cut);

  const salvaged = await rebuildLibrary(folder, { schema: SCHEMA });
  expect(salvaged!.kept + salvaged!.lost).toBe(COUNT);
  expect(salvaged!.kept).toBeGreaterThan(COUNT / 4);
  expect(hashOf(salvaged!.damagedFile)).toBe(cut);
  const library = await open();
  expect(library.verify()).toEqual({ ok: true, problems: [] });
  expect(library.count()).toBe(salvaged!.kept);
  for (const { id } of library.search(vectors.slice(0, DIM), 3)) {
    expect(library.entry(id).vector).toEqual(vectors.slice((id - 1) * DIM, id * DIM));
  }
});

test('one entry with too few bytes is found by verify and dropped by rebuilding', async () => {
  await filledAndClosed();
  const database = new Database(join(folder, 'library.sqlite'));
  database.prepare("UPDATE entries SET window = x'0000' WHERE id = 7").run();
  database.close();
  const library = await open();
  expect(library.verify().problems).toEqual([
    expect.stringMatching(/the window of entry 7 has 2 bytes, expected 408/),
  ]);
  library.close();
  expect(await rebuildLibrary(folder, { schema: SCHEMA })).toMatchObject({ kept: COUNT - 1, lost: 1 });
});

test('rebuilding a library that is whole keeps every entry and puts nothing aside', async () => {
  const expected = await filledAndClosed();
  expect(await rebuildLibrary(folder, { schema: SCHEMA })).toBeUndefined();
  expect(answers(await open())).toEqual(expected);
  expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
});

test.skipIf(!hasGraph)(
  'after most of a library is removed its index is made anew, and nothing removed answers',
  async () => {
    await filledAndClosed();
    const library = await open();
    library.delete({ ids: Array.from({ length: 900 }, (_, n) => n + 1) });
    const size = () => readFileSync(join(folder, 'index.hnsw')).length;
    const before = size();
    library.flush();
    expect(size()).toBeLessThan(before / 2);
    expect(library.verify().ok).toBe(true);
    expect([...answers(library)].every((id) => id > 900)).toBe(true);
  },
);

test('a write while another process holds the library is refused with the reason, and works afterwards', async () => {
  await filledAndClosed();
  const library = await open({ busyTimeoutMs: 20 });
  const other = new Database(join(folder, 'library.sqlite'));
  other.exec('BEGIN IMMEDIATE');
  expect(() => library.add([entry(0)])).toThrow(expect.objectContaining({ code: 'failed' }));
  expect(() => library.add([entry(0)])).toThrow(/library\.sqlite: the library is locked: another process/);
  expect(library.count()).toBe(COUNT);
  other.exec('ROLLBACK');
  other.close();
  expect(library.add([entry(0)])).toEqual([COUNT + 1]);
});

/** Makes a library of COUNT entries, closes it, and returns what it answered before that. */
async function filledAndClosed(): Promise<Int32Array> {
  const library = await createLibrary(folder, SCHEMA);
  library.add(Array.from({ length: COUNT }, (_, n) => entry(n)));
  const result = answers(library);
  library.close();
  return result;
}

function entry(n: number) {
  const window = new Float32Array(windowSize(SCHEMA)).fill(n);
  return smallEntry(0, 0, { vector: vectors.subarray(n * DIM, (n + 1) * DIM), window });
}

function answers(library: PoseLibrary): Int32Array {
  return library.searchMany(vectors.slice(0, 50 * DIM), 50, 3).ids;
}

async function open(options: OpenLibraryOptions = {}): Promise<PoseLibrary> {
  const library = await openLibrary(folder, {
    schema: SCHEMA,
    onNotice: (text) => notices.push(text),
    ...options,
  });
  opened.push(library);
  return library;
}

/** Every file of the library and the hash of its bytes. */
function contents(): [string, string][] {
  return readdirSync(folder).map((name) => [name, hashOf(join(folder, name))]);
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
