import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Io } from './io.ts';

/** Where the library of this user lies unless `--library` says otherwise. */
export function userLibraryFolder({ env }: Pick<Io, 'env'>, platform: string = process.platform): string {
  if (env.XDG_DATA_HOME) return join(env.XDG_DATA_HOME, 'posemend', 'library');
  const home = env.HOME || env.USERPROFILE || homedir();
  if (platform === 'win32')
    return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'PoseMend', 'library');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'PoseMend', 'library');
  return join(home, '.local', 'share', 'posemend', 'library');
}
