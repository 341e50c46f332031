import { mkdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the file of each clip was when it was first opened: SHA-256 by clip id. Kept in a folder, so that an engine
 * that is started again still knows.
 */
export class ClipHashes {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  /** The hash a clip was first opened with: this one, if it is new. `id` is a ClipId, so it names one plain file. */
  async firstOf(id: string, hash: string): Promise<string> {
    const path = join(this.#folder, id);
    try {
      await writeFile(path, hash, { flag: 'wx' });
      return hash;
    } catch {
      // Known already; or the folder is full or gone, and there is nothing to compare with.
      return (await readFile(path, 'utf8').catch(() => '')) || hash;
    }
  }
}
