import { PoseMendError } from '../../contract/errors.ts';
import type { GrantedFile } from '../../contract/host.ts';
import { whyNotAClip } from './clip-files.ts';

export interface FileIntakeParts {
  grant(path: string): GrantedFile;
  /** Notes a file that was taken among the recent ones. */
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

  async #sort(paths: readonly string[]): Promise<{ files: GrantedFile[]; refused: string[] }> {
    const files: GrantedFile[] = [];
    const refused: string[] = [];
    for (const path of paths) {
      const reason = await whyNotAClip(path);
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
