import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type BadCase, makeFiles, refineWithFilter, testBadCases } from './bad-case.ts';
import { readableCard } from './model-folders.ts';
import { runCommand, snapshot, temporaryFolder } from './run-command.ts';
import { npyBytes, positionsNpy, sampleBvh, sampleNpy, samplePositions } from './sample-files.ts';

const FRAMES = 12;
const FINE = sampleBvh(FRAMES);
const HEADER = FINE.slice(0, FINE.indexOf('MOTION'));
const MOTION_ROWS = FINE.slice(FINE.indexOf('Frame Time:')).split('\n').slice(1, -1);
/** Line of the first motion row, counted from 1. */
const FIRST_ROW = FINE.split('\n').findIndex((line) => line.startsWith('Frame Time:')) + 2;

/** The sample with row `row` of its motion changed. */
function withRow(row: number, change: (values: string[]) => string[]): string {
  const rows = MOTION_ROWS.map((line, index) => (index === row ? change(line.split(' ')).join(' ') : line));
  return `${FINE.slice(0, FINE.indexOf('Frame Time:'))}Frame Time: 0.033333\n${rows.join('\n')}\n`;
}

function withFrames(text: string): string {
  return FINE.replace(/Frames: \d+/, `Frames: ${text}`);
}

const GARBAGE = Uint8Array.from({ length: 4096 }, (_, n) => (n * 197 + 31 * (n >> 3)) & 255);

/** A model card that is fine in itself. */
const CARD = readableCard('synsp++', {
  architecture: 'synsp++',
  retrievalVersion: 'first-last-14-similarity/1',
});

/** A dog: four legs, a tail, no arms. */
const QUADRUPED = (() => {
  const leg = (name: string, x: number, z: number) =>
    `JOINT ${name}Upper { OFFSET ${x} 0 ${z} CHANNELS 3 Zrotation Xrotation Yrotation JOINT ${name}Paw { OFFSET 0 -25 0 CHANNELS 3 Zrotation Xrotation Yrotation End Site { OFFSET 0 -25 0 } } }`;
  const joints = [leg('FL', 10, 40), leg('FR', -10, 40), leg('BL', 10, -40), leg('BR', -10, -40)];
  const row = Array.from({ length: 6 + 8 * 3 }, (_, channel) => (channel === 1 ? 50 : 0)).join(' ');
  return `HIERARCHY ROOT Torso { OFFSET 0 0 0 CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation ${joints.join(' ')} }\nMOTION\nFrames: 2\nFrame Time: 0.0333\n${row}\n${row}\n`;
})();

