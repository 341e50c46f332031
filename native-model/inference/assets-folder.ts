import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The shipped `assets` folder: beside the package's root, whether this runs from sources or from `dist`. */
export function assetsFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'assets', 'models'))) {
    const parent = dirname(folder);
    if (parent === folder) return join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'assets');
    folder = parent;
  }
  return join(folder, 'assets');
}
