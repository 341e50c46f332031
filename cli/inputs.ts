import { readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { PoseMendError } from '../contract/errors.ts';
import { explainRead } from './errors.ts';
import { type Io, locate } from './io.ts';

/** The files a command was given. */
export interface InputSet {
  /** Each once, in the order given; a folder's files by name. */
  readonly files: readonly string[];
  /** Arguments that lead to no file: folders without clips, folders that cannot be read. */
  readonly problems: readonly Error[];
  /** Several arguments or a folder: results go into a folder, too. */
  readonly isMany: boolean;
}

export function isClipFile(path: string): boolean {
  return ['.bvh', '.npy'].includes(extname(path).toLowerCase());
}

/** Replaces folders by the .bvh and .npy files that lie in them (not those in their folders). */
export function expandInputs(io: Io, typed: readonly string[]): InputSet {
  const files = new Map<string, string>();
  const problems: Error[] = [];
  let isMany = typed.length > 1;
  for (const argument of typed) {
    const path = locate(io, argument);
    try {
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
        // One that is not there fails when it is opened.
        files.set(resolve(path), path);
        continue;
      }
      isMany = true;
      const inside = clipFilesIn(path);
      for (const name of inside) files.set(resolve(path, name), join(path, name));
      if (inside.length === 0) problems.push(emptyFolder(argument));
    } catch (error) {
      problems.push(explainRead(argument, error) as Error);
    }
  }
  return { files: [...files.values()], problems, isMany };
}

function clipFilesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && isClipFile(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => entry.name)
    .sort();
}

function emptyFolder(folder: string): PoseMendError {
  const advice = 'name a folder that holds clips, or the files themselves';
  return new PoseMendError('input', `${folder}: the folder holds no .bvh or .npy file; ${advice}`);
}
