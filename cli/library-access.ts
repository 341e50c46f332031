import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PoseMendError } from '../contract/errors.ts';
import type { PoseLibrary } from '../native-model/pvd/library.ts';
import { type Io, locate, writeLine } from './io.ts';
import { userLibraryFolder } from './user-library.ts';

/** Which library a command works on. */
export interface LibraryFlags {
  readonly library?: string;
  /** The one that came with the program. */
  readonly shipped?: boolean;
}

export async function libraryFolder(io: Io, { library, shipped }: LibraryFlags): Promise<string> {
  if (shipped && library !== undefined) {
    throw new PoseMendError('usage', '--library and --shipped: give one of them, not both');
  }
  if (library !== undefined) return locate(io, library);
  if (!shipped) return userLibraryFolder(io);
  return (await import('../native-model/index.ts')).defaultLibraryFolder();
}

export async function hasLibrary(folder: string): Promise<boolean> {
  const { DATABASE_FILE } = await import('../native-model/pvd/library-sql.ts');
  return existsSync(join(folder, DATABASE_FILE));
}

/** Hands an open library to `action` and closes it. Notices go to stderr. */
export async function withLibrary<T>(
  io: Io,
  folder: string,
  access: 'read' | 'write',
  action: (library: PoseLibrary) => T | Promise<T>,
): Promise<T> {
  const { openLibrary } = await import('../native-model/index.ts');
  const library = await openLibrary(folder, {
    onNotice: (message) => writeLine(io.stderr, message),
    signal: io.signal,
    // Lists need no index for searching.
    ...(access === 'read' ? { readOnly: true, search: 'exact' as const } : {}),
  });
  try {
    return await action(library);
  } finally {
    library.close();
  }
}
