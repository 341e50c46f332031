import { createHash, randomBytes } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import type { GrantedFile } from '../contract/host.ts';

/** Registers files the user gave: the window gets a token, only the engine gets the path. */
export class FileShelf {
  readonly #grant: (token: string, path: string) => void;
  readonly #byPath = new Map<string, GrantedFile>();

  /** `grant` tells the engine. */
  constructor(grant: (token: string, path: string) => void) {
    this.#grant = grant;
  }

  /** A file where the user keeps it. The same path keeps its token. */
  addOwn(path: string): GrantedFile {
    const whole = resolve(path);
    const known = this.#byPath.get(whole);
    if (known !== undefined) return known;
    const file = this.#add(whole, folderName(dirname(whole)));
    this.#byPath.set(whole, file);
    return file;
  }

  /** A file that was uploaded; where it came from is unknown. */
  addUploaded(path: string): GrantedFile {
    return this.#add(path, '');
  }

  #add(path: string, folder: string): GrantedFile {
    const token = randomBytes(16).toString('base64url');
    this.#grant(token, path);
    return { token, name: basename(path), folder };
  }
}

/** Tells a folder from others of its name without saying where it lies: "takes (3f2a91)". */
function folderName(folder: string): string {
  const mark = createHash('sha256').update(folder).digest('hex').slice(0, 6);
  return `${basename(folder)} (${mark})`;
}
