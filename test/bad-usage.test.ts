import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type BadCase, makeFiles, refineWithFilter, testBadCases } from './bad-case.ts';
import { runCommand, snapshot, temporaryFolder } from './run-command.ts';
import { positionsNpy, sampleBvh, samplePositions } from './sample-files.ts';

const FINE = sampleBvh(12);

const BAD_USAGE: readonly BadCase[] = [
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
    'an unknown foot lock': [['--foot-lock', 'firm'], '--foot-lock', 'strong'],
    'an unknown device': [['--device', 'gpu'], '--device', 'cuda'],
    'an unknown model': [['--model', 'gausian'], 'gausian', 'did you mean gaussian', 'butterworth'],
    'an unknown option': [['--strenght', '1'], '--strenght', 'Did you mean --strength'],
    'feathering without a range': [['--feather', '3'], '--feather', '--range'],
    'a library together with none': [['--no-pvd', '--library', 'lib'], '--library', '--no-pvd'],
    'a report of an unknown kind': [['--report', 'r.pdf'], 'r.pdf', '.html'],
    'the same report twice': [['--report', 'r.json', '--report', 'r.json'], 'r.json'],
  }).map(
    ([title, [flags, ...says]]): BadCase => ({
      title,
      files: { 'clip.bvh': FINE },
      argv: [...refineWithFilter('clip.bvh'), ...flags],
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
    argv: ['refine', 'clip.bvh', '-o', 'out.usd'],
    code: 2,
    says: ['out.usd', '.bvh', '.fbx'],
  },
  {
    title: 'an output that exists',
    files: { 'clip.bvh': FINE, 'out.bvh': 'precious' },
    argv: refineWithFilter('clip.bvh'),
    code: 2,
    says: ['out.bvh', 'exists', '--force'],
  },
  {
    title: 'a report that exists',
    files: { 'clip.bvh': FINE, 'r.html': 'precious' },
    argv: [...refineWithFilter('clip.bvh'), '--report', 'r.html'],
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
    title: '2D positions with an up axis',
    files: { 'clip.npy': positionsNpy(samplePositions(6), 17, 2) },
    argv: ['convert', 'clip.npy', '-o', 'out.npy', '--layout', 'coco17', '--out-up', 'z'],
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

const BAD_PLACES: readonly BadCase[] = [
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

testBadCases([...BAD_USAGE, ...BAD_PLACES]);

test('an output that links to the input is the input', async () => {
  const folder = temporaryFolder();
  try {
    makeFiles(folder.path, { 'clip.bvh': FINE });
    symlinkSync('clip.bvh', join(folder.path, 'out.bvh'));
    const before = snapshot(folder.path);
    const found = await runCommand([...refineWithFilter('clip.bvh'), '--force'], { cwd: folder.path });
    expect(found).toMatchObject({ code: 2, stdout: '' });
    expect(snapshot(folder.path)).toEqual(before);
  } finally {
    folder.remove();
  }
});
