import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { decodeVector, decodeWindow, type WindowNumbers } from './entry-blobs.ts';
import { DamagedLibraryError, explaining } from './library-errors.ts';
import { createTables, DATABASE_FILE, type LibraryMeta } from './library-sql.ts';
import { openDamaged } from './open-database.ts';
import { type OpenLibraryOptions, openLibrary } from './open-library.ts';
import { BODY17_SCHEMA, checkSchema, type StoreSchema } from './store-schema.ts';

export interface Salvaged {
  readonly kept: number;
  /** Entries that were there and cannot be read. */
  readonly lost: number;
  /** Where the damaged file is now. */
  readonly damagedFile: string;
}

/**
 * `posemend library rebuild`: makes the index anew, and where the database itself is damaged first saves the
 * entries that can still be read. Returns what was saved, or undefined if no saving was needed.
 */
export async function rebuildLibrary(
  directory: string,
  options: OpenLibraryOptions = {},
): Promise<Salvaged | undefined> {
  const damage = await rebuildIndex(directory, options);
  if (damage === undefined) return undefined;
  if (options.readOnly) throw damage;
  const salvaged = salvageLibrary(directory, options.schema);
  const remaining = await rebuildIndex(directory, options);
  if (remaining !== undefined) throw remaining;
  return salvaged;
}

/** Returns what is wrong with the database, if anything is. */
async function rebuildIndex(
  directory: string,
  options: OpenLibraryOptions,
): Promise<DamagedLibraryError | undefined> {
  try {
    const library = await openLibrary(directory, options);
    try {
      await library.rebuild(options.signal);
      const { ok, problems } = library.verify();
      return ok ? undefined : new DamagedLibraryError(join(directory, DATABASE_FILE), problems[0]);
    } finally {
      library.close();
    }
  } catch (error) {
    if (error instanceof DamagedLibraryError) return error;
    throw error;
  }
}

/**
 * Copies every entry that can be read, under its old id, into a new database file and puts that in the place
 * of the damaged one, which is kept under another name. Throws DamagedLibraryError, with nothing changed, if
 * not even the list of what the numbers mean can be read.
 */
export function salvageLibrary(directory: string, expected: StoreSchema = BODY17_SCHEMA): Salvaged {
  const file = join(directory, DATABASE_FILE);
  const newFile = `${file}.salvaged`;
  rmSync(newFile, { force: true });
  const result = explaining(file, () => {
    const source = openDamaged(file);
    try {
      const meta = readMeta(source, file, expected);
      const target = new Database(resolve(newFile));
      try {
        return target.transaction(() => copyEntries(source, target, meta, file, expected))();
      } finally {
        target.close();
      }
    } finally {
      source.close();
    }
  });
  const damagedFile = unusedName(`${file}.damaged`);
  // A -wal that stayed behind would be taken for the new file's.
  for (const suffix of ['-wal', '-shm', '']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, damagedFile + suffix);
  }
  renameSync(newFile, file);
  return { ...result, damagedFile };
}

function readMeta(source: Database.Database, file: string, expected: StoreSchema): LibraryMeta {
  try {
    const rows = source.prepare('SELECT key, value FROM meta').all() as { key: string; value: string }[];
    const meta = Object.fromEntries(rows.map(({ key, value }) => [key, value])) as unknown as LibraryMeta;
    checkSchema(JSON.parse(meta.schema), expected, file);
    return meta;
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'SqliteError') throw error;
    throw new DamagedLibraryError(file, `${error.message}; nothing can be saved from it`, { cause: error });
  }
}

function copyEntries(
  source: Database.Database,
  target: Database.Database,
  meta: LibraryMeta,
  file: string,
  schema: StoreSchema,
): { kept: number; lost: number } {
  // A later generation, so that no saved index fits.
  createTables(target, { ...meta, generation: String((Number(meta.generation) || 0) + 1) });
  const read = source.prepare(
    `SELECT e.id, e.start_frame, e.end_frame, e.schema_version, e.vector, e.window,
       c.id AS clip_id, c.clip, c.person, c.fps, c.tags, c.licence, c.source_hash
     FROM entries e JOIN clips c ON c.id = e.clip_id WHERE e.id = ?`,
  );
  const writeClip = target.prepare(
    `INSERT OR IGNORE INTO clips (id, clip, person, fps, tags, licence, source_hash)
     VALUES (@clip_id, @clip, @person, @fps, @tags, @licence, @source_hash)`,
  );
  const writeEntry = target.prepare(
    `INSERT INTO entries (id, clip_id, start_frame, end_frame, schema_version, vector, window)
     VALUES (@id, @clip_id, @start_frame, @end_frame, @schema_version, @vector, @window)`,
  );
  const numbers = meta.window_numbers as WindowNumbers;
  const last = highestId(source);
  let kept = 0;
  let lost = 0;
  for (let id = 1; id <= last; id++) {
    const row = readWhole(id);
    if (row === 'unreadable') lost++;
    if (typeof row !== 'object') continue;
    writeClip.run(row);
    writeEntry.run(row);
    kept++;
  }
  return { kept, lost };

  function readWhole(id: number): Record<string, unknown> | 'unreadable' | undefined {
    try {
      const row = read.get(id) as
        | ({ vector: Uint8Array; window: Uint8Array } & Record<string, unknown>)
        | undefined;
      if (row === undefined) return undefined;
      const vector = decodeVector(row.vector, schema, file, id);
      const window = decodeWindow(row.window, schema, numbers, file, id);
      return vector.every(Number.isFinite) && window.every(Number.isFinite) ? row : 'unreadable';
    } catch {
      return 'unreadable';
    }
  }
}

/** The counter of AUTOINCREMENT, or the table's last row where the counter cannot be read. */
function highestId(source: Database.Database): number {
  for (const sql of [
    "SELECT seq FROM sqlite_sequence WHERE name = 'entries'",
    'SELECT max(id) FROM entries',
  ]) {
    try {
      const value = source.prepare(sql).pluck().get();
      if (typeof value === 'number') return value;
    } catch {}
  }
  return 0;
}

function unusedName(wanted: string): string {
  let name = wanted;
  for (let n = 2; existsSync(name); n++) name = `${wanted}-${n}`;
  return name;
}
