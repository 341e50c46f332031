import { stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BODY_MODEL_SUFFIXES, inputFormatOf } from '../../contract/file-kinds.ts';

/** Whether a name ends like a clip's. */
export function isClipName(path: string): boolean {
  return inputFormatOf(basename(path)) !== undefined;
}

/** Whether a path names a folder of one file for each frame: it then ends with a separator. */
export function isFolderPath(path: string): boolean {
  return path.endsWith(sep);
}

/** Null for a clip that is there; otherwise why the file is not taken, naming it and the way out. */
export async function whyNotAClip(path: string): Promise<string | null> {
  const name = basename(path);
  if (path === '') return 'The dropped item is not a file on this machine. Drop a motion clip.';
  if (!isAbsolute(path) || path.includes('\0')) return `${name} was not given with its whole path.`;
  // Before the system is asked: the answer must not tell a page which other files there are.
  if (!isClipName(path)) return notAClip(name);
  const found = await stat(path).catch(() => null);
  if (found === null) return `${name} is not there any more, or may not be read.`;
  if (found.isDirectory()) return `${name} is a folder. Drop the motion clips in it.`;
  if (!found.isFile()) return `${name} is not an ordinary file.`;
  return null;
}

/** Null for a file that may be a body model; otherwise why it is not taken. */
export async function whyNotABodyModel(path: string): Promise<string | null> {
  const name = basename(path);
  if (!BODY_MODEL_SUFFIXES.includes(extname(path).slice(1).toLowerCase())) {
    return `${name} is not a body model. Choose the .npz or .pkl file of SMPL, SMPL-H or SMPL-X.`;
  }
  const found = await stat(path).catch(() => null);
  return found?.isFile() === true ? null : `${name} is not there any more, or may not be read.`;
}

/** What is said of a file or folder that no clip can come from, whether it is there or not. */
export function notAClip(name: string): string {
  return `${name} is not a motion clip. BVH, FBX, GLB, SMPL, NPY, keypoint JSON, CSV, TRC and C3D files open.`;
}

/**
 * Paths of the clips named on a command line.
 * @param programArguments how many leading items name the program: 1, or 2 where Electron runs a folder
 * @param folder what relative paths start from
 */
export function clipsOfCommandLine(
  argv: readonly string[],
  programArguments: number,
  folder: string,
): string[] {
  const paths: string[] = [];
  let isOption = true;
  for (const argument of argv.slice(programArguments)) {
    if (isOption && argument === '--') {
      isOption = false;
    } else if (!(isOption && argument.startsWith('-'))) {
      const path = argument.startsWith('file://') ? pathOfFileUrl(argument) : resolve(folder, argument);
      if (path !== null && isClipName(path)) paths.push(path);
    }
  }
  return paths;
}

function pathOfFileUrl(address: string): string | null {
  try {
    return fileURLToPath(address);
  } catch {
    return null;
  }
}
