import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { PoseMendError } from '../contract/errors.ts';
import { assetsFolder } from '../native-model/inference/assets-folder.ts';

/**
 * The folder of the built window; POSEMEND_RENDERER names another one. Throws PoseMendError ('failed') if it
 * holds no page.
 */
export function rendererFolder(): string {
  const named = process.env.POSEMEND_RENDERER;
  const root = dirname(assetsFolder());
  const folder = named ? resolve(named) : join(root, 'dist', 'renderer');
  if (existsSync(join(folder, 'index.html'))) return folder;
  const advice = named ? 'POSEMEND_RENDERER names no built window' : `run npm run build in ${root}`;
  throw new PoseMendError('failed', `the window is not built (${folder} has no index.html); ${advice}`);
}
