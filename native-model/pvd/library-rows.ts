import type Database from 'better-sqlite3';
import { PoseMendError } from '../../contract/errors.ts';
import {
  decodeVector,
  decodeWindow,
  type EncodedEntry,
  encodeEntry,
  type WindowNumbers,
} from './entry-blobs.ts';
import { explaining } from './library-errors.ts';
import { ENTRY_COLUMNS, whereClause } from './library-sql.ts';
import type { ClipSummary, Entry, EntryFilter, EntryInfo, EntryPage, NewEntry } from './pose-store.ts';
import { checkSchema, type StoreSchema } from './store-schema.ts';

/** Who an entry comes from, as far as searching must know. */
export interface ClipRow {
  readonly id: number;
  readonly clip: string;
  readonly person: string;
  readonly sourceHash: string;
  readonly tags: readonly string[];
}

/** Which entries there are, all at one moment. */
export interface Snapshot {
  readonly generation: number;
  readonly clips: readonly ClipRow[];
  /** Ascending. */
  readonly ids: Int32Array;
  /** `ClipRow.id` of each of `ids`. */
  readonly clipOf: ReadonlyMap<number, number>;
}

/**
 * The rows of one library file: every SQL statement of a library that is open. Throws PoseMendError where the
 * file, another process or the disk is at fault.
 */
export class LibraryRows {
  readonly file: string;
  readonly schema: StoreSchema;
  /** A name no other library has: an index made for one is not taken for another's. */
  readonly libraryId: string;
  readonly windowNumbers: WindowNumbers;
  readonly #database: Database.Database;

  constructor(database: Database.Database, file: string, expected: StoreSchema) {
    this.#database = database;
    this.file = file;
    const meta = this.#readMeta();
    checkSchema(parseJson(meta.get('schema')), expected, file);
    this.schema = expected;
    this.libraryId = meta.get('library') ?? '';
    this.windowNumbers = meta.get('window_numbers') === 'float16' ? 'float16' : 'float32';
  }

  /** Changes whenever another connection has written since the last call. */
  dataVersion(): number {
    return this.#all<{ data_version: number }>('PRAGMA data_version')[0].data_version;
  }

