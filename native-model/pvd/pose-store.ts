import type { StoreSchema } from './store-schema.ts';

/**
 * The pose vector database (PVD): clean windows of motion, found by their retrieval vectors.
 *
 * A store in this process answers at once, a remote one with a promise, so callers of the interface await.
 */
export type Answer<T> = T | Promise<T>;

/** A clean window on its way into a store. */
export interface NewEntry {
  /** The clip it was cut from, by name; what the user reads in lists. */
  readonly clip: string;
  /** Who performed it; '' if unknown. */
  readonly person: string;
  /** Frames of the source clip, both inclusive. */
  readonly startFrame: number;
  readonly endFrame: number;
  /** Frames per second of the source clip (the window's own rate is the schema's `windowFps`). */
  readonly fps: number;
  readonly tags: readonly string[];
  readonly licence: string;
  /** SHA-256 of the source file (see `hashSource`); '' for a window that is no part of any file. */
  readonly sourceHash: string;
  /** `vectorDim` numbers. */
  readonly vector: ArrayLike<number>;
  /** Metres, shape [frame][body-17 joint][xyz]. */
  readonly window: ArrayLike<number>;
}

/** What is known about an entry besides its numbers. */
export interface EntryInfo extends Omit<NewEntry, 'vector' | 'window'> {
  /** Never given to another entry, not even after this one is deleted. */
  readonly id: number;
  readonly schemaVersion: number;
}

export interface Entry extends EntryInfo {
  readonly vector: Float32Array;
}

/** L2 between the query's and the entry's retrieval vectors (not squared), metres at template scale. */
export interface Hit extends EntryInfo {
  readonly distance: number;
}

/** Hits of many queries, nearest first. Where fewer than k entries may answer: id -1, distance Infinity. */
export interface Hits {
  /** Shape [query][k]. */
  readonly ids: Int32Array;
  /** Shape [query][k]. */
  readonly distances: Float32Array;
}

/**
 * What is being refined. An entry that shares the clip, the person or the source file with it never answers.
 * A field left out or '' excludes nothing: unknown is not the same as equal.
 */
export interface Exclusion {
  readonly clip?: string;
  readonly person?: string;
  readonly sourceHash?: string;
}

/** Entries that match every field given, and carry every tag given. */
export interface EntryFilter {
  readonly ids?: readonly number[];
  readonly clip?: string;
  readonly person?: string;
  readonly sourceHash?: string;
  readonly licence?: string;
  readonly tags?: readonly string[];
}

export interface Page {
  readonly offset?: number;
  readonly limit?: number;
}

export interface EntryPage {
  /** In order of id. */
  readonly entries: readonly EntryInfo[];
  /** How many match, on all pages together. */
  readonly total: number;
}

/** The entries of one source, counted. */
export interface ClipSummary {
  readonly clip: string;
  readonly person: string;
  readonly fps: number;
  readonly tags: readonly string[];
  readonly licence: string;
  readonly sourceHash: string;
  readonly entries: number;
}

export interface StoreInfo {
  /** Folder or address. */
  readonly path: string;
  /** Changes with every write; a report names it. */
  readonly version: string;
  readonly schema: StoreSchema;
  readonly entries: number;
  readonly clips: number;
  readonly persons: number;
  readonly licences: readonly string[];
  readonly readOnly: boolean;
  /** What answers queries: an approximate graph, or a comparison with every vector. */
  readonly search: 'hnsw' | 'exact';
  /** Size on disk. */
  readonly bytes: number;
}

export interface Verification {
  readonly ok: boolean;
  readonly problems: readonly string[];
}

/** Failures a user can meet are `PoseMendError`s. */
export interface PoseStore {
  readonly schema: StoreSchema;
  /** All or nothing. Returns the new ids in order. */
  add(entries: readonly NewEntry[]): Answer<number[]>;
  /** Returns how many went. An empty filter is refused; it would be the whole store. */
  delete(filter: EntryFilter): Answer<number>;
  list(filter?: EntryFilter, page?: Page): Answer<EntryPage>;
  clips(filter?: EntryFilter): Answer<readonly ClipSummary[]>;
  count(filter?: EntryFilter): Answer<number>;
  /** The k nearest entries that carry every tag given and share nothing with `exclude`, nearest first. */
  search(vector: Float32Array, k: number, exclude?: Exclusion, tags?: readonly string[]): Answer<Hit[]>;
  /** `search` for `n` vectors, shape [n][vectorDim]: what the refiner calls. */
  searchMany(
    vectors: Float32Array,
    n: number,
    k: number,
    exclude?: Exclusion,
    tags?: readonly string[],
  ): Answer<Hits>;
  /** Metres, shape [frame][body-17 joint][xyz]. */
  window(entryId: number): Answer<Float32Array>;
  entry(entryId: number): Answer<Entry>;
  info(): Answer<StoreInfo>;
  /** Makes whatever speeds searching anew from the stored vectors. */
  rebuild(signal?: AbortSignal): Answer<void>;
  /** Reads everything once and says what is wrong. */
  verify(): Answer<Verification>;
  close(): Answer<void>;
}
