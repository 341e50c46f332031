import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, POSES, plain, pythonFile, refusal } from '../../../test/python-files.ts';
import { writeZip } from '../zip-write.ts';
import { readNpz } from './npz-read.ts';
import { type NpzValue, writeNpz } from './npz-write.ts';

test.each(['plain.npz', 'compressed.npz'])('%s of NumPy gives numbers and texts by key', (name) => {
  const npz = readNpz(pythonFile(name), name);
  expect(npz.keys).toEqual([
    'poses',
    'trans',
    'gender',
    'mocap_framerate',
    'labels',
    'gender_bytes',
    'count',
    'seen',
  ]);
  expect(Object.fromEntries(npz.keys.map((key) => [key, plain(npz.get(key)!)]))).toEqual({
    poses: { shape: [3, 4], dtype: 'f8', values: [...POSES] },
    trans: { shape: [3, 4], dtype: 'f4', values: [...POSES] },
    gender: { shape: [], dtype: 'U', values: ['female'] },
    mocap_framerate: { shape: [], dtype: 'f8', values: [120] },
    labels: { shape: [2], dtype: 'U', values: ['LFHD', 'RFHD'] },
    gender_bytes: { shape: [], dtype: 'S', values: ['male'] },
    count: { shape: [], dtype: 'i8', values: [3] },
    seen: { shape: [2], dtype: 'b1', values: [1, 0] },
  });
  expect(npz.get('betas')).toBeUndefined();
  expect(npz.get('constructor')).toBeUndefined();
});

test('objects are unpickled when they are asked for; what holds no numbers is refused only then', () => {
  const npz = readNpz(pythonFile('objects.npz'), 'objects.npz');
  const poses = { shape: [3, 4], dtype: 'f4', values: [...POSES] };
  expect(plain(npz.get('people')!)).toEqual({ shape: [2], dtype: 'O', values: [{ pose: poses }, null] });
  expect(npz.get('complex')).toMatchObject({ shape: [1], dtype: 'c16' });
  expect(refusal(() => npz.get('complex')!.data)).toBe(
    'objects.npz:complex: the numbers are complex; save the real part: a.real',
  );
  expect(refusal(() => npz.get('records')!.data)).toMatch(
    /^objects\.npz:records: the items are records; save one field/,
  );
});

test('only what is asked for is inflated: damage elsewhere does no harm', () => {
  const bytes = pythonFile('compressed.npz');
  const name = bytesOf('trans.npy');
  // The last byte of the deflated `trans`, just before the next local header.
  const next = indexOf(bytes, bytesOf('PK\x03\x04'), indexOf(bytes, name, 0));
  bytes[next - 3] ^= 255;
  const npz = readNpz(bytes, 'damaged.npz');
  expect([...npz.get('poses')!.data!]).toEqual([...POSES]);
  expect(refusal(() => npz.get('trans')!.data)).toMatch(/^damaged\.npz:trans(\.npy)?: /);
});

function indexOf(bytes: Uint8Array, part: Uint8Array, from: number): number {
  let at = from;
  while (!part.every((byte, offset) => bytes[at + offset] === byte)) at++;
  return at;
}