  snapshot(): Snapshot {
    const read = this.#database.transaction((): Snapshot => {
      const clips = this.#all<Omit<ClipRow, 'tags'> & { tags: string }>(
        'SELECT id, clip, person, source_hash AS sourceHash, tags FROM clips',
      ).map((row) => ({ ...row, tags: JSON.parse(row.tags) as string[] }));
      // The index covers both columns; without it SQLite would walk over every blob.
      const pairs = this.#database
        .prepare('SELECT id, clip_id FROM entries INDEXED BY entries_by_clip')
        .raw()
        .all() as [number, number][];
      const ids = Int32Array.from(pairs, ([id]) => id).sort();
      return { generation: this.#generation(), clips, ids, clipOf: new Map(pairs) };
    });
    return explaining(this.file, () => read.deferred());
  }

  /** Returns the new ids in order. Throws RangeError on an entry that does not fit the schema. */
  insert(entries: readonly NewEntry[]): number[] {
    const encoded = entries.map((entry) => encodeEntry(entry, this.schema, this.windowNumbers));
    const write = this.#database.transaction((): number[] => {
      const clipIds = new Map<string, number>();
      this.#raiseGeneration();
      return encoded.map((entry) => {
        const clipId = clipIds.get(entry.clipKey) ?? this.#clipId(entry);
        clipIds.set(entry.clipKey, clipId);
        return this.#insertEntry(clipId, entry);
      });
    });
    return explaining(this.file, () => write.immediate());
  }

  /** Returns how many entries went. */
  delete(filter: EntryFilter): number {
    const { sql, parameters } = whereClause(filter);
    const write = this.#database.transaction((): number => {
      const matching = `SELECT e.id FROM entries e JOIN clips c ON c.id = e.clip_id ${sql}`;
      const { changes } = this.#run(`DELETE FROM entries WHERE id IN (${matching})`, ...parameters);
      if (changes === 0) return 0;
      this.#run('DELETE FROM clips WHERE id NOT IN (SELECT clip_id FROM entries)');
      this.#raiseGeneration();
      return changes;
    });
    return explaining(this.file, () => write.immediate());
  }

  count(filter: EntryFilter): number {
    const { sql, parameters } = whereClause(filter);
    const [row] = this.#all<{ n: number }>(
      `SELECT count(*) AS n FROM entries e JOIN clips c ON c.id = e.clip_id ${sql}`,
      ...parameters,
    );
    return row.n;
  }

  list(filter: EntryFilter, offset: number, limit: number): EntryPage {
    const { sql, parameters } = whereClause(filter);
    const rows = this.#all<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM entries e JOIN clips c ON c.id = e.clip_id ${sql} ORDER BY e.id LIMIT ? OFFSET ?`,
      ...parameters,
      limit,
      offset,
    );
    return { entries: rows.map(toEntryInfo), total: this.count(filter) };
  }

  clips(filter: EntryFilter): ClipSummary[] {
    const { sql, parameters } = whereClause(filter);
    return this.#all<Omit<ClipSummary, 'tags'> & { tags: string }>(
      `SELECT c.clip, c.person, c.fps, c.tags, c.licence, c.source_hash AS sourceHash, count(*) AS entries
       FROM entries e JOIN clips c ON c.id = e.clip_id ${sql} GROUP BY c.id ORDER BY c.clip, c.id`,
      ...parameters,
    ).map((row) => ({ ...row, tags: JSON.parse(row.tags) as string[] }));
  }

  /** Throws PoseMendError if there is no such entry. */
  info(id: number): EntryInfo {
    const [row] = this.#all<EntryRow>(
      `SELECT ${ENTRY_COLUMNS} FROM entries e JOIN clips c ON c.id = e.clip_id WHERE e.id = ?`,
      id,
    );
    if (row === undefined) throw this.#noSuchEntry(id);
    return toEntryInfo(row);
  }

  entry(id: number): Entry {
    return { ...this.info(id), vector: decodeVector(this.#blob('vector', id), this.schema, this.file, id) };
  }

  window(id: number): Float32Array {
    return decodeWindow(this.#blob('window', id), this.schema, this.windowNumbers, this.file, id);
  }

  /** Up to `limit` vectors of entries above `afterId`, by ascending id. Shape of `vectors`: [entry][vectorDim]. */
  vectorsAfter(afterId: number, limit: number): { ids: Int32Array; vectors: Float32Array } {
    const rows = this.#all<{ id: number; vector: Uint8Array }>(
      'SELECT id, vector FROM entries WHERE id > ? ORDER BY id LIMIT ?',
      afterId,
      limit,
    );
    const { vectorDim } = this.schema;
    const vectors = new Float32Array(rows.length * vectorDim);
    for (let n = 0; n < rows.length; n++) {
      vectors.set(decodeVector(rows[n].vector, this.schema, this.file, rows[n].id), n * vectorDim);
    }
    return { ids: Int32Array.from(rows, (row) => row.id), vectors };
  }

  /** What SQLite itself finds wrong with the file; empty if nothing. */
  integrityProblems(): string[] {
    const found = explaining(
      this.file,
      () => this.#database.pragma('integrity_check') as { integrity_check: string }[],
    );
    return found.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  }

  close(): void {
    this.#database.close();
  }

  #readMeta(): Map<string, string> {
    const isLibrary =
      this.#all("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'meta'").length > 0;
    if (!isLibrary) {
      const problem = 'this SQLite file is not a PoseMend library';
      throw new PoseMendError('input', `${this.file}: ${problem}; give another folder, or delete the file`);
    }
    const rows = this.#all<{ key: string; value: string }>('SELECT key, value FROM meta');
    return new Map(rows.map(({ key, value }) => [key, value]));
  }

  #clipId({ clip }: EncodedEntry): number {
    const values = [clip.clip, clip.person, clip.fps, clip.tags, clip.licence, clip.sourceHash];
    this.#run(
      'INSERT OR IGNORE INTO clips (clip, person, fps, tags, licence, source_hash) VALUES (?, ?, ?, ?, ?, ?)',
      ...values,
    );
    const [row] = this.#all<{ id: number }>(
      'SELECT id FROM clips WHERE clip = ? AND person = ? AND fps = ? AND tags = ? AND licence = ? AND source_hash = ?',
      ...values,
    );
    return row.id;
  }

  #insertEntry(clipId: number, { startFrame, endFrame, vector, window }: EncodedEntry): number {
    const result = this.#run(
      'INSERT INTO entries (clip_id, start_frame, end_frame, schema_version, vector, window) VALUES (?, ?, ?, ?, ?, ?)',
      clipId,
      startFrame,
      endFrame,
      this.schema.schemaVersion,
      vector,
      window,
    );
    return Number(result.lastInsertRowid);
  }

  #generation(): number {
    const [row] = this.#all<{ value: string }>("SELECT value FROM meta WHERE key = 'generation'");
    return Number(row?.value ?? 0);
  }

  #raiseGeneration(): void {
    this.#run("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'generation'");
  }

  #blob(column: 'vector' | 'window', id: number): Uint8Array {
    const [row] = this.#all<{ blob: Uint8Array }>(`SELECT ${column} AS blob FROM entries WHERE id = ?`, id);
    if (row === undefined) throw this.#noSuchEntry(id);
    return row.blob;
  }

  #noSuchEntry(id: number): PoseMendError {
    return new PoseMendError('input', `${this.file}: there is no entry ${id}; it may have been removed`);
  }

  readonly #statements = new Map<string, Database.Statement<unknown[]>>();

  #prepare(sql: string): Database.Statement<unknown[]> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#database.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }

  #all<Row>(sql: string, ...parameters: unknown[]): Row[] {
    return explaining(this.file, () => this.#prepare(sql).all(...parameters) as Row[]);
  }

  #run(sql: string, ...parameters: unknown[]): Database.RunResult {
    return this.#prepare(sql).run(...parameters);
  }
}

type EntryRow = Omit<EntryInfo, 'tags'> & { tags: string };

function toEntryInfo(row: EntryRow): EntryInfo {
  return { ...row, tags: JSON.parse(row.tags) as string[] };
}

function parseJson(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
