import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { assetsFolder } from '../native-model/inference/assets-folder.ts';
import { hasDisplay } from './open-browser.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** What starts the desktop window, or why it cannot be started. */
export type DesktopApp = { readonly binary: string; readonly entry: string } | { readonly missing: string };

/** An end with a failure within this time means that the window never came up. */
const START_MILLISECONDS = 5000;

/**
 * Looks for Electron and the built application below `root` without running anything: importing the electron
 * package would start a download.
 */
export function findDesktopApp(
  env: Env,
  root: string = dirname(assetsFolder()),
  userId: number | undefined = process.getuid?.(),
): DesktopApp {
  if (!hasDisplay(env)) return { missing: 'there is no display' };
  if (process.platform === 'linux' && userId === 0) {
    return { missing: "as root Electron's sandbox does not start (use an ordinary account)" };
  }
  const binary = electronBinary(env, root);
  if (binary === null)
    return { missing: 'the Electron runtime is not there (npx install-electron downloads it)' };
  const entry = join(root, 'dist', 'electron', 'main', 'main.js');
  if (!existsSync(entry)) return { missing: 'the desktop application is not built (npm run build)' };
  return { binary, entry };
}

/**
 * Runs the desktop window, with clips named by whole paths, until the user closes it, or `signal` ends it. Resolves to null, or to why it never
 * came up.
 */
export function runDesktopApp(
  app: { readonly binary: string; readonly entry: string },
  files: readonly string[],
  signal: AbortSignal,
): Promise<string | null> {
  const started = Date.now();
  const child: ChildProcess = spawn(app.binary, [app.entry, ...files], { stdio: 'inherit' });
  const end = () => child.kill();
  signal.addEventListener('abort', end, { once: true });
  return new Promise<string | null>((resolve) => {
    child.on('error', (error) => resolve(`Electron could not be run (${error.message})`));
    child.on('exit', (code, killedBy) => {
      const isEarly = Date.now() - started < START_MILLISECONDS;
      const hasFailed = code !== 0 && isEarly && !signal.aborted;
      resolve(hasFailed ? `Electron ended at once (${killedBy ?? `exit code ${code}`})` : null);
    });
  }).finally(() => signal.removeEventListener('abort', end));
}

/** Where the electron package keeps its program, by platform, if it does not say so itself. */
const USUAL_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** The path that the electron package would give, if its binary is there. */
export function electronBinary(env: Env, root: string): string | null {
  try {
    const folder = dirname(createRequire(join(root, 'package.json')).resolve('electron/package.json'));
    const pathFile = join(folder, 'path.txt');
    const name = existsSync(pathFile)
      ? readFileSync(pathFile, 'utf8').trim()
      : (USUAL_NAMES[process.platform] ?? 'electron');
    const binary = join(env.ELECTRON_OVERRIDE_DIST_PATH || join(folder, 'dist'), name);
    return existsSync(binary) ? binary : null;
  } catch {
    return null;
  }
}
