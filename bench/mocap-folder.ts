import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where captured clips are looked for, beside the repository or as `POSEMEND_MOCAP` says. */
export function mocapFolder(): string | null {
  const folder = process.env.POSEMEND_MOCAP ?? join(import.meta.dirname, '..', '..', 'shared', 'mocap');
  return existsSync(folder) ? folder : null;
}
