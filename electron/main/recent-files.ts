import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { z } from 'zod';
import type { RecentEntry } from '../../contract/electron-bridge.ts';
import { PoseMendError } from '../../contract/errors.ts';
import { readJson, writeJsonAtomically } from './atomic-file.ts';
import { isClipName, isFolderPath } from './clip-files.ts';

const MOST_RECENT = 10;
const KeptList = z.array(z.string().min(1).max(32_768));

/** Files opened before, newest first, kept from run to run. A window knows them by ids that last one run. */
export class RecentFiles {
  readonly #settingsFile: string;
  readonly #changed: () => void;
  readonly #exists: (path: string) => boolean;
  readonly #ids = new Map<string, string>();
  #paths: readonly string[];

  /** @param changed is told whenever the list is another */
  constructor(settingsFile: string, changed: () => void, exists: (path: string) => boolean = existsSync) {
    this.#settingsFile = settingsFile;
    this.#changed = changed;
    this.#exists = exists;
    const kept = KeptList.safeParse(readJson(settingsFile));
    const clips = (kept.data ?? []).filter((path) => isClipName(path) || isFolderPath(path));
    this.#paths = [...new Set(clips)].slice(0, MOST_RECENT);
  }

  add(path: string): void {
    this.#set([path, ...this.#paths.filter((known) => known !== path)].slice(0, MOST_RECENT));
  }

  clear(): void {
    this.#set([]);
  }

  list(): readonly RecentEntry[] {
    return this.#paths.map((path) => ({
      id: this.#idOf(path),
      name: basename(path),
      folder: basename(dirname(path)),
    }));
  }

  /** The path an id stands for. A file that is gone leaves the list; the PoseMendError says so. */
  pathOf(id: string): string {
    const path = this.#paths.find((known) => this.#ids.get(known) === id);
    if (path === undefined) {
      throw new PoseMendError(
        'input',
        'That file is no longer on the list of recent files. Open it from its folder.',
      );
    }
    if (this.#exists(path)) return path;
    this.#set(this.#paths.filter((known) => known !== path));
    throw new PoseMendError(
      'input',
      `${basename(path)} is no longer in the folder ${basename(dirname(path))}; it was taken off the list of recent files.`,
    );
  }

  #idOf(path: string): string {
    const id = this.#ids.get(path) ?? randomUUID();
    this.#ids.set(path, id);
    return id;
  }

  #set(paths: readonly string[]): void {
    this.#paths = paths;
    try {
      writeJsonAtomically(this.#settingsFile, paths);
    } catch {
      // The list holds for this run; a folder of settings that cannot be written is no reason to stop work.
    }
    this.#changed();
  }
}
