import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { gatherClips } from './gather-clips.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-gather-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function make(...names: readonly string[]): string[] {
  return names.map((name) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    return path;
  });
}

test('files stay files, in the order they were given', async () => {
  const files = make('b.bvh', 'a.npz');
  expect(await gatherClips([...files, ''])).toEqual({ paths: [...files, ''], refused: [] });
});

test('a folder gives the clips in it and below, and one motion of many files as a folder', async () => {
  make('out/keypoints3d/000000.json', 'out/keypoints3d/000001.json', 'out/walk.bvh', 'out/notes.txt');
  expect(await gatherClips([join(folder, 'out')])).toEqual({
    paths: [join(folder, 'out', 'walk.bvh'), join(folder, 'out', 'keypoints3d') + sep],
    refused: [],
  });
});

test('a folder path that was gathered before is gathered again', async () => {
  make('k/000000.json', 'k/000001.json');
  const { paths } = await gatherClips([join(folder, 'k')]);
  expect((await gatherClips(paths)).paths).toEqual(paths);
});

test('frames of two motions in one folder are refused: the folder would be read as one', async () => {
  const files = make(
    'a_0000_keypoints.json',
    'a_0001_keypoints.json',
    'b_0000_keypoints.json',
    'b_0001_keypoints.json',
  );
  for (const given of [[files[0], files[1]], [folder]]) {
    const { paths, refused } = await gatherClips(given);
    expect(paths).toEqual([]);
    expect(refused[0]).toContain('several motions');
  }
});

test('a folder without clips, a folder that is not there and a file that is no clip get the same answer', async () => {
  make('empty/notes.txt', 'notes.txt');
  const asked = ['empty', 'gone', 'notes.txt'].map((name) => join(folder, name));
  const { paths, refused } = await gatherClips(asked);
  expect(paths).toEqual([]);
  expect(refused.map((reason) => reason.replace(/^\S+/, ''))).toEqual(
    Array(3).fill(refused[0].replace(/^\S+/, '')),
  );
});

test('a whole library is not opened at once', async () => {
  make(...Array.from({ length: 101 }, (_, take) => `library/take-${take}.bvh`));
  const { paths, refused } = await gatherClips([join(folder, 'library')]);
  expect([paths, refused[0]]).toEqual([[], expect.stringContaining('101 clips')]);
});
