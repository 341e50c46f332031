import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  statSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import Database from 'better-sqlite3';
import { PoseMendError } from '../../contract/errors.ts';
import { explaining } from './library-errors.ts';

// Paths are resolved because better-sqlite3 trims spaces off both ends of what it is given.

export interface OpenedDatabase {
  readonly database: Database.Database;
  readonly readOnly: boolean;
}

export interface DatabaseOptions {
  /** Do not write, whatever the place allows. A place that cannot be written is opened so by itself. */
  readonly readOnly: boolean;
  /** How long to wait for another process's write, milliseconds. */
  readonly busyTimeoutMs: number;
  readonly onNotice: (message: string) => void;
}

/**
 * Opens an existing database file. Read-only leaves no trace beside it (no -wal, no -shm).
 * Throws PoseMendError if there is no such file or it cannot be opened.
 */
export function openDatabase(file: string, options: DatabaseOptions): OpenedDatabase {
  requireNode22();
  if (!existsSync(file)) {
    const advice = 'check the path, or make a library with posemend library add';
    throw new PoseMendError('input', `${file}: there is no such library; ${advice}`);
  }
  return explaining(file, () => {
    if (!options.readOnly && isWritable(file) && isWritable(dirname(file))) {
      const database = new Database(resolve(file), { fileMustExist: true, timeout: options.busyTimeoutMs });
      // WAL's default of NORMAL may lose the last commits in a power cut.
      database.pragma('synchronous = FULL');
      return { database, readOnly: false };
    }
    return { database: openReadOnly(file, options), readOnly: true };
  });
}

/** Makes an empty database file, or opens one whose creation was interrupted. */
export function createDatabase(file: string, busyTimeoutMs: number): Database.Database {
  requireNode22();
  return explaining(file, () => new Database(resolve(file), { timeout: busyTimeoutMs }));
}

function openReadOnly(file: string, options: DatabaseOptions): Database.Database {
  const plain = () =>
    new Database(resolve(file), { readonly: true, fileMustExist: true, timeout: options.busyTimeoutMs });
  if (!headerSaysWal(file)) return plain();

  // SQLite makes -wal and -shm files even to read a WAL database, so such a file is read into memory instead.
  // Unless the -wal is there already: then it holds commits that are not yet in the file.
  const wal = `${file}-wal`;
  if (existsSync(wal) && statSync(wal).size > 0) {
    try {
      const database = plain();
      database.pragma('schema_version');
      return database;
    } catch {
      options.onNotice(`${file}: the last changes are still in ${wal} and cannot be read from this place`);
    }
  }
  return openCopyInMemory(readFileSync(file));
}

/** Opens the bytes of a database file. The bytes are changed. */
function openCopyInMemory(bytes: Buffer): Database.Database {
  // Bytes 18 and 19 of the header: 2 = WAL, 1 = rollback journal (SQLite file format, 1.3). A database in
  // memory has no WAL.
  bytes[18] = 1;
  bytes[19] = 1;
  return new Database(bytes, { readonly: true });
}

/**
 * Opens what can be read of a damaged file. SQLite refuses every page of a file that was cut short, so such a
 * file is opened as a copy in memory that is filled up with zeros to the length its header states.
 */
export function openDamaged(file: string): Database.Database {
  const database = new Database(resolve(file), { readonly: true, fileMustExist: true });
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return database;
  } catch {
    database.close();
  }
  const bytes = readFileSync(file);
  if (bytes.length < HEADER_LENGTH)
    return openCopyInMemory(Buffer.concat([bytes, Buffer.alloc(HEADER_LENGTH)]));
  // Page size at byte 16, where 1 stands for 65536; number of pages at byte 28.
  const pageSize = bytes.readUInt16BE(16) === 1 ? 65536 : bytes.readUInt16BE(16);
  const stated = bytes.readUInt32BE(28) * pageSize;
  // A header full of nonsense may state anything.
  const missing = stated < 100 * bytes.length ? Math.max(0, stated - bytes.length) : 0;
  return openCopyInMemory(Buffer.concat([bytes, Buffer.alloc(missing)]));
}

const HEADER_LENGTH = 100;

function headerSaysWal(file: string): boolean {
  const header = new Uint8Array(20);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header);
  } finally {
    closeSync(descriptor);
  }
  return header[18] === 2 || header[19] === 2;
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** The addon crashes the process on older versions instead of throwing. */
function requireNode22(): void {
  const major = Number.parseInt(process.versions.node, 10);
  if (major >= 22) return;
  throw new PoseMendError('failed', `libraries need Node 22.12 or newer, this is ${process.versions.node}`);
}
