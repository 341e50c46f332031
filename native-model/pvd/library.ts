import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PoseMendError } from '../../contract/errors.ts';
import type { LibraryRows } from './library-rows.ts';
import { LibrarySearch, type SearchSettings } from './library-search.ts';
import { whereClause } from './library-sql.ts';
import type {
  ClipSummary,
  Entry,
  EntryFilter,
  EntryPage,
  Exclusion,
  Hit,
  Hits,
  NewEntry,
  Page,
  PoseStore,
  StoreInfo,
  Verification,
} from './pose-store.ts';
import type { StoreSchema } from './store-schema.ts';

/** Entries `verify` looks for in the index, and how many of them a sound graph may miss (it misses 1 in 200). */
const VERIFIED_SEARCHES = 200;
const MOST_MISSED = 20;

export interface LibrarySettings extends SearchSettings {
  readonly readOnly: boolean;
}

/**
 * A pose library in a folder: `library.sqlite` holds everything, `index.hnsw` and `index.json` only make
 * searching fast and can be deleted at any time. Made by `openLibrary` and `createLibrary`; to be closed.
 *
 * Writes are on disk when they return. The index is saved by `flush` and `close`; what a crash leaves behind
 * is recognised by its generation and rebuilt at the next opening. Writes of other processes are noticed at
 * the next call.
 */
export class PoseLibrary implements PoseStore {
  readonly schema: StoreSchema;
  readonly #rows: LibraryRows;
  readonly #search: LibrarySearch;
  readonly #settings: LibrarySettings;
  #isClosed = false;

  private constructor(rows: LibraryRows, search: LibrarySearch, settings: LibrarySettings) {
    this.schema = rows.schema;
    this.#rows = rows;
    this.#search = search;
    this.#settings = settings;
  }

  /** Takes ownership of `rows` once it returns. */
  static async start(
    rows: LibraryRows,
    settings: LibrarySettings,
    signal?: AbortSignal,
  ): Promise<PoseLibrary> {
    return new PoseLibrary(rows, await LibrarySearch.start(rows, settings, signal), settings);
  }

  add(entries: readonly NewEntry[]): number[] {
    this.#requireWritable();
    if (entries.length === 0) return [];
    const ids = this.#rows.insert(entries);
    this.#search.synchronise();
    return ids;
  }

  delete(filter: EntryFilter): number {
    this.#requireWritable();
    if (whereClause(filter).sql === '') {
      const advice = 'name a clip, person, tag or entry; to remove everything, delete the folder';
      throw new PoseMendError('usage', `${this.#rows.file}: this would remove every entry; ${advice}`);
    }
    const count = this.#rows.delete(filter);
    this.#search.synchronise();
    return count;
  }

  /** 100 entries to a page unless told otherwise. */
  list(filter: EntryFilter = {}, page: Page = {}): EntryPage {
    this.#requireOpen();
    return this.#rows.list(filter, page.offset ?? 0, page.limit ?? 100);
  }

  clips(filter: EntryFilter = {}): ClipSummary[] {
    this.#requireOpen();
    return this.#rows.clips(filter);
  }

  count(filter: EntryFilter = {}): number {
    this.#requireOpen();
    return this.#rows.count(filter);
  }

  search(vector: Float32Array, k: number, exclude: Exclusion = {}, tags: readonly string[] = []): Hit[] {
    const { ids, distances } = this.searchMany(vector, 1, k, exclude, tags);
    const hits: Hit[] = [];
    for (let n = 0; n < k && ids[n] !== -1; n++) {
      hits.push({ ...this.#rows.info(ids[n]), distance: distances[n] });
    }
    return hits;
  }

  searchMany(
    vectors: Float32Array,
    n: number,
    k: number,
    exclude: Exclusion = {},
    tags: readonly string[] = [],
  ): Hits {
    this.#requireOpen();
    requireQueries(vectors, n, k, this.schema.vectorDim);
    this.#search.refresh();
    return this.#search.searchMany(vectors, n, k, exclude, tags);
  }

  window(entryId: number): Float32Array {
    this.#requireOpen();
    return this.#rows.window(entryId);
  }

  entry(entryId: number): Entry {
    this.#requireOpen();
    return this.#rows.entry(entryId);
  }

  info(): StoreInfo {
    this.#requireOpen();
    this.#search.refresh();
    const clips = this.#rows.clips({});
    const { directory, readOnly } = this.#settings;
    return {
      path: directory,
      version: `${this.#rows.libraryId}@${this.#search.generation}`,
      schema: this.schema,
      entries: this.#search.size,
      clips: clips.length,
      persons: new Set(clips.map((clip) => clip.person).filter((person) => person !== '')).size,
      licences: [...new Set(clips.map((clip) => clip.licence))].sort(),
      readOnly,
      search: this.#search.kind,
      bytes: bytesIn(directory),
    };
  }

  /** Makes the index anew and saves it. Throws PoseMendError once `signal` is aborted; the old index stays. */
  async rebuild(signal?: AbortSignal): Promise<void> {
    this.#requireOpen();
    await this.#search.rebuild(signal);
  }

  verify(): Verification {
    this.#requireOpen();
    this.#search.refresh();
    const problems = this.#rows.integrityProblems();
    const ids = this.#search.ids();
    const step = Math.max(1, Math.floor(ids.length / VERIFIED_SEARCHES));
    let missed = 0;
    for (const [n, id] of ids.entries()) {
      try {
        const { vector } = this.#rows.entry(id);
        const isWhole = vector.every(Number.isFinite) && this.#rows.window(id).every(Number.isFinite);
        if (!isWhole) problems.push(`entry ${id} holds NaN or infinity`);
        if (n % step === 0 && !this.#search.isFound(vector)) missed++;
      } catch (error) {
        problems.push((error as Error).message);
      }
    }
    if (missed > MOST_MISSED) problems.push(`the index does not find ${missed} entries by their own vectors`);
    return { ok: problems.length === 0, problems };
  }

  /** Saves the index if it changed, so that the next opening need not rebuild it after a crash. */
  flush(): void {
    this.#requireOpen();
    this.#search.save();
  }

  /** Saves the index and lets go of the files. Closing twice is allowed. */
  close(): void {
    if (this.#isClosed) return;
    try {
      this.flush();
    } finally {
      this.#isClosed = true;
      this.#rows.close();
    }
  }

  #requireOpen(): void {
    if (this.#isClosed) throw new Error(`${this.#rows.file}: the library is closed`);
  }

  #requireWritable(): void {
    this.#requireOpen();
    if (!this.#settings.readOnly) return;
    const advice = 'copy its folder to a place of your own and add to that';
    throw new PoseMendError('input', `${this.#rows.file}: the library is open for reading only; ${advice}`);
  }
}

function requireQueries(vectors: Float32Array, n: number, k: number, dim: number): void {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k is ${k}, expected a whole number above 0`);
  if (vectors.length !== n * dim) {
    throw new RangeError(`${n} queries of ${dim} numbers have ${n * dim} numbers, got ${vectors.length}`);
  }
  for (let at = 0; at < vectors.length; at++) {
    if (!Number.isFinite(vectors[at]))
      throw new RangeError(`query ${Math.floor(at / dim)} holds ${vectors[at]}`);
  }
}

function bytesIn(directory: string): number {
  return readdirSync(directory)
    .filter((name) => /^(library\.sqlite|index\.)/.test(name))
    .reduce((sum, name) => sum + (statSync(join(directory, name), { throwIfNoEntry: false })?.size ?? 0), 0);
}
