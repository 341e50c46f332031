import { PoseMendError } from '../../contract/errors.ts';

/** The database file of a library cannot be read. `salvageLibrary` may still get entries out of it. */
export class DamagedLibraryError extends PoseMendError {
  constructor(file: string, problem: string, options?: { cause?: unknown }) {
    super(
      'input',
      `${file}: the library is damaged (${problem}); try posemend library rebuild, or restore the file from a copy, or delete the folder and add the clips again`,
      options,
    );
    this.name = 'DamagedLibraryError';
  }
}

/** Runs `action` and turns what SQLite throws into an error that names the file and the way out. */
export function explaining<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw explainSqlite(file, error);
  }
}

function explainSqlite(file: string, error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === undefined) return error;
  const { message } = error as Error;
  const cause = { cause: error };
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
    return new DamagedLibraryError(file, message, cause);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    const problem = 'the library is locked: another process is writing it';
    return new PoseMendError('failed', `${file}: ${problem}; wait for it to finish and try again`, cause);
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') {
    const advice = 'copy the library to a folder of your own and use that with --library';
    return new PoseMendError('input', `${file}: the library is read-only; ${advice}`, cause);
  }
  if (code === 'SQLITE_FULL') {
    return new PoseMendError(
      'failed',
      `${file}: the disk is full, nothing was changed; make room and try again`,
      cause,
    );
  }
  if (code.startsWith('SQLITE_CANTOPEN')) {
    const advice = 'check that the file is there and that you may read it and its folder';
    return new PoseMendError('input', `${file}: cannot open the library (${message}); ${advice}`, cause);
  }
  return new PoseMendError('failed', `${file}: the library failed (${code}: ${message})`, cause);
}

/** The code of an SQLite error, e.g. 'SQLITE_BUSY'; undefined for any other error. */
function sqliteCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'SqliteError') return undefined;
  const { code } = error as Error & { code?: unknown };
  return typeof code === 'string' ? code : undefined;
}
