import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommand, snapshot, temporaryFolder } from './run-command.ts';
import { npyBytes, positionsNpy, sampleBvh, sampleNpy, samplePositions } from './sample-files.ts';

interface Case {
  readonly title: string;
  /** Files to make first, by relative path; a path that ends with / is a folder. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly argv: readonly string[];
  readonly code: number;
  /** What stderr must say, in any order. */
  readonly says: readonly (string | RegExp)[];
}

const FRAMES = 12;
const FINE = sampleBvh(FRAMES);
const HEADER = FINE.slice(0, FINE.indexOf('MOTION'));
const MOTION_ROWS = FINE.slice(FINE.indexOf('Frame Time:')).split('\n').slice(1, -1);
/** Line of the first motion row, counted from 1. */
const FIRST_ROW = FINE.split('\n').findIndex((line) => line.startsWith('Frame Time:')) + 2;

/** `posemend refine FILE -o out.SUFFIX` with a filter, so that no network is needed. */
const refine = (file: string): string[] => [
  'refine',
  file,
  '-o',
  `out${file.slice(-4)}`,
  '--model',
  'gaussian',
];

/** The sample with row `row` of its motion changed. */
function withRow(row: number, change: (values: string[]) => string[]): string {
  const rows = MOTION_ROWS.map((line, index) => (index === row ? change(line.split(' ')).join(' ') : line));
  return `${FINE.slice(0, FINE.indexOf('Frame Time:'))}Frame Time: 0.033333\n${rows.join('\n')}\n`;
}

function withFrames(text: string): string {
  return FINE.replace(/Frames: \d+/, `Frames: ${text}`);
}

const GARBAGE = Uint8Array.from({ length: 4096 }, (_, n) => (n * 197 + 31 * (n >> 3)) & 255);

/** A dog: four legs, a tail, no arms. */
const QUADRUPED = (() => {
  const leg = (name: string, x: number, z: number) =>
    `JOINT ${name}Upper { OFFSET ${x} 0 ${z} CHANNELS 3 Zrotation Xrotation Yrotation JOINT ${name}Paw { OFFSET 0 -25 0 CHANNELS 3 Zrotation Xrotation Yrotation End Site { OFFSET 0 -25 0 } } }`;
  const joints = [leg('FL', 10, 40), leg('FR', -10, 40), leg('BL', 10, -40), leg('BR', -10, -40)];
  const row = Array.from({ length: 6 + 8 * 3 }, (_, channel) => (channel === 1 ? 50 : 0)).join(' ');
  return `HIERARCHY ROOT Torso { OFFSET 0 0 0 CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation ${joints.join(' ')} }\nMOTION\nFrames: 2\nFrame Time: 0.0333\n${row}\n${row}\n`;
})();