const BAD_FILES: readonly BadCase[] = [
  ...Object.entries<[string | Uint8Array, ...(string | RegExp)[]]>({
    'a BVH that ends inside its hierarchy': [HEADER.slice(0, HEADER.length / 2), /:\d+: /],
    'binary garbage named .bvh': [GARBAGE, /:\S+: /],
    'an empty BVH': ['', 'empty'],
    'a BVH of zero frames': [`${HEADER}MOTION\nFrames: 0\nFrame Time: 0.033333\n`, 'no frames'],
    'a BVH without motion': [HEADER, /MOTION/],
    'NaN in a BVH': [withRow(3, (row) => ['nan', ...row.slice(1)]), `:${FIRST_ROW + 3}: `],
    'infinity in a BVH': [withRow(3, (row) => ['1e999', ...row.slice(1)]), `:${FIRST_ROW + 3}: `],
    'a BVH row with a value too few': [withRow(5, (row) => row.slice(1)), `:${FIRST_ROW + 5}: `, 'channel'],
    'a BVH row with a value too many': [withRow(5, (row) => ['1', ...row]), `:${FIRST_ROW + 5}: `, 'channel'],
    'a quadruped': [QUADRUPED, /joint-map|--joint-map/],
  }).map(
    ([title, [content, ...says]]): BadCase => ({
      title,
      files: { 'clip.bvh': content },
      argv: refineWithFilter('clip.bvh'),
      code: 3,
      says: ['clip.bvh:', ...says],
    }),
  ),
  ...Object.entries<[Uint8Array, ...(string | RegExp)[]]>({
    'binary garbage named .npy': [GARBAGE, /NPY|magic|\\x93NUMPY/i],
    'an empty NPY': [new Uint8Array(0), 'empty'],
    'an NPY of zero frames': [npyBytes('<f4', [0, 17, 3], new Uint8Array(0)), 'frames'],
    'an NPY that ends early': [sampleNpy(FRAMES).slice(0, -100), /\d+ bytes|ends/],
    'an NPY that claims 3 GB': [
      npyBytes('<f4', [15_000_000, 17, 3], new Uint8Array(64)),
      /bytes|larger|memory/,
    ],
    'an NPY of Python objects': [npyBytes('|O', [4], GARBAGE.slice(0, 64)), /byte \d+/],
    'an NPY of strings': [npyBytes('<U5', [2, 17, 3], new Uint8Array(2 * 17 * 3 * 20)), /U5|string|text/i],
    'an NPY of 19 joints': [positionsNpy(new Float32Array(4 * 19 * 3), 19, 3), '19'],
    'an NPY of one number': [npyBytes('<f8', [1], new Uint8Array(8)), 'shape'],
    'an NPY with infinity': [
      positionsNpy(samplePositions(4).fill(Number.POSITIVE_INFINITY, 60, 61), 17, 3),
      /frame 1/,
    ],
  }).map(
    ([title, [content, ...says]]): BadCase => ({
      title,
      files: { 'clip.npy': content },
      argv: refineWithFilter('clip.npy'),
      code: 3,
      says: ['clip.npy:', ...says],
    }),
  ),
  {
    title: 'a file that is not there',
    files: {},
    argv: refineWithFilter('clip.bvh'),
    code: 3,
    says: ['clip.bvh', 'no such file', 'check the path'],
  },
  {
    title: 'a file of another kind',
    files: { 'clip.mp4': 'ftyp' },
    argv: ['refine', 'clip.mp4', '-o', 'out.bvh', '--model', 'gaussian'],
    code: 3,
    says: ['clip.mp4', '.mp4', '.bvh'],
  },
  {
    title: 'a folder named like a file',
    files: { 'clip.bvh/': '' },
    argv: ['evaluate', 'clip.bvh', 'clip.bvh'],
    code: 3,
    says: ['clip.bvh', 'folder'],
  },
  {
    title: 'a folder without clips',
    files: { 'takes/readme.md': 'none' },
    argv: ['refine', 'takes', '-o', 'out/', '--model', 'gaussian'],
    code: 3,
    says: ['takes', 'holds no clip'],
  },
  {
    title: 'a layout that does not fit',
    files: { 'clip.npy': sampleNpy(4) },
    argv: [...refineWithFilter('clip.npy'), '--layout', 'smpl24'],
    code: 3,
    says: ['clip.npy:', '24', '17'],
  },
  {
    title: 'clips of different lengths to compare',
    files: { 'a.bvh': sampleBvh(4), 'b.bvh': sampleBvh(5) },
    argv: ['evaluate', 'a.bvh', 'b.bvh'],
    code: 3,
    says: ['a.bvh', '4 frames', 'b.bvh', '5'],
  },
  {
    title: 'a joint map with an unknown key',
    files: { 'clip.bvh': FINE, 'map.json': '{ "hips": "Hips" }' },
    argv: [...refineWithFilter('clip.bvh'), '--joint-map', 'map.json'],
    code: 3,
    says: ['map.json:hips:', 'pelvis'],
  },
  {
    title: 'a joint map that names an unknown joint',
    files: { 'clip.bvh': FINE, 'map.json': '{ "pelvis": "Hisp" }' },
    argv: [...refineWithFilter('clip.bvh'), '--joint-map', 'map.json'],
    code: 3,
    says: ['map.json:pelvis:', 'Hisp', 'near names'],
  },
  {
    title: 'a joint map that is not JSON',
    files: { 'clip.bvh': FINE, 'map.json': 'pelvis = Hips' },
    argv: [...refineWithFilter('clip.bvh'), '--joint-map', 'map.json'],
    code: 3,
    says: ['map.json:'],
  },
  {
    title: 'a joint map that is not there',
    files: { 'clip.bvh': FINE },
    argv: [...refineWithFilter('clip.bvh'), '--joint-map', 'map.json'],
    code: 3,
    says: ['map.json', 'no such file'],
  },
  {
    title: 'a damaged library',
    files: { 'lib/library.sqlite': GARBAGE },
    argv: ['library', 'list', '--library', 'lib'],
    code: 3,
    says: ['lib/library.sqlite', 'damaged', 'library rebuild'],
  },
  {
    title: 'a library that is not there',
    files: {},
    argv: ['library', 'list', '--library', 'lib'],
    code: 3,
    says: ['lib/library.sqlite', 'no such library', 'library add'],
  },
];

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

