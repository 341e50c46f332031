import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { PoseMendError } from '../../contract/errors.ts';
import { CLIP_SUFFIXES, type InputFormat, inputFormatOf } from '../../contract/file-kinds.ts';
import { frameSequences } from '../../contract/frame-files.ts';
import { FormatError } from '../../motion/errors.ts';

/** A file of a known format, not yet looked into. */
export interface ClipFile {
  readonly path: string;
  readonly format: InputFormat;
  /** File name without its suffix. */
  readonly name: string;
  /** Empty for a folder. */
  readonly bytes: Uint8Array;
  /** The files of a folder of one file per frame, by name; null for a file. */
  readonly parts: readonly { readonly name: string; readonly bytes: Uint8Array }[] | null;
}

/** Larger files are refused before they are read: they cannot be a clip that fits into memory. */
const LARGEST_FILE_BYTES = 2 ** 31 - 1;
/** One JSON per frame: an hour at 30 frames a second. */
const MOST_PARTS = 108_000;

/** @throws FormatError for another kind of file, PoseMendError where it cannot be read. */
export async function readClipFile(path: string): Promise<ClipFile> {
  const found = await explaining(path, () => stat(path));
  if (found.isDirectory()) return readFrameFolder(path);
  const format = inputFormatOf(path);
  if (format === undefined) {
    const suffix = extname(path).toLowerCase();
    const advice = `PoseMend reads ${Object.keys(CLIP_SUFFIXES)
      .map((known) => `.${known}`)
      .join(', ')}; convert the file, or give it its suffix`;
    throw new FormatError(path, 'name', `unknown kind of file '${suffix || basename(path)}'`, advice);
  }
  if (found.size > LARGEST_FILE_BYTES) throw tooLarge(path);
  const bytes = await explaining(path, () => readFile(path));
  return { path, bytes, format, name: basename(path, extname(path)), parts: null };
}

async function readFrameFolder(path: string): Promise<ClipFile> {
  const inside = await explaining(path, () => readdir(path));
  const sequences = frameSequences(inside);
  const names = sequences[0]?.members.map((at) => inside[at]) ?? [];
  if (sequences.length > 1) {
    const found = sequences.map(({ name }) => `'${name}'`).join(', ');
    throw new PoseMendError(
      'input',
      `${path}: it holds several clips (${found}); give each a folder of its own`,
    );
  }
  if (names.length === 0) {
    throw new PoseMendError(
      'input',
      `${path}: it is a folder; name a clip in it, or a folder of one JSON per frame`,
    );
  }
  if (names.length > MOST_PARTS) {
    throw new PoseMendError(
      'input',
      `${path}: it holds ${names.length} frames, more than ${MOST_PARTS}; split it`,
    );
  }
  const parts: { name: string; bytes: Uint8Array }[] = [];
  let total = 0;
  for (const name of names) {
    const file = join(path, name);
    const bytes = await explaining(file, () => readFile(file));
    total += bytes.length;
    if (total > LARGEST_FILE_BYTES) throw tooLarge(path);
    parts.push({ name, bytes });
  }
  return { path, bytes: new Uint8Array(0), format: 'set', name: basename(path), parts };
}

function tooLarge(path: string): PoseMendError {
  return new PoseMendError('input', `${path}: it is larger than 2 GB; cut it into parts`);
}

async function explaining<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const problems: Record<string, string> = {
      ENOENT: 'there is no such file; check the path',
      EISDIR: 'it is a folder; name a clip in it',
      EACCES: 'it may not be read; change its permissions',
      ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GB; cut it into parts',
    };
    const problem = problems[code ?? ''] ?? `it cannot be read (${(cause as Error).message})`;
    throw new PoseMendError('input', `${path}: ${problem}`, { cause });
  }
}
