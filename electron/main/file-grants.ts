import { createHash, randomBytes } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { GrantedFile } from '../../contract/host.ts';

const TOKEN_BYTES = 24;

/**
 * Files the user gave. Each gets a random token; the engine learns which path it stands for, a window does not.
 * A file given twice keeps its token.
 */
export class FileGrants {
  readonly #tellEngine: (token: string, path: string) => void;
  readonly #tokens = new Map<string, string>();

  constructor(tellEngine: (token: string, path: string) => void) {
    this.#tellEngine = tellEngine;
  }

  grant(path: string): GrantedFile {
    let token = this.#tokens.get(path);
    if (token === undefined) {
      token = randomBytes(TOKEN_BYTES).toString('base64url');
      this.#tokens.set(path, token);
      this.#tellEngine(token, path);
    }
    return { token, name: basename(path), folder: folderKey(path) };
  }
}

/** Tells folders apart without naming them. */
function folderKey(path: string): string {
  return createHash('sha256').update(dirname(path)).digest('base64url').slice(0, 16);
}
