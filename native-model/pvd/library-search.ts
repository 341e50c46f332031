import { buildIndex, buildIndexInSteps, fill } from './build-index.ts';
import { EntryCatalogue } from './entry-catalogue.ts';
import { ExactIndex } from './exact-index.ts';
import { HnswIndex } from './hnsw-index.ts';
import { findSavedIndex, type IndexStamp, saveIndex } from './index-file.ts';
import type { LibraryRows } from './library-rows.ts';
import { loadHnswlib } from './load-hnswlib.ts';
import type { Exclusion, Hits } from './pose-store.ts';
import type { VectorIndex } from './vector-index.ts';

/** Where few may answer, comparing with each is as fast as walking a graph of the many that may not. */
const EXACT_UP_TO = 1000;

export interface SearchSettings {
  /** The library's folder: an index found there is used even if it cannot be written. */
  readonly directory: string;
  /** Where the index is saved; undefined keeps it in memory. */
  readonly indexFolder: string | undefined;
  readonly useHnsw: boolean;
  readonly onNotice: (message: string) => void;
}

/** The searching half of an open library: keeps an index in step with the rows, and on disk. */
export class LibrarySearch {
  readonly #rows: LibraryRows;
  readonly #settings: SearchSettings;
  readonly #hnswlib: ReturnType<typeof loadHnswlib>;
  readonly #catalogue = new EntryCatalogue();
  #index: VectorIndex;
  /** For queries the graph is not good at; made when first needed. */
  #exact: ExactIndex | undefined;
  #dataVersion = 0;
  #generation = 0;
  #savedGeneration = -1;

  private constructor(rows: LibraryRows, settings: SearchSettings) {
    this.#rows = rows;
    this.#settings = settings;
    this.#hnswlib = settings.useHnsw ? loadHnswlib() : undefined;
    this.#index = new ExactIndex(rows.schema.vectorDim);
  }

