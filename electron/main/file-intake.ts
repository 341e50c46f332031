import { PoseMendError } from '../../contract/errors.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { isFolderPath, whyNotABodyModel, whyNotAClip } from './clip-files.ts';
import { gatherClips } from './gather-clips.ts';

export interface FileIntakeParts {
  grant(path: string): GrantedFile;
  /** Notes a file or folder that was taken among the recent ones. */
  remember(path: string): void;
  /** Shows the user why files were not taken. */
  notice(reasons: readonly string[]): void;
}

/** The way of every file the user gives: checked, noted as recent, granted. */
export class FileIntake {
  readonly #parts: FileIntakeParts;

  constructor(parts: FileIntakeParts) {
    this.#parts = parts;
  }

  /** Takes what it can and shows a notice about the rest. */
  async take(paths: readonly string[]): Promise<readonly GrantedFile[]> {
    const { files, refused } = await this.#sort(paths);
    if (refused.length > 0) this.#parts.notice(refused);
    return files;
  }

  /** The same, where the window that asked can say itself that there is nothing to open: throws PoseMendError. */
  async takeForWindow(paths: readonly string[]): Promise<readonly GrantedFile[]> {
    const { files, refused } = await this.#sort(paths);
    if (files.length === 0 && refused.length > 0) throw new PoseMendError('input', refused.join('\n'));
    if (refused.length > 0) this.#parts.notice(refused);
    return files;
  }

  /** Takes a body model file; it is no clip, and so not among the recent ones. Throws PoseMendError. */
  async takeBodyModel(path: string): Promise<GrantedFile> {
    const reason = await whyNotABodyModel(path);
    if (reason !== null) throw new PoseMendError('input', reason);
    return this.#parts.grant(path);
  }

  async #sort(given: readonly string[]): Promise<{ files: GrantedFile[]; refused: string[] }> {
    const files: GrantedFile[] = [];
    const gathered = await gatherClips(given);
    const refused = [...gathered.refused];
    for (const path of gathered.paths) {
      const reason = isFolderPath(path) ? null : await whyNotAClip(path);
      if (reason !== null) {
        refused.push(reason);
        continue;
      }
      this.#parts.remember(path);
      files.push(this.#parts.grant(path));
    }
    return { files, refused };
  }
}
