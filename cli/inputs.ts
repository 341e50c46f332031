import { readdirSync, statSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { PoseMendError } from '../contract/errors.ts';
import { type Io, locate } from './io.ts';

/** The files a command was given. */
export interface InputSet {
  /** Each once, in the order given; a folder's files by name. */
  readonly files: readonly string[];
  /** What cannot be worked on at all: folders without clips. */
  readonly problems: readonly PoseMendError[];
  /** Several arguments or a folder: results go into a folder, too. */
  readonly isMany: boolean;
}

export function isClipFile(path: string): boolean {
  return ['.bvh', '.npy'].includes(extname(path).toLowerCase());
}

/** Replaces folders by the .bvh and .npy files that lie in them (not those in their folders). */
export function expandInputs(io: Io, typed: readonly string[]): InputSet {
  const files = new Map<string, string>();
  const problems: PoseMendError[] = [];
  let isMany = typed.length > 1;
  for (const argument of typed) {
    const path = locate(io, argument);
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
      files.set(resolve(path), path);
      continue;
    }
    isMany = true;
    const inside = readdirSync(path, { withFileTypes: true })
      .filter((entry) => !entry.isDirectory() && isClipFile(entry.name) && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .sort();
    for (const name of inside) files.set(resolve(path, name), join(path, name));
    if (inside.length === 0) {
      const advice = 'name a folder that holds clips, or the files themselves';
      problems.push(
        new PoseMendError('input', `${argument}: the folder holds no .bvh or .npy file; ${advice}`),
      );
    }
  }
  return { files: [...files.values()], problems, isMany };
}