const BAD_FILES: readonly Case[] = [
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
    ([title, [content, ...says]]): Case => ({
      title,
      files: { 'clip.bvh': content },
      argv: refine('clip.bvh'),
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
    'an NPY of Python objects': [npyBytes('|O', [4], GARBAGE.slice(0, 64)), /object/i],
    'an NPY of strings': [npyBytes('<U5', [2, 17, 3], new Uint8Array(2 * 17 * 3 * 20)), /U5|string|text/i],
    'an NPY of 16 joints': [positionsNpy(new Float32Array(4 * 16 * 3), 16, 3), '16'],
    'an NPY of one number': [npyBytes('<f8', [1], new Uint8Array(8)), 'shape'],
    'an NPY with infinity': [
      positionsNpy(samplePositions(4).fill(Number.POSITIVE_INFINITY, 60, 61), 17, 3),
      /frame 1/,
    ],
  }).map(
    ([title, [content, ...says]]): Case => ({
      title,
      files: { 'clip.npy': content },
      argv: refine('clip.npy'),
      code: 3,
      says: ['clip.npy:', ...says],
    }),
  ),
  {
    title: 'a file that is not there',
    files: {},
    argv: refine('clip.bvh'),
    code: 3,
    says: ['clip.bvh', 'no such file', 'check the path'],
  },
  {
    title: 'a file of another kind',
    files: { 'clip.fbx': 'Kaydara' },
    argv: ['refine', 'clip.fbx', '-o', 'out.bvh', '--model', 'gaussian'],
    code: 3,
    says: ['clip.fbx', '.fbx', '.bvh'],
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
    says: ['takes', 'no .bvh or .npy file'],
  },
  {
    title: 'a layout that does not fit',
    files: { 'clip.npy': sampleNpy(4) },
    argv: [...refine('clip.npy'), '--layout', 'smpl24'],
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
    argv: [...refine('clip.bvh'), '--joint-map', 'map.json'],
    code: 3,
    says: ['map.json:hips:', 'pelvis'],
  },
  {
    title: 'a joint map that names an unknown joint',
    files: { 'clip.bvh': FINE, 'map.json': '{ "pelvis": "Hisp" }' },
    argv: [...refine('clip.bvh'), '--joint-map', 'map.json'],
    code: 3,
    says: ['map.json:pelvis:', 'Hisp', 'near names'],
  },
  {
    title: 'a joint map that is not JSON',
    files: { 'clip.bvh': FINE, 'map.json': 'pelvis = Hips' },
    argv: [...refine('clip.bvh'), '--joint-map', 'map.json'],
    code: 3,
    says: ['map.json:'],
  },
  {
    title: 'a joint map that is not there',
    files: { 'clip.bvh': FINE },
    argv: [...refine('clip.bvh'), '--joint-map', 'map.json'],
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

const BAD_USAGE: readonly Case[] = [
  ...Object.entries<[string[], ...(string | RegExp)[]]>({
    'a range that is no range': [['--range', '5'], '--range', '30:120'],
    'a range backwards': [['--range', '9:2'], '--range', 'after'],
    "a range past the clip's end": [['--range', '3:40'], 'clip.bvh', '3:40', '0 to 11'],
    'a strength above 1': [['--strength', '80'], '--strength', '0.8'],
    'a strength that is no number': [['--strength', 'high'], '--strength', '0.8'],
    'a frame rate of zero': [['--fps', '0'], '--fps', 'above 0'],
    'an unknown layout': [['--layout', 'coco'], '--layout', 'coco17', 'mediapipe33'],
    'an unknown unit': [['--unit', 'inch'], '--unit', 'mm'],
    'an unknown axis': [['--up', 'x'], '--up', 'y'],
    'an unknown device': [['--device', 'gpu'], '--device', 'cuda'],
    'an unknown model': [['--model', 'gausian'], 'gausian', 'did you mean gaussian', 'butterworth'],
    'an unknown option': [['--strenght', '1'], '--strenght', 'Did you mean --strength'],
    'feathering without a range': [['--feather', '3'], '--feather', '--range'],
    'a library together with none': [['--no-pvd', '--library', 'lib'], '--library', '--no-pvd'],
    'a report of an unknown kind': [['--report', 'r.pdf'], 'r.pdf', '.html'],
    'the same report twice': [['--report', 'r.json', '--report', 'r.json'], 'r.json'],
  }).map(
    ([title, [flags, ...says]]): Case => ({
      title,
      files: { 'clip.bvh': FINE },
      argv: [...refine('clip.bvh'), ...flags],
      code: 2,
      says,
    }),
  ),
  {
    title: 'no place to write to',
    files: { 'clip.bvh': FINE },
    argv: ['refine', 'clip.bvh'],
    code: 2,
    says: ['-o', '.bvh'],
  },
  {
    title: 'an output of another kind',
    files: { 'clip.bvh': FINE },
    argv: ['refine', 'clip.bvh', '-o', 'out.fbx'],
    code: 2,
    says: ['out.fbx', '.bvh'],
  },
  {
    title: 'an output that exists',
    files: { 'clip.bvh': FINE, 'out.bvh': 'precious' },
    argv: refine('clip.bvh'),
    code: 2,
    says: ['out.bvh', 'exists', '--force'],
  },
  {
    title: 'a report that exists',
    files: { 'clip.bvh': FINE, 'r.html': 'precious' },
    argv: [...refine('clip.bvh'), '--report', 'r.html'],
    code: 2,
    says: ['r.html', 'exists', '--force'],
  },
  {
    title: 'one existing output of several, before any work',
    files: { 'a.bvh': FINE, 'b.bvh': FINE, 'out/b.bvh': 'precious' },
    argv: ['refine', 'a.bvh', 'b.bvh', '-o', 'out', '--model', 'gaussian'],
    code: 2,
    says: ['out/b.bvh', '--force'],
  },
  {
    title: 'an output in place of the input',
    files: { 'clip.bvh': FINE },
    argv: ['refine', 'clip.bvh', '-o', './clip.bvh', '--force', '--model', 'gaussian'],
    code: 2,
    says: ['clip.bvh', 'input', 'never overwritten'],
  },
  {
    title: "a folder's clips written into itself",
    files: { 'takes/clip.bvh': FINE },
    argv: ['refine', 'takes', '-o', 'takes', '--force', '--model', 'gaussian'],
    code: 2,
    says: ['clip.bvh', 'never overwritten'],
  },
  {
    title: 'several clips into one file',
    files: { 'a.bvh': FINE, 'b.bvh': FINE },
    argv: ['refine', 'a.bvh', 'b.bvh', '-o', 'out.bvh', '--model', 'gaussian'],
    code: 2,
    says: ['out.bvh', 'folder'],
  },
  {
    title: 'two clips of one name into one folder',
    files: { 'a/walk.bvh': FINE, 'b/walk.bvh': FINE },
    argv: ['refine', 'a', 'b', '-o', 'out', '--model', 'gaussian'],
    code: 2,
    says: ['out/walk.bvh', 'a/walk.bvh', 'b/walk.bvh'],
  },
  {
    title: 'several clips into one report',
    files: { 'a.bvh': FINE, 'b.bvh': FINE },
    argv: ['refine', 'a.bvh', 'b.bvh', '-o', 'out', '--model', 'gaussian', '--report', 'r.html'],
    code: 2,
    says: ['r.html', '{name}'],
  },
  {
    title: '2D positions as a BVH',
    files: { 'clip.npy': positionsNpy(samplePositions(6), 17, 2) },
    argv: ['convert', 'clip.npy', '-o', 'out.bvh', '--layout', 'coco17'],
    code: 2,
    says: ['clip.npy', '2D'],
  },
  { title: 'an unknown command', files: {}, argv: ['refien'], code: 2, says: ['refien', 'refine'] },
  { title: 'no command', files: {}, argv: [], code: 2, says: ['Usage: posemend'] },
  {
    title: 'nothing to remove from a library',
    files: {},
    argv: ['library', 'remove'],
    code: 2,
    says: ['--clip', '--tag'],
  },
];

const BAD_PLACES: readonly Case[] = [
  {
    title: 'an output below a file',
    files: { 'clip.bvh': FINE, afile: 'precious' },
    argv: ['refine', 'clip.bvh', '-o', 'afile/out.bvh', '--model', 'gaussian'],
    code: 4,
    says: ['afile', 'not a folder'],
  },
  {
    title: 'an output with too long a name',
    files: { 'clip.bvh': FINE },
    argv: ['convert', 'clip.bvh', '-o', 'a'.repeat(300)],
    code: 4,
    says: ['name is too long'],
  },
];

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

for (const { title, files, argv, code, says } of [...BAD_FILES, ...BAD_USAGE, ...BAD_PLACES]) {
  test(`${title}: exit code ${code}, the reason and the way out, nothing touched`, async () => {
    makeFiles(folder.path, files);
    const before = snapshot(folder.path);
    const { code: found, stdout, stderr } = await runCommand(argv, { cwd: folder.path });
    for (const words of says) {
      if (typeof words === 'string') expect(stderr).toContain(words);
      else expect(stderr).toMatch(words);
    }
    expect(stderr).not.toMatch(/unexpected failure|\n\s+at /);
    expect(found).toBe(code);
    expect(stdout).toBe('');
    expect(snapshot(folder.path)).toEqual(before);
  });
}

const ODD_FILES: readonly (readonly [title: string, text: string, notice: string])[] = [
  ['ends inside its last frame', FINE.slice(0, -60), 'the last frame has'],
  ['claims two billion frames', withFrames('2000000000'), `claims 2000000000 frames and has ${FRAMES}`],
  ['claims fewer frames than it has', withFrames('3'), `claims 3 frames and has ${FRAMES}`],
  ['claims a negative number of frames', withFrames('-3'), 'the frames are counted'],
];

for (const [title, text, notice] of ODD_FILES) {
  test(`a BVH that ${title} is read as far as it goes, with a notice`, async () => {
    makeFiles(folder.path, { 'clip.bvh': text });
    const { code, stdout, stderr } = await runCommand(refine('clip.bvh'), { cwd: folder.path });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain(notice);
  });
}

test('one frame is a clip', async () => {
  makeFiles(folder.path, { 'clip.bvh': sampleBvh(1), 'clip.npy': sampleNpy(1) });
  for (const file of ['clip.bvh', 'clip.npy']) {
    expect(await runCommand(refine(file), { cwd: folder.path })).toMatchObject({ code: 0, stderr: '' });
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
  expect(found.stderr).toContain('--model gaussian');
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

test('an output that links to the input is the input', async () => {
  makeFiles(folder.path, { 'clip.bvh': FINE });
  symlinkSync('clip.bvh', join(folder.path, 'out.bvh'));
  const found = await runCommand([...refine('clip.bvh'), '--force'], { cwd: folder.path });
  expect(found).toMatchObject({ code: 2, stdout: '' });
  expect(snapshot(folder.path)['clip.bvh']).toBe(snapshot(folder.path)['out.bvh']);
});

test('after a bad clip the others are done, and the exit code is the worst', async () => {
  makeFiles(folder.path, { 'a.bvh': FINE, 'b.bvh': withRow(2, (row) => row.slice(1)), 'c.npy': sampleNpy(4) });
  const argv = ['refine', 'a.bvh', 'b.bvh', 'gone.bvh', 'c.npy', '-o', 'out', '--model', 'gaussian'];
  const { code, stdout, stderr } = await runCommand(argv, { cwd: folder.path });
  expect(code).toBe(3);
  expect(stderr).toMatch(/b\.bvh:\d+: .*\n.*gone\.bvh: .*\n2 done, 2 failed\n$/);
  expect(stdout).toMatch(/a\.bvh -> .*c\.npy -> /s);
  expect(Object.keys(snapshot(join(folder.path, 'out')))).toEqual(['a.bvh', 'c.npy']);
});

function makeFiles(root: string, files: Case['files']): void {
  for (const [path, content] of Object.entries(files)) {
    const full = join(root, path);
    mkdirSync(path.endsWith('/') ? full : join(full, '..'), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(full, content);
  }
}

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
