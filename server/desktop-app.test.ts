import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../test/run-command.ts';
import { findDesktopApp, runDesktopApp } from './desktop-app.ts';

let folder: ReturnType<typeof temporaryFolder>;
let root: string;
let electron: string;
let entry: string;
beforeEach(() => {
  folder = temporaryFolder();
  root = folder.path;
  electron = join(root, 'node_modules', 'electron');
  entry = join(root, 'dist', 'electron', 'main', 'main.js');
  mkdirSync(join(electron, 'dist'), { recursive: true });
  mkdirSync(join(entry, '..'), { recursive: true });
  writeFileSync(join(electron, 'package.json'), '{ "name": "electron" }');
  // Loading the package would download the runtime.
  writeFileSync(join(electron, 'index.js'), 'throw new Error("loaded");');
  writeFileSync(join(electron, 'path.txt'), 'electron');
  writeFileSync(entry, '');
  writeBinary('exit 0');
});
afterEach(() => folder.remove());

const SCREEN = { DISPLAY: ':0' };
const USER = 1000;
const never = new AbortController().signal;

function writeBinary(script: string): void {
  const path = join(electron, 'dist', 'electron');
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

function found() {
  const app = findDesktopApp(SCREEN, root, USER);
  if ('missing' in app) throw new Error(app.missing);
  return app;
}

test('the runtime and the built application are found without loading the package', () => {
  expect(found()).toEqual({ binary: join(electron, 'dist', 'electron'), entry });
});

test('what is missing is told, one thing at a time', () => {
  const missing = (env: Record<string, string>) => findDesktopApp(env, root, USER);
  if (process.platform === 'linux') expect(missing({})).toEqual({ missing: 'there is no display' });
  rmSync(entry);
  expect(missing(SCREEN)).toEqual({ missing: expect.stringContaining('not built') });
  rmSync(join(electron, 'dist'), { recursive: true });
  expect(missing(SCREEN)).toEqual({ missing: expect.stringContaining('install-electron') });
  rmSync(electron, { recursive: true });
  expect(missing(SCREEN)).toEqual({ missing: expect.stringContaining('install-electron') });
});

test.skipIf(process.platform !== 'linux')('as root there is no desktop window, and it says why', () => {
  expect(findDesktopApp(SCREEN, root, 0)).toEqual({ missing: expect.stringContaining('as root') });
});

test.skipIf(process.platform === 'win32')(
  'the window gets the files and runs until it is closed',
  async () => {
    writeBinary(`printf '%s|' "$@" > '${join(root, 'seen')}'`);
    expect(await runDesktopApp(found(), ['a b.bvh', 'c.npy'], never)).toBeNull();
    expect(readFileSync(join(root, 'seen'), 'utf8')).toBe(`${entry}|a b.bvh|c.npy|`);
  },
);

test.skipIf(process.platform === 'win32')('a window that never came up leaves a reason', async () => {
  writeBinary('exit 127');
  expect(await runDesktopApp(found(), [], never)).toContain('exit code 127');
  writeBinary('kill -TRAP $$');
  expect(await runDesktopApp(found(), [], never)).toContain('SIGTRAP');
});

test.skipIf(process.platform === 'win32')('an interrupt ends the window and is no failure', async () => {
  writeBinary('exec sleep 60');
  const interrupt = new AbortController();
  const ended = runDesktopApp(found(), [], interrupt.signal);
  interrupt.abort();
  expect(await ended).toBeNull();
});

test.skipIf(process.platform !== 'linux')(
  'a runtime named by the environment serves where the package has none',
  () => {
    rmSync(join(electron, 'path.txt'));
    rmSync(join(electron, 'dist'), { recursive: true });
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, 'electron'), '');
    expect(findDesktopApp({ ...SCREEN, ELECTRON_OVERRIDE_DIST_PATH: elsewhere }, root, USER)).toEqual({
      binary: join(elsewhere, 'electron'),
      entry,
    });
  },
);
