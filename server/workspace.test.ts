import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../test/run-command.ts';
import { makeWorkspace } from './workspace.ts';

let parent: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  parent = temporaryFolder();
});
afterEach(() => parent.remove());

test('a workspace is for this user alone and goes with what is in it', () => {
  const { folder, remove } = makeWorkspace(parent.path);
  if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder, 'files', 'a.bvh'), '');
  remove();
  expect(existsSync(folder)).toBe(false);
});

test('what dead processes of this machine left is removed, and nothing else', () => {
  const own = makeWorkspace(parent.path);
  const [, pid, machine] = basename(own.folder).split('-');
  const deadPid = spawnSync(process.execPath, ['--version']).pid;
  const stale = `posemend-${deadPid}-${machine}-abc123`;
  const kept = [
    `posemend-${process.ppid}-${machine}-abc123`,
    `posemend-${deadPid}-00000000-abc123`,
    `posemend-test-abc123`,
    `other-${deadPid}-${machine}-abc123`,
  ];
  for (const name of [stale, ...kept]) mkdirSync(join(parent.path, name));
  const next = makeWorkspace(parent.path);
  expect(pid).toBe(String(process.pid));
  expect(readdirSync(parent.path).sort()).toEqual(
    [...kept, basename(own.folder), basename(next.folder)].sort(),
  );
  own.remove();
  next.remove();
});

test('what only bears the name of a stale workspace is left alone', () => {
  const own = makeWorkspace(parent.path);
  const [, , machine] = basename(own.folder).split('-');
  own.remove();
  const deadPid = spawnSync(process.execPath, ['--version']).pid;
  const elsewhere = join(parent.path, 'elsewhere');
  mkdirSync(elsewhere);
  const link = `posemend-${deadPid}-${machine}-link00`;
  symlinkSync(elsewhere, join(parent.path, link));
  writeFileSync(join(parent.path, `posemend-${deadPid}-${machine}-file00`), '');
  makeWorkspace(parent.path).remove();
  expect(readdirSync(parent.path).sort()).toEqual([
    'elsewhere',
    `posemend-${deadPid}-${machine}-file00`,
    link,
  ]);
});

test('where no folder can be made it says where and what to do', () => {
  const missing = join(parent.path, 'missing');
  expect(() => makeWorkspace(missing)).toThrow(`${missing}: no temporary folder can be made (ENOENT)`);
});

test('an uncaught exception takes the workspace along', () => {
  const module = new URL('./workspace.ts', import.meta.url).href;
  const script = `import { makeWorkspace } from ${JSON.stringify(module)}; makeWorkspace(process.argv[1]); throw new Error('oops');`;
  const run = spawnSync(process.execPath, ['--input-type=module', '-e', script, parent.path], {
    encoding: 'utf8',
  });
  expect(run.stderr).toContain('oops');
  expect(readdirSync(parent.path)).toEqual([]);
});
