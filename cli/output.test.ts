import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../test/run-command.ts';
import { checkWritable, writeWholeFile } from './output.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const at = (...parts: string[]) => join(folder.path, ...parts);
const read = (name: string) => readFileSync(at(name), 'utf8');
/** Permissions do not bind this user. */
const isAlmighty = process.getuid?.() === 0 || process.platform === 'win32';

test('what is written is there whole, alone, in folders made for it', () => {
  writeWholeFile(at('new', 'deep', 'a.bvh'), 'motion', { force: false });
  expect(read('new/deep/a.bvh')).toBe('motion');
  expect(readdirSync(at('new', 'deep'))).toEqual(['a.bvh']);
});

test('a file is replaced with force only', () => {
  writeFileSync(at('a.bvh'), 'old');
  expect(() => writeWholeFile(at('a.bvh'), 'new', { force: false })).toThrow(/a\.bvh: .*--force/);
  expect(read('a.bvh')).toBe('old');
  writeWholeFile(at('a.bvh'), 'new', { force: true });
  expect(read('a.bvh')).toBe('new');
  expect(readdirSync(folder.path)).toEqual(['a.bvh']);
});

test('a link stays a link, and its target is replaced', () => {
  writeFileSync(at('target.bvh'), 'old');
  symlinkSync('target.bvh', at('link.bvh'));
  writeWholeFile(at('link.bvh'), 'new', { force: true });
  expect(read('target.bvh')).toBe('new');
  expect(readdirSync(folder.path, { withFileTypes: true }).map((entry) => entry.isSymbolicLink())).toEqual([
    true,
    false,
  ]);
});

test('a file of the temporary name, left by a killed run, is neither touched nor in the way', () => {
  const leftover = `.a.bvh.${process.pid}.tmp`;
  writeFileSync(at(leftover), 'of another');
  writeWholeFile(at('a.bvh'), 'new', { force: false });
  expect(readdirSync(folder.path)).toEqual([leftover, 'a.bvh']);
  expect([read(leftover), read('a.bvh')]).toEqual(['of another', 'new']);
});

test('a folder of the name is found out before any work, and again at writing', () => {
  mkdirSync(at('a.bvh'));
  for (const force of [false, true]) {
    expect(() => checkWritable(at('a.bvh'), { force })).toThrow(/a\.bvh: there is a folder of this name/);
    expect(() => writeWholeFile(at('a.bvh'), 'new', { force })).toThrow(/there is a folder of this name/);
  }
});

test('a path below a file is found out before any work, and again at writing', () => {
  writeFileSync(at('file'), 'precious');
  expect(() => checkWritable(at('file', 'deep', 'a.bvh'), { force: false })).toThrow(/file, not a folder/);
  expect(() => writeWholeFile(at('file', 'deep', 'a.bvh'), 'x', { force: false })).toThrow(/not a folder/);
  expect(read('file')).toBe('precious');
});

test.skipIf(process.platform === 'win32')('a device is never replaced by a file', () => {
  expect(() => checkWritable('/dev/null', { force: true })).toThrow(/device/);
  expect(() => writeWholeFile('/dev/null', 'x', { force: true })).toThrow(/device/);
});

test.skipIf(isAlmighty)('a folder that may not be written is found out before any work', () => {
  mkdirSync(at('locked'));
  chmodSync(at('locked'), 0o500);
  expect(() => checkWritable(at('locked', 'a.bvh'), { force: false })).toThrow(/permission denied/);
});

test.skipIf(process.platform !== 'linux')('a write that fails in the middle leaves nothing behind', () => {
  // A limit of 8 blocks of 512 bytes stops the write after the file was begun, as a full disk does.
  const script = `
    import { writeWholeFile } from ${JSON.stringify(new URL('./output.ts', import.meta.url).href)};
    try { writeWholeFile('a.bvh', 'x'.repeat(100_000), { force: true }); } catch (error) { console.log(error.code, error.message); }`;
  writeFileSync(at('a.bvh'), 'old');
  writeFileSync(at('script.mjs'), script);
  const told = execFileSync('sh', ['-c', 'ulimit -f 8; exec "$0" script.mjs', process.execPath], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  expect(told).toMatch(/^failed a\.bvh: cannot be written: /);
  expect(readdirSync(folder.path).sort()).toEqual(['a.bvh', 'script.mjs']);
  expect(read('a.bvh')).toBe('old');
});
