import type { GrantedFile } from '../../contract/host.ts';

/**
 * Files that come without the window asking: named at the start, opened through the system, chosen in the menu.
 * They wait until a window listens, which may be long before or after they come.
 */
export class GivenFiles {
  #waiting: GrantedFile[] = [];
  #tell: ((files: readonly GrantedFile[]) => void) | null = null;

  give(files: readonly GrantedFile[]): void {
    this.#waiting.push(...files);
    this.#flush();
  }

  /** A page listens: it gets what waits and what comes. */
  listen(tell: (files: readonly GrantedFile[]) => void): void {
    this.#tell = tell;
    this.#flush();
  }

  /** The page is gone or loads again; what comes from now on waits for the next. */
  stopListening(): void {
    this.#tell = null;
  }

  #flush(): void {
    if (this.#tell === null || this.#waiting.length === 0) return;
    const files = this.#waiting;
    this.#waiting = [];
    this.#tell(files);
  }
}
