import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand, snapshot, temporaryFolder } from '../../test/run-command.ts';
import { sampleBvh, sampleNpy } from '../../test/sample-files.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder.path, 'a.bvh'), sampleBvh(40));
  writeFileSync(join(folder.path, 'b.npy'), sampleNpy(40));
});
afterEach(() => folder.remove());

/** Runs with a data folder of its own. */
const run = (...argv: string[]) =>
  runCommand(argv, { cwd: folder.path, env: { XDG_DATA_HOME: join(folder.path, 'data') } });

test('inspect tells facts with reasons and how long the motion is', async () => {
  const { code, stdout, stderr } = await run('inspect', 'a.bvh', 'b.npy', '--no-quality');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/unit +cm \(.+\)/);
  expect(stdout).toMatch(/layout +h36m17 \(.+\)/);
  expect(stdout).toContain('1.33 s of motion');
  expect(stdout).toContain('17 of 17 found');
});

test('inspect as JSON has the same facts, of one clip as an object', async () => {
  const found = JSON.parse((await run('inspect', 'a.bvh', '--no-quality', '--json')).stdout);
  expect(found).toMatchObject({ format: 'bvh', frames: 40, fps: 30, derivedJoints: [], quality: null });
});

test('inspect shows the facts even where no model can judge the clip', async () => {
  writeFileSync(join(folder.path, 'flat.npy'), sampleNpy(40));
  const before = process.env.POSEMEND_MODELS;
  process.env.POSEMEND_MODELS = join(folder.path, 'no-models');
  try {
    const { code, stdout } = await run('inspect', 'a.bvh');
    expect(code).toBe(0);
    expect(stdout).toContain('17 of 17 found');
    expect(stdout).toMatch(/quality +not estimated: .*synsp\+\+/);
  } finally {
    if (before === undefined) delete process.env.POSEMEND_MODELS;
    else process.env.POSEMEND_MODELS = before;
  }
});

test('convert turns each clip into the other format, or all into one', async () => {
  expect((await run('convert', 'a.bvh', 'b.npy', '-o', 'out')).code).toBe(0);
  expect(Object.keys(snapshot(join(folder.path, 'out')))).toEqual(['a.npy', 'b.bvh']);
  expect((await run('convert', '.', '-o', 'rigs', '--to', 'bvh')).code).toBe(0);
  expect(Object.keys(snapshot(join(folder.path, 'rigs')))).toEqual(['a.bvh', 'b.bvh']);
});

test('a library is made by its first clip, listed in pages, and refuses a file it has', async () => {
  expect(await run('library', 'list')).toMatchObject({ code: 3 });
  const added = await run(
    'library',
    'add',
    'a.bvh',
    '--performer',
    'anna',
    '--tags',
    'walk,slow',
    '--licence',
    'CC0',
  );
  expect(added.code).toBe(0);
  // 40 frames at 30 per second, windows of 8 every 4 frames: (40 - 8) / 4 + 1.
  expect(added.stdout).toContain('9 windows added, as 1 to 9');
  expect(existsSync(join(folder.path, 'data', 'posemend', 'library', 'library.sqlite'))).toBe(true);

  const page = await run('library', 'list', '--tag', 'walk', '--limit', '4', '--page', '3');
  expect(page.stdout).toMatch(/^id +clip .*\n +9 +a +32-39 +30 +anna +slow,walk +CC0\n9 to 9 of 9\n$/);
  expect((await run('library', 'list', '--tag', 'run')).stdout).toContain('none of 0');
  expect((await run('library', 'list', '--clips', '--json')).stdout).toContain('"entries":9');

  const again = await run('library', 'add', 'a.bvh');
  expect(again.code).toBe(3);
  expect(again.stderr).toContain('in the library already');
});

test('windows leave a library by number, by clip and by tag, and what is not there is an error', async () => {
  await run('library', 'add', 'a.bvh', '--tags', 'walk');
  expect((await run('library', 'remove', '1', '2')).stdout).toBe('2 windows removed, 7 left\n');
  expect((await run('library', 'remove', '1')).code).toBe(3);
  expect((await run('library', 'remove', 'one')).code).toBe(2);
  expect((await run('library', 'remove', '--clip', 'b')).code).toBe(3);
  expect((await run('library', 'remove', '--tag', 'walk')).stdout).toBe('7 windows removed, 0 left\n');
});

test('a library that could get nothing is not made', async () => {
  expect((await run('library', 'add', 'gone.bvh')).code).toBe(3);
  expect(existsSync(join(folder.path, 'data'))).toBe(false);
});

test('library info shows a library by its folder, and rebuild makes its index anew', async () => {
  await run('library', 'add', 'a.bvh', '--library', 'lib', '--licence', 'CC0');
  const { stdout } = await run('library', 'info', '--library', 'lib');
  expect(stdout).toMatch(/windows +9 of 8 frames at 30 per second/);
  expect(stdout).toMatch(/licences +CC0/);
  expect(JSON.parse((await run('library', 'info', '--library', 'lib', '--json')).stdout)).toMatchObject({
    entries: 9,
  });
  expect((await run('library', 'rebuild', '--library', 'lib')).stdout).toContain('index rebuilt');
});

test('models lists every filter, and prints the card of one', async () => {
  const { stdout } = await run('models');
  for (const name of ['gaussian', 'one-euro', 'savgol', 'butterworth', 'median'])
    expect(stdout).toContain(name);
  expect((await run('models', 'gaussian')).stdout).toMatch(/^gaussian 1 \(filter\)/);
  expect(JSON.parse((await run('models', 'gaussian', '--json')).stdout)).toMatchObject({ name: 'gaussian' });
  expect(await run('models', 'gausian')).toMatchObject({ code: 2, stdout: '' });
});

test('--help has examples and --version a version', async () => {
  expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  for (const command of [[], ['refine'], ['evaluate'], ['library']]) {
    const { code, stdout, stderr } = await run(...command, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Examples:\n  posemend ');
  }
});
