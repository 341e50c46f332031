import { createHash, randomBytes } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import type { GrantedFile } from '../../contract/host.ts';

/** Files the user gave. The window gets a random token for each; only the engine learns which path it stands for. */
export class FileGrants {
  readonly #tellEngine: (token: string, path: string) => void;
  readonly #byPath = new Map<string, GrantedFile>();

  constructor(tellEngine: (token: string, path: string) => void) {
    this.#tellEngine = tellEngine;
  }

  /** A file where the user keeps it. The same path keeps its token. */
  grant(path: string): GrantedFile {
    const whole = resolve(path);
    const known = this.#byPath.get(whole);
    if (known !== undefined) return known;
    const file = this.#add(whole, folderName(dirname(whole)));
    this.#byPath.set(whole, file);
    return file;
  }

  /** A file that was uploaded; where it came from is unknown. */
  grantUpload(path: string): GrantedFile {
    return this.#add(path, '');
  }

  #add(path: string, folder: string): GrantedFile {
    const token = randomBytes(24).toString('base64url');
    this.#tellEngine(token, path);
    return { token, name: basename(path), folder };
  }
}

/** Tells a folder from others of its name without saying where it lies: "takes (3f2a91)". */
function folderName(folder: string): string {
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 6);
  return `${basename(folder)} (${mark})`;
}
