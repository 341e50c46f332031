import type Database from 'better-sqlite3';
import type { EntryFilter } from './pose-store.ts';

/** The one file that matters in a library folder: it holds everything, vectors included. */
export const DATABASE_FILE = 'library.sqlite';

/**
 * The tables. Any program may fill them (the training package makes the default library so) if it keeps to:
 * - `meta`: `schema` (JSON of StoreSchema), `library` (a name no other library has), `generation` (an integer
 *   raised by every write), `window_numbers` ('float32' or 'float16').
 * - `clips.tags`: JSON array of strings, sorted. `person`, `source_hash`: '' for unknown.
 * - blobs little-endian: `vector` float32, `window` in `window_numbers`, shape [frame][body-17 joint][xyz].
 * AUTOINCREMENT keeps an id from being used twice, so an index that knows a deleted entry cannot confuse it.
 */
const LIBRARY_DDL = `
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE clips (
    id INTEGER PRIMARY KEY,
    clip TEXT NOT NULL,
    person TEXT NOT NULL,
    fps REAL NOT NULL,
    tags TEXT NOT NULL,
    licence TEXT NOT NULL,
    source_hash TEXT NOT NULL,
    UNIQUE (clip, person, fps, tags, licence, source_hash)
  );
  CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    clip_id INTEGER NOT NULL REFERENCES clips (id),
    start_frame INTEGER NOT NULL,
    end_frame INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    vector BLOB NOT NULL,
    window BLOB NOT NULL
  );
  CREATE INDEX entries_by_clip ON entries (clip_id);
`;

/** The rows of `meta`. */
export interface LibraryMeta {
  readonly schema: string;
  readonly library: string;
  readonly generation: string;
  readonly window_numbers: string;
}

/** Makes the tables of an empty database. To be called within a transaction. */
export function createTables(database: Database.Database, meta: LibraryMeta): void {
  database.exec(LIBRARY_DDL);
  const insert = database.prepare('INSERT INTO meta (key, value) VALUES (?, ?)');
  for (const [key, value] of Object.entries(meta)) insert.run(key, value);
}

/** Columns of an EntryInfo, as `toEntryInfo` reads them. */
export const ENTRY_COLUMNS = `e.id, e.start_frame AS startFrame, e.end_frame AS endFrame,
  e.schema_version AS schemaVersion, c.clip, c.person, c.fps, c.tags, c.licence, c.source_hash AS sourceHash`;

/** A WHERE clause over `entries AS e` joined with `clips AS c`, and its parameters. */
export function whereClause(filter: EntryFilter): { sql: string; parameters: string[] } {
  const conditions: string[] = [];
  const parameters: string[] = [];
  const require = (condition: string, value: string) => {
    conditions.push(condition);
    parameters.push(value);
  };
  // One JSON parameter instead of one per id: SQLite allows only so many parameters.
  if (filter.ids !== undefined)
    require('e.id IN (SELECT value FROM json_each(?))', JSON.stringify(filter.ids));
  if (filter.clip !== undefined) require('c.clip = ?', filter.clip);
  if (filter.person !== undefined) require('c.person = ?', filter.person);
  if (filter.sourceHash !== undefined) require('c.source_hash = ?', filter.sourceHash);
  if (filter.licence !== undefined) require('c.licence = ?', filter.licence);
  for (const tag of filter.tags ?? []) require('? IN (SELECT value FROM json_each(c.tags))', tag);
  return { sql: conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '', parameters };
}
