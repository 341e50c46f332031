import { homedir } from 'node:os';
import { join } from 'node:path';
import { PoseMendError } from '../../contract/errors.ts';
import { assetsFolder } from '../inference/assets-folder.ts';
import type { PoseLibrary } from '../pvd/library.ts';
import { openLibrary } from '../pvd/open-library.ts';

/** The library that ships with the product. */
export function defaultLibraryFolder(): string {
  return join(assetsFolder(), 'library');
}

/** Opens the library a refine consults, for reading. */
export function openReferences(
  which: 'default' | { readonly directory: string },
  onNotice: (message: string) => void,
  signal?: AbortSignal,
): Promise<PoseLibrary> {
  const directory = which === 'default' ? defaultLibraryFolder() : which.directory;
  return openLibrary(directory, {
    readOnly: true,
    onNotice,
    cacheDir: cacheFolder(),
    ...(signal === undefined ? {} : { signal }),
  }).catch((error: unknown) => {
    if (error instanceof PoseMendError && error.code === 'input') {
      // A library is no input of the user's when it is the shipped one; either way the run can go on without.
      throw new PoseMendError('failed', `${error.message}; or refine without references (--no-pvd)`, {
        cause: error,
      });
    }
    throw error;
  });
}

/** Where indexes of read-only libraries are kept between runs. */
function cacheFolder(): string {
  const base =
    process.env.XDG_CACHE_HOME ??
    (process.platform === 'win32' ? process.env.LOCALAPPDATA : undefined) ??
    join(homedir(), process.platform === 'darwin' ? 'Library/Caches' : '.cache');
  return join(base, 'posemend');
}
