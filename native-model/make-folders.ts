import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * Makes a folder and the folders it is in, from the outermost missing one inwards. `mkdirSync` with `recursive`
 * does the same, but never returns where a system answers ENOENT for a folder that cannot be made (/proc).
 * Throws what the system says.
 */
export function makeFolders(folder: string): void {
  const missing: string[] = [];
  for (let place = resolve(folder); !existsSync(place); place = dirname(place)) missing.push(place);
  for (const place of missing.reverse()) {
    try {
      mkdirSync(place);
    } catch (error) {
      // Another process may have made it meanwhile.
      if (!statSync(place, { throwIfNoEntry: false })?.isDirectory()) throw error;
    }
  }
  if (missing.length === 0) mkdirSync(folder, { recursive: true });
}