  /** Loads the saved index, or builds one and says why. Throws PoseMendError once `signal` is aborted. */
  static async start(
    rows: LibraryRows,
    settings: SearchSettings,
    signal: AbortSignal | undefined,
  ): Promise<LibrarySearch> {
    const search = new LibrarySearch(rows, settings);
    search.#replaceCatalogue();
    if (search.#loadSaved()) return search;
    search.#index = await buildIndexInSteps(rows, search.#hnswlib, signal);
    search.synchronise();
    search.save();
    return search;
  }

  get kind(): VectorIndex['kind'] {
    return this.#index.kind;
  }

  get size(): number {
    return this.#catalogue.size;
  }

  get generation(): number {
    return this.#generation;
  }

  /** Ids of all entries, ascending. */
  ids(): number[] {
    return [...this.#catalogue.ids()].sort((a, b) => a - b);
  }

  /** `PoseStore.searchMany`, of what `refresh` or `synchronise` last saw. */
  searchMany(vectors: Float32Array, n: number, k: number, exclude: Exclusion, tags: readonly string[]): Hits {
    const ids = new Int32Array(n * k).fill(-1);
    const distances = new Float32Array(n * k).fill(Number.POSITIVE_INFINITY);
    const allowed = this.#catalogue.allow(exclude, tags);
    const wanted = Math.min(k, allowed.count);
    if (wanted === 0) return { ids, distances };
    const index = allowed.count <= EXACT_UP_TO ? this.#exactIndex() : this.#index;
    const { vectorDim } = this.#rows.schema;
    for (let query = 0; query < n; query++) {
      const found = index.search(vectors, query * vectorDim, wanted, allowed, ids, distances, query * k);
      // A graph may have corners that cannot be reached from where the search begins.
      if (found < wanted) {
        this.#exactIndex().search(vectors, query * vectorDim, wanted, allowed, ids, distances, query * k);
      }
    }
    return { ids, distances };
  }

  /** Whether the index itself, graph or not, gives an entry with this vector as the nearest to it. */
  isFound(vector: Float32Array): boolean {
    const ids = new Int32Array(1);
    const distances = new Float32Array(1);
    const found = this.#index.search(vector, 0, 1, this.#catalogue.allow(), ids, distances, 0);
    return found === 1 && distances[0] < 1e-6;
  }

  /** Takes in what other processes have written since the last call. */
  refresh(): void {
    if (this.#rows.dataVersion() !== this.#dataVersion) this.synchronise();
  }

  /** Brings the index in step with the rows. */
  synchronise(): void {
    this.#replaceCatalogue();
    const known = new Set(this.#index.ids());
    const gone = [...known].filter((id) => !this.#catalogue.has(id));
    if (gone.length > 0) this.#index.remove(gone);
    let firstNew = Number.POSITIVE_INFINITY;
    for (const id of this.#catalogue.ids()) if (!known.has(id)) firstNew = Math.min(firstNew, id);
    if (firstNew < Number.POSITIVE_INFINITY) {
      for (const _page of fill(this.#index, this.#rows, firstNew - 1));
    }
    this.#exact = undefined;
  }

  async rebuild(signal: AbortSignal | undefined): Promise<void> {
    this.#index = await buildIndexInSteps(this.#rows, this.#hnswlib, signal);
    this.#savedGeneration = -1;
    this.synchronise();
    this.save();
  }

  /** Saves the index if it changed. Where it cannot be saved, a notice says so and nothing is lost. */
  save(): void {
    const { indexFolder, onNotice } = this.#settings;
    if (indexFolder === undefined || !(this.#index instanceof HnswIndex)) return;
    if (this.#index.isWorn) {
      this.#index = buildIndex(this.#rows, this.#hnswlib);
      this.#savedGeneration = -1;
      this.synchronise();
    }
    if (this.#savedGeneration === this.#generation || this.#catalogue.size === 0) return;
    const index = this.#index as HnswIndex;
    try {
      saveIndex(indexFolder, this.#stamp(), (file) => index.save(file));
      this.#savedGeneration = this.#generation;
    } catch (error) {
      onNotice(`${indexFolder}: the search index could not be saved (${(error as Error).message})`);
    }
  }

  #loadSaved(): boolean {
    const { onNotice, useHnsw, directory, indexFolder } = this.#settings;
    const hnswlib = this.#hnswlib;
    if (hnswlib === undefined) {
      if (useHnsw) onNotice(WITHOUT_HNSWLIB);
      return false;
    }
    if (this.#catalogue.size === 0) return false;
    let problem = 'is missing';
    for (const folder of new Set([directory, indexFolder ?? directory])) {
      const saved = findSavedIndex(folder, this.#stamp());
      if ('problem' in saved) {
        problem = PROBLEMS[saved.problem];
        continue;
      }
      try {
        this.#index = HnswIndex.load(
          hnswlib,
          saved.graph,
          this.#rows.schema.vectorDim,
          this.#catalogue.ids(),
        );
        this.#savedGeneration = this.#generation;
        return true;
      } catch (error) {
        problem = `cannot be used (${(error as Error).message})`;
      }
    }
    onNotice(`${directory}: the search index ${problem}; rebuilding it from the library's entries`);
    return false;
  }

  #replaceCatalogue(): void {
    // Before the snapshot: a write in between is then seen again, and none is missed.
    this.#dataVersion = this.#rows.dataVersion();
    const snapshot = this.#rows.snapshot();
    this.#catalogue.replace(snapshot);
    this.#generation = snapshot.generation;
  }

  #exactIndex(): ExactIndex {
    if (this.#index instanceof ExactIndex) return this.#index;
    this.#exact ??= buildIndex(this.#rows, undefined) as ExactIndex;
    return this.#exact;
  }

  #stamp(): IndexStamp {
    return { library: this.#rows.libraryId, generation: this.#generation, entries: this.#catalogue.size };
  }
}

const WITHOUT_HNSWLIB =
  'hnswlib-node is not installed (it needs a C++ compiler): the library is searched exactly, which finds the same or nearer references and takes longer';

const PROBLEMS = {
  missing: 'is missing',
  older: 'does not belong to the present state of the library',
  damaged: 'is damaged',
} as const;
