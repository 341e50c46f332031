import { stat } from 'node:fs/promises';
import { basename, extname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Suffixes of the files the program opens, without the dot; as the open dialog and file associations name them. */
export const CLIP_SUFFIXES: readonly string[] = ['bvh', 'npy'];

/** Whether a name ends like a clip's. */
export function isClipName(path: string): boolean {
  return CLIP_SUFFIXES.includes(extname(path).slice(1).toLowerCase());
}

/** Null for a clip that is there; otherwise why the file is not taken, naming it and the way out. */
export async function whyNotAClip(path: string): Promise<string | null> {
  const name = basename(path);
  if (path === '') return 'The dropped item is not a file on this machine. Drop a BVH or NPY file.';
  if (!isAbsolute(path) || path.includes('\0')) return `${name} was not given with its whole path.`;
  // Before the system is asked: the answer must not tell a page which other files there are.
  if (!isClipName(path)) return `${name} is not a BVH or NPY file. Of a folder, drop the files in it.`;
  const found = await stat(path).catch(() => null);
  if (found === null) return `${name} is not there any more, or may not be read.`;
  if (found.isDirectory()) return `${name} is a folder. Drop the BVH or NPY files in it.`;
  if (!found.isFile()) return `${name} is not an ordinary file.`;
  return null;
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
