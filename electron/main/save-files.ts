import { existsSync } from 'node:fs';
import { mkdir, open, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, extname, join, parse } from 'node:path';
import type { FileToSave } from '../../contract/electron-bridge.ts';
import { PoseMendError } from '../../contract/errors.ts';
import { SCRIPT_SUFFIX } from '../../contract/file-kinds.ts';
import { cleanName } from '../../native-model/process/clean-name.ts';
import { writeAtomically } from './atomic-file.ts';
import { numberedName, withSuffix } from './file-names.ts';

/** The system's dialogs. Null: the user thought better of it. */
export interface SaveDialogs {
  /** Asks where to write one file; asks again before an existing one is taken. */
  askFile(suggestedPath: string, suffix: string): Promise<string | null>;
  askFolder(suggestedFolder: string): Promise<string | null>;
}

export interface SavedFiles {
  /** What the user chose. */
  readonly folder: string;
  /** Of the files, in this folder or in a new one in it. */
  readonly paths: readonly string[];
}

const KIND_NAMES: Readonly<Record<string, string>> = {
  '.bvh': 'BVH clip',
  '.fbx': 'FBX scene',
  '.glb': 'glTF scene',
  '.npz': 'NumPy archive',
  '.npy': 'NumPy array',
  '.csv': 'Table of positions',
  '.trc': 'TRC markers',
  '.html': 'Web page',
  '.json': 'JSON report',
};

/** How a dialog calls files of a suffix. */
export function kindOfFile(suffix: string): string {
  return KIND_NAMES[suffix.toLowerCase()] ?? 'File';
}

/**
 * Writes files where the user says: one under the name of the user's choice, several into a folder, where a name
 * that is taken gets a number. A script names the files beside it, so that with one they keep their names: where one
 * is taken, they go into a new folder in it. Null if the user thinks better of it.
 * Throws PoseMendError when one cannot be written; then none of them is left.
 */
export async function saveFiles(
  files: readonly FileToSave[],
  dialogs: SaveDialogs,
  suggestedFolder: string,
): Promise<SavedFiles | null> {
  const [only, ...others] = files.map(({ name, bytes }) => ({ name: cleanName(name), bytes }));
  if (others.length > 0) {
    const folder = await dialogs.askFolder(suggestedFolder);
    if (folder === null) return null;
    const all = [only, ...others];
    const isFixed = all.some(({ name }) => SCRIPT_SUFFIX.test(name));
    const isTaken = all.some(({ name }) => existsSync(join(folder, name)));
    return { folder, paths: await (isFixed && isTaken ? writeIntoNew(folder, all) : writeInto(folder, all)) };
  }
  const suffix = extname(only.name);
  const chosen = await dialogs.askFile(join(suggestedFolder, only.name), suffix);
  if (chosen === null) return null;
  const path = withSuffix(chosen, suffix);
  // The dialog asked about the name as it was typed, not about the one with the suffix.
  const folder = dirname(path);
  if (path !== chosen) {
    return { folder, paths: await writeInto(folder, [{ name: basename(path), bytes: only.bytes }]) };
  }
  await writeAtomically(path, new Uint8Array(only.bytes)).catch((error) => {
    throw cannotWrite(path, error);
  });
  return { folder, paths: [path] };
}

/** Writes files under their own names into a new folder called after the first of them. */
async function writeIntoNew(parent: string, files: readonly FileToSave[]): Promise<readonly string[]> {
  const { name } = parse(files[0].name);
  let folder = '';
  try {
    folder = await makeFolder(parent, name);
    return await writeInto(folder, files);
  } catch (error) {
    if (folder !== '') await rmdir(folder).catch(() => {});
    throw error instanceof PoseMendError ? error : cannotWrite(join(parent, name), error);
  }
}

/** Makes the first folder of a name whose number is not taken. */
async function makeFolder(parent: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(parent, number === 1 ? name : `${name} (${number})`);
    try {
      await mkdir(path);
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

async function writeInto(folder: string, files: readonly FileToSave[]): Promise<readonly string[]> {
  const written: string[] = [];
  for (const { name, bytes } of files) {
    try {
      const path = await reserve(folder, name);
      written.push(path);
      await writeAtomically(path, new Uint8Array(bytes));
    } catch (error) {
      await Promise.all(written.map((path) => rm(path, { force: true })));
      throw cannotWrite(join(folder, name), error);
    }
  }
  return written;
}

/** Takes the first free name by making an empty file, so that nobody else's file comes under it meanwhile. */
async function reserve(folder: string, name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const path = join(folder, numberedName(name, number));
    try {
      await (await open(path, 'wx')).close();
      return path;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

function cannotWrite(path: string, cause: unknown): PoseMendError {
  const code = (cause as NodeJS.ErrnoException).code;
  const reasons: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full. Make room, or choose another disk',
    EACCES: 'the folder may not be written. Choose another one',
    EPERM: 'the folder may not be written. Choose another one',
    EROFS: 'the disk is read-only. Choose another one',
    ENOENT: 'the folder is not there any more. Choose another one',
  };
  const reason = reasons[code ?? ''] ?? `the system refused it (${code ?? 'unknown'}). Choose another folder`;
  return new PoseMendError('failed', `${basename(path)} was not written: ${reason}.`, { cause });
}
