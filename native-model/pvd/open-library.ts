import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { PoseMendError } from '../../contract/errors.ts';
import { makeFolders } from '../make-folders.ts';
import type { WindowNumbers } from './entry-blobs.ts';
import { PoseLibrary } from './library.ts';
import { explaining } from './library-errors.ts';
import { LibraryRows } from './library-rows.ts';
import { createTables, DATABASE_FILE } from './library-sql.ts';
import { createDatabase, openDatabase } from './open-database.ts';
import { BODY17_SCHEMA, type StoreSchema } from './store-schema.ts';

export interface OpenLibraryOptions {
  /** Do not write, nor leave any file in the folder. A place that cannot be written is opened so anyway. */
  readonly readOnly?: boolean;
  /** Told what a user should know: an index rebuilt, an addon missing. */
  readonly onNotice?: (message: string) => void;
  /** Where to keep the index of a library that is read-only; without it the index is made at every opening. */
  readonly cacheDir?: string;
  /** Cancels the building of an index. */
  readonly signal?: AbortSignal;
  /** What the caller's vectors and windows are. Default: `BODY17_SCHEMA`. */
  readonly schema?: StoreSchema;
  /** 'exact' compares with every vector: slower, and independent of how the graph was built. */
  readonly search?: 'auto' | 'exact';
  /** How long to wait for another process's write, milliseconds. Default: 5000. */
  readonly busyTimeoutMs?: number;
}

export interface CreateLibraryOptions extends Omit<OpenLibraryOptions, 'readOnly' | 'schema'> {
  /** 'delete' keeps everything in one file at any time, for libraries that are shipped. Default: 'wal'. */
  readonly journal?: 'wal' | 'delete';
  /** Default: 'float32'. 'float16' halves the windows, for libraries that are shipped. */
  readonly windowNumbers?: WindowNumbers;
}

/**
 * Opens the library in `directory`. Throws PoseMendError if there is none, if it is damaged
 * (`DamagedLibraryError`), or if its numbers mean something else than `options.schema` says.
 */
export async function openLibrary(directory: string, options: OpenLibraryOptions = {}): Promise<PoseLibrary> {
  const onNotice = options.onNotice ?? ignore;
  const file = join(directory, DATABASE_FILE);
  const busyTimeoutMs = options.busyTimeoutMs ?? 5000;
  const { database, readOnly } = openDatabase(file, {
    readOnly: options.readOnly ?? false,
    busyTimeoutMs,
    onNotice,
  });
  try {
    const rows = new LibraryRows(database, file, options.schema ?? BODY17_SCHEMA);
    const cache = options.cacheDir === undefined ? undefined : join(options.cacheDir, rows.libraryId);
    const settings = {
      directory,
      readOnly,
      indexFolder: readOnly ? cache : directory,
      onNotice,
      useHnsw: options.search !== 'exact',
    };
    return await PoseLibrary.start(rows, settings, options.signal);
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Makes an empty library in `directory`, and the folder if need be. Throws PoseMendError if there is a
 * library already or the place cannot be written.
 */
export async function createLibrary(
  directory: string,
  schema: StoreSchema = BODY17_SCHEMA,
  options: CreateLibraryOptions = {},
): Promise<PoseLibrary> {
  const file = join(directory, DATABASE_FILE);
  try {
    makeFolders(directory);
  } catch (error) {
    const problem = `cannot make the folder (${(error as Error).message})`;
    throw new PoseMendError('input', `${directory}: ${problem}; give a place you may write`, {
      cause: error,
    });
  }
  const database = createDatabase(file, options.busyTimeoutMs ?? 5000);
  try {
    explaining(file, () => {
      const create = database.transaction(() => {
        if (database.prepare('SELECT 1 FROM sqlite_master').get() !== undefined) {
          const advice = 'open it, or give another folder';
          throw new PoseMendError('input', `${file}: there is a library here already; ${advice}`);
        }
        createTables(database, {
          schema: JSON.stringify(schema),
          library: randomUUID(),
          generation: '0',
          window_numbers: options.windowNumbers ?? 'float32',
        });
      });
      create.immediate();
      database.pragma(`journal_mode = ${options.journal ?? 'wal'}`);
    });
  } finally {
    database.close();
  }
  return openLibrary(directory, { ...options, schema });
}

function ignore(): void {}
