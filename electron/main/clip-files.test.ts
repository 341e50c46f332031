import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clipsOfCommandLine, whyNotABodyModel, whyNotAClip } from './clip-files.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-clips-'));
  writeFileSync(join(folder, 'walk.BVH'), '');
  writeFileSync(join(folder, 'notes.txt'), '');
  mkdirSync(join(folder, 'takes.bvh'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('clips on a command line are found among switches, relative to the folder it was typed in', () => {
  const url = pathToFileURL('/data/run 2.npy').href;
  const argv = [
    'electron',
    '.',
    '--inspect',
    'walk.bvh',
    '-x.bvh',
    '/data/jump.NPY',
    url,
    'notes.txt',
    'https://a/b.bvh',
  ];
  expect(clipsOfCommandLine(argv, 2, '/takes')).toEqual([
    resolve('/takes', 'walk.bvh'),
    resolve('/data/jump.NPY'),
    resolve('/data/run 2.npy'),
    resolve('/takes', 'https://a/b.bvh'),
  ]);
});

test('after -- nothing is a switch, and the program itself is no clip', () => {
  expect(clipsOfCommandLine(['app.bvh', '--', '-x.bvh'], 1, '/takes')).toEqual([resolve('/takes', '-x.bvh')]);
  expect(clipsOfCommandLine(['posemend'], 1, '/takes')).toEqual([]);
});

test('every kind of motion file is taken for one, whatever the case of its suffix', () => {
  const names = ['a.FBX', 'b.glb', 'c.npz', 'd.pkl', 'e.json', 'f.csv', 'g.trc', 'h.C3D', 'i.zip'];
  expect(clipsOfCommandLine(['posemend', ...names, 'movie.mp4'], 1, '/takes')).toEqual(
    names.map((name) => resolve('/takes', name)),
  );
});

test('a body model is a file of numbers, by its suffix', async () => {
  writeFileSync(join(folder, 'SMPL_NEUTRAL.pkl'), '');
  expect(await whyNotABodyModel(join(folder, 'SMPL_NEUTRAL.pkl'))).toBeNull();
  expect(await whyNotABodyModel(join(folder, 'walk.BVH'))).toContain('walk.BVH is not a body model');
  expect(await whyNotABodyModel(join(folder, 'gone.npz'))).toContain('gone.npz is not there any more');
});

test('a file that is no clip is refused with its name and a reason', async () => {
  expect(await whyNotAClip(join(folder, 'walk.BVH'))).toBeNull();
  expect(await whyNotAClip(join(folder, 'notes.txt'))).toContain('notes.txt is not a motion clip');
  const [there, missing] = [await whyNotAClip(folder), await whyNotAClip(`${folder}-missing`)];
  expect(missing).toBe(there?.replace(basename(folder), `${basename(folder)}-missing`));
  expect(await whyNotAClip(join(folder, 'takes.bvh'))).toContain('takes.bvh is a folder');
  expect(await whyNotAClip(join(folder, 'gone.bvh'))).toContain('gone.bvh is not there any more');
  expect(await whyNotAClip('')).toContain('not a file on this machine');
  expect(await whyNotAClip('walk.BVH')).toContain('whole path');
  expect(await whyNotAClip('/walk\0.bvh')).toContain('whole path');
});