const npy = (shape: string, descr = '<f4') => {
  const header = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${shape}), }\n`;
  return bytesOf('\x93NUMPY\x01\x00', header.length, 0, header, 'abcd');
};

test.each([
  ['a trillion items', npy('1000000000000,'), /huge: shape \(1000000000000\) is beyond reason/],
  ['a million items', npy('1000000,'), /huge: shape \(1000000\) of f4 needs 4000000 bytes, 4 are there/],
  ['a product beyond all numbers', npy('999999999999999, '.repeat(10)), /huge: shape .* is beyond reason/],
  [
    'a header that never ends',
    bytesOf('\x93NUMPY\x02\x00\xff\xff\xff\x7f'),
    /huge: the header is longer than 64 KiB/,
  ],
  ['no array at all', bytesOf('hello'), /huge: the file does not begin with the NPY magic/],
])('an entry that claims %s is refused before memory is taken, with its key', (_, content, message) => {
  const npz = readNpz(writeZip(new Map([['huge.npy', content]]), true), 'a.npz');
  expect(refusal(() => npz.get('huge'))).toMatch(message);
});

test('a header longer than the first bytes that are looked at is read', () => {
  const header = `${"{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }".padEnd(999)}\n`;
  const content = bytesOf(
    '\x93NUMPY\x01\x00',
    header.length & 255,
    header.length >> 8,
    header,
    new Uint8Array(4),
  );
  const npz = readNpz(writeZip(new Map([['a.npy', content]]), true), 'a.npz');
  expect(plain(npz.get('a')!)).toEqual({ shape: [1], dtype: 'f4', values: [0] });
});

test('a zip archive without arrays is refused', () => {
  const zip = writeZip(new Map([['a.txt', bytesOf('x')]]), false);
  expect(refusal(() => readNpz(zip, 'a.npz'))).toMatch(
    /the archive holds no arrays \(\.npy\); save arrays with np\.savez/,
  );
});

const VALUES: Record<string, NpzValue> = {
  poses: { shape: [3, 4], data: POSES, dtype: '<f4' },
  trans: { shape: [3, 4], data: POSES },
  seen: { shape: [2], data: Float64Array.of(1, 0), dtype: 'u1' },
  rate: 59.94,
  frames: 12345678901n,
  gender: 'neutral',
  labels: ['LFHD', 'Jürgen 🏃', ''],
};

test.each([true, false])(
  'what is written is read again (compressed: %s), the same bytes every time',
  (isCompressed) => {
    const bytes = writeNpz(VALUES, { isCompressed });
    expect(writeNpz(VALUES, { isCompressed })).toEqual(bytes);
    const npz = readNpz(bytes, 'a.npz');
    expect(Object.fromEntries(npz.keys.map((key) => [key, plain(npz.get(key)!)]))).toEqual({
      poses: { shape: [3, 4], dtype: 'f4', values: [...POSES] },
      trans: { shape: [3, 4], dtype: 'f8', values: [...POSES] },
      seen: { shape: [2], dtype: 'u1', values: [1, 0] },
      rate: { shape: [], dtype: 'f8', values: [59.94] },
      frames: { shape: [], dtype: 'i8', values: [12345678901] },
      gender: { shape: [], dtype: 'U', values: ['neutral'] },
      labels: { shape: [3], dtype: 'U', values: ['LFHD', 'Jürgen 🏃', ''] },
    });
  },
);

test('a value that its type cannot hold is refused', () => {
  expect(() => writeNpz({ a: { shape: [1], data: Float64Array.of(300), dtype: 'u1' } })).toThrow(RangeError);
  expect(() => writeNpz({ a: 2n ** 63n })).toThrow(RangeError);
});

test('any shape of any finite or missing numbers comes back', () => {
  const shape = fc.array(fc.nat(4), { maxLength: 4 });
  const array = shape.chain((lengths) => {
    const count = lengths.reduce((product, length) => product * length, 1);
    return fc.record({
      shape: fc.constant(lengths),
      data: fc.float64Array({ minLength: count, maxLength: count }),
    });
  });
  fc.assert(
    fc.property(
      fc.dictionary(fc.string({ minLength: 1 }), array, { noNullPrototype: true }),
      fc.boolean(),
      (arrays, isCompressed) => {
        const npz = readNpz(writeNpz(arrays, { isCompressed }), 'a.npz');
        expect(new Set(npz.keys)).toEqual(new Set(Object.keys(arrays)));
        for (const [key, { shape, data }] of Object.entries(arrays)) {
          expect(npz.get(key)).toMatchObject({ shape, dtype: 'f8' });
          expect(npz.get(key)!.data).toEqual(data);
        }
      },
    ),
    { numRuns: 300 },
  );
});

const PYTHON = ['/usr/bin/python3', 'python3'].find(
  (name) => spawnSync(name, ['-c', 'import numpy']).status === 0,
);
if (PYTHON === undefined) console.log('NumPy is not installed: that it reads what is written is not tested');

test.skipIf(PYTHON === undefined)('NumPy reads what is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'posemend-npz-'));
  const script = `
import json, sys, numpy as np
for name in ("plain.npz", "compressed.npz"):
    a = np.load(sys.argv[1] + "/" + name)
    print(json.dumps({k: [a[k].dtype.str, list(a[k].shape), a[k].tolist()] for k in a.files}))
`;
  try {
    for (const isCompressed of [false, true]) {
      writeFileSync(
        join(folder, isCompressed ? 'compressed.npz' : 'plain.npz'),
        writeNpz(VALUES, { isCompressed }),
      );
    }
    const run = spawnSync(PYTHON!, ['-c', script, folder], { encoding: 'utf8' });
    expect(run.stderr).toBe('');
    const rows = [0, 4, 8].map((start) => [...POSES.subarray(start, start + 4)]);
    for (const line of run.stdout.trim().split('\n')) {
      expect(JSON.parse(line)).toEqual({
        poses: ['<f4', [3, 4], rows],
        trans: ['<f8', [3, 4], rows],
        seen: ['|u1', [2], [1, 0]],
        rate: ['<f8', [], 59.94],
        frames: ['<i8', [], 12345678901],
        gender: ['<U7', [], 'neutral'],
        labels: ['<U8', [3], ['LFHD', 'Jürgen 🏃', '']],
      });
    }
    expect(run.stdout.trim().split('\n')).toHaveLength(2);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