testBadCases(BAD_FILES);

const ODD_FILES: readonly (readonly [title: string, text: string, notice: string])[] = [
  ['ends inside its last frame', FINE.slice(0, -60), 'the last frame has'],
  ['claims two billion frames', withFrames('2000000000'), `claims 2000000000 frames and has ${FRAMES}`],
  ['claims fewer frames than it has', withFrames('3'), `claims 3 frames and has ${FRAMES}`],
  ['claims a negative number of frames', withFrames('-3'), 'the frames are counted'],
];

for (const [title, text, notice] of ODD_FILES) {
  test(`a BVH that ${title} is read as far as it goes, with a notice`, async () => {
    makeFiles(folder.path, { 'clip.bvh': text });
    const { code, stdout, stderr } = await runCommand(refineWithFilter('clip.bvh'), { cwd: folder.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(notice);
  });
}

test('one frame is a clip', async () => {
  makeFiles(folder.path, { 'clip.bvh': sampleBvh(1), 'clip.npy': sampleNpy(1) });
  for (const file of ['clip.bvh', 'clip.npy']) {
    expect(await runCommand(refineWithFilter(file), { cwd: folder.path })).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(existsSync(join(folder.path, `out${file.slice(-4)}`))).toBe(true);
  }
});

test('a card that is not JSON names the card, exits 4 and writes nothing', async () => {
  makeFiles(folder.path, { 'clip.bvh': FINE, 'models/synsp++/card.json': '{' });
  const before = snapshot(folder.path);
  const argv = ['refine', 'clip.bvh', '-o', 'out.bvh', '--model', 'synsp++'];
  const found = await withModels(join(folder.path, 'models'), () => runCommand(argv, { cwd: folder.path }));
  expect(found.code).toBe(4);
  expect(found.stderr).toContain(join('synsp++', 'card.json'));
  expect(found.stderr).toContain('gaussian');
  expect(snapshot(folder.path)).toEqual(before);
});

test('a model file that is not the one of its card exits 4 and is not run', async () => {
  makeFiles(folder.path, {
    'clip.bvh': FINE,
    'models/synsp++/card.json': CARD,
    'models/synsp++/model.onnx': GARBAGE,
  });
  const before = snapshot(folder.path);
  const argv = ['refine', 'clip.bvh', '-o', 'out.bvh', '--model', 'synsp++'];
  const found = await withModels(join(folder.path, 'models'), () => runCommand(argv, { cwd: folder.path }));
  expect(found.code).toBe(4);
  expect(found.stderr).toContain(join('synsp++', 'model.onnx'));
  expect(found.stderr).toMatch(/damaged.*gaussian/);
  expect(snapshot(folder.path)).toEqual(before);
});

test('a default model that is not installed exits 4 and names a way on', async () => {
  makeFiles(folder.path, { 'clip.bvh': FINE, 'models/': '' });
  const argv = ['refine', 'clip.bvh', '-o', 'out.bvh'];
  const found = await withModels(join(folder.path, 'models'), () => runCommand(argv, { cwd: folder.path }));
  expect(found.code).toBe(4);
  expect(found.stderr).toContain("'synsp++' is not there");
  expect(existsSync(join(folder.path, 'out.bvh'))).toBe(false);
});

test('after a bad clip the others are done, and the exit code is the worst', async () => {
  makeFiles(folder.path, {
    'a.bvh': FINE,
    'b.bvh': withRow(2, (row) => row.slice(1)),
    'c.npy': sampleNpy(4),
  });
  const argv = ['refine', 'a.bvh', 'b.bvh', 'gone.bvh', 'c.npy', '-o', 'out', '--model', 'gaussian'];
  const { code, stdout, stderr } = await runCommand(argv, { cwd: folder.path });
  expect(code).toBe(3);
  expect(stderr).toMatch(/b\.bvh:\d+: .*\n.*gone\.bvh: .*\n2 done, 2 failed\n$/);
  expect(stdout).toMatch(/a\.bvh -> .*c\.npy -> /s);
  expect(Object.keys(snapshot(join(folder.path, 'out')))).toEqual(['a.bvh', 'c.npy']);
});

async function withModels<T>(models: string, action: () => Promise<T>): Promise<T> {
  const before = process.env.POSEMEND_MODELS;
  process.env.POSEMEND_MODELS = models;
  try {
    return await action();
  } finally {
    if (before === undefined) delete process.env.POSEMEND_MODELS;
    else process.env.POSEMEND_MODELS = before;
  }
}
