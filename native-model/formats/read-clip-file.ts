import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { PoseMendError } from '../../contract/errors.ts';
import { FormatError } from '../../motion/errors.ts';
import type { Format } from './open-clip.ts';

/** A file of a known format, not yet looked into. */
export interface ClipFile {
  readonly bytes: Uint8Array;
  readonly format: Format;
  /** File name without its suffix. */
  readonly name: string;
}

/** Larger files are refused before they are read: they cannot be a clip that fits into memory. */
const LARGEST_FILE_BYTES = 2 ** 31 - 1;

/** @throws FormatError for another kind of file, PoseMendError where it cannot be read. */
export async function readClipFile(path: string): Promise<ClipFile> {
  const suffix = extname(path).toLowerCase();
  await checkReadable(path);
  if (suffix !== '.bvh' && suffix !== '.npy') {
    const advice = 'PoseMend reads .bvh and .npy; convert the file, or give it its suffix';
    throw new FormatError(path, 'name', `unknown kind of file '${suffix || basename(path)}'`, advice);
  }
  const bytes = await explaining(path, () => readFile(path));
  return { bytes, format: suffix === '.bvh' ? 'bvh' : 'npy', name: basename(path, extname(path)) };
}

/** Says what is wrong with a path before its content is looked at. */
function checkReadable(path: string): Promise<void> {
  return explaining(path, async () => {
    const found = await stat(path);
    if (found.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    const { size } = found;
    if (size > LARGEST_FILE_BYTES) throw Object.assign(new Error(), { code: 'ERR_FS_FILE_TOO_LARGE' });
  });
}

async function explaining<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const problems: Record<string, string> = {
      ENOENT: 'there is no such file; check the path',
      EISDIR: 'it is a folder; name a .bvh or .npy file in it',
      EACCES: 'it may not be read; change its permissions',
      ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB; cut it into parts',
    };
    const problem = problems[code ?? ''] ?? `it cannot be read (${(cause as Error).message})`;
    throw new PoseMendError('input', `${path}: ${problem}`, { cause });
  }
}
