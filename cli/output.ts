import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { PoseMendError } from '../contract/errors.ts';
import { makeFolders } from '../native-model/make-folders.ts';
import { explainSystemCode, systemCode } from './errors.ts';

/** Longest part of a file's name that its temporary name repeats: 255 bytes is the limit of most systems. */
const LONGEST_NAME_PART = 60;
/** Leftovers of killed runs with this process's number that are put up with. */
const MOST_ATTEMPTS = 100;

export interface WriteOptions {
  /** Replace a file that is there. */
  readonly force: boolean;
}

/**
 * Writes a file that is there whole or not at all: under a temporary name beside it (`.NAME.PID.tmp`), synced,
 * then renamed. Missing folders are made. Throws PoseMendError when the file is there and `force` is not set,
 * and when the system refuses; no temporary file stays behind.
 *
 * Nothing else runs meanwhile, so that an interrupt cannot fall in between.
 */
export function writeWholeFile(file: string, content: Uint8Array | string, { force }: WriteOptions): void {
  let temporary: TemporaryFile | undefined;
  try {
    const target = followLinks(file);
    requireReplaceable(file, target, force);
    makeFolders(dirname(target));
    temporary = openTemporary(target);
    writeSynced(temporary, typeof content === 'string' ? new TextEncoder().encode(content) : content);
    requireReplaceable(file, target, force);
    renameSync(temporary.path, target);
  } catch (error) {
    if (temporary !== undefined) removeQuietly(temporary.path);
    throw explainWrite(file, error);
  }
}

/**
 * Finds before any work what would stop `writeWholeFile` afterwards: a file that is there, a folder of that
 * name, a place that cannot be written. Throws PoseMendError.
 */
export function checkWritable(file: string, { force }: WriteOptions): void {
  try {
    const target = followLinks(file);
    requireReplaceable(file, target, force);
    let folder = dirname(resolve(target));
    while (!existsSync(folder)) folder = dirname(folder);
    if (!statSync(folder).isDirectory()) {
      throw new PoseMendError('failed', `${file}: ${folder} is a file, not a folder; choose another place`);
    }
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw explainWrite(file, error);
  }
}

function requireReplaceable(file: string, target: string, force: boolean): void {
  const found = statSync(target, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (found.isDirectory())
    throw new PoseMendError('failed', `${file}: there is a folder of this name; choose another`);
  if (!found.isFile()) {
    throw new PoseMendError('failed', `${file}: this is a device or a pipe; name a file to write`);
  }
  if (force) return;
  throw new PoseMendError(
    'usage',
    `${file}: the file exists; give --force to replace it, or write to another name`,
  );
}

interface TemporaryFile {
  readonly path: string;
  readonly descriptor: number;
}

/** A new file beside `target`. One of the same name that is there already is another run's and left alone. */
function openTemporary(target: string): TemporaryFile {
  const stem = join(dirname(target), `.${basename(target).slice(0, LONGEST_NAME_PART)}.${process.pid}`);
  for (let attempt = 1; ; attempt++) {
    const path = attempt === 1 ? `${stem}.tmp` : `${stem}-${attempt}.tmp`;
    try {
      return { path, descriptor: openSync(path, 'wx') };
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || attempt === MOST_ATTEMPTS) throw error;
    }
  }
}

/** Writes and closes. */
function writeSynced({ descriptor }: TemporaryFile, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** A link's target, so that a link stays one when the file behind it is replaced. */
function followLinks(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // The failure that led here is the one to tell.
  }
}

function explainWrite(file: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  const { what, advice } = explainSystemCode(code);
  return new PoseMendError('failed', `${file}: cannot be written: ${what}; ${advice}`, { cause: error });
}
