import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeFolders } from './make-folders.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'folders-'));
});
afterEach(() => rmSync(place, { recursive: true }));

test('missing folders are made from the outside in, and one that is there is left alone', () => {
  const inner = join(place, 'a', 'b', 'c');
  makeFolders(inner);
  expect(statSync(inner).isDirectory()).toBe(true);
  writeFileSync(join(inner, 'kept'), '');
  makeFolders(inner);
  expect(existsSync(join(inner, 'kept'))).toBe(true);
});

test('a file in the way is told, above the folder and in its place', () => {
  const file = join(place, 'file');
  writeFileSync(file, '');
  expect(() => makeFolders(join(file, 'inner'))).toThrow(/ENOTDIR/);
  expect(() => makeFolders(file)).toThrow(/EEXIST/);
});

test.skipIf(process.platform !== 'linux')(
  'a place where no folder can be made is told and not tried for ever',
  () => {
    expect(() => makeFolders('/proc/nowhere/inner')).toThrow(/ENOENT|EACCES/);
  },
);
