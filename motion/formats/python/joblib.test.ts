import { gzipSync, zlibSync } from 'fflate';
import { expect, test } from 'vitest';
import { bytesOf, POSES, plain, pythonFile, refusal } from '../../../test/python-files.ts';
import { ZIP_LIMITS } from '../zip-limits.ts';
import { readJoblib } from './joblib-read.ts';
import { PICKLE_LIMITS } from './py-limits.ts';
import type { PyArray, PyDict } from './py-value.ts';

const poses = (dtype: string) => ({ shape: [3, 4], dtype, values: [...POSES] });

test.each(['plain', 'zlib', 'gzip'])(
  'joblib (%s) gives people by number, with arrays of either order',
  (compression) => {
    const value = readJoblib(pythonFile(`joblib-${compression}.pkl`), 'vibe_output.pkl') as PyDict;
    expect([...value.keys()]).toEqual([1, 2]);
    expect(plain(value)).toEqual({
      1: {
        pose: poses('f4'),
        betas: poses('f8'),
        joints2d: null,
        frame_ids: { shape: [3], dtype: 'i8', values: [0, 1, 2] },
        names: { shape: [2], dtype: 'O', values: [{ a: 1 }, 'b'] },
      },
      2: { pose: { shape: [1, 4], dtype: 'f4', values: [...POSES.subarray(0, 4)] } },
    });
  },
);

test('arrays are not converted before they are asked for', () => {
  const value = readJoblib(pythonFile('joblib-plain.pkl'), 'a.pkl') as PyDict;
  const pose = (value.get(1) as PyDict).get('pose') as PyArray;
  // Both the shape and the bytes are there; the numbers are made once.
  expect(pose.shape).toEqual([3, 4]);
  expect(Object.getOwnPropertyDescriptor(pose, 'data')!.get).toBeTypeOf('function');
  expect(pose.data).toBe(pose.data);
});

test('the compression of joblib before 0.10 is read', () => {
  expect(plain(readJoblib(pythonFile('joblib-0.9.pkl'), 'old.pkl'))).toEqual({ a: [1, 'b'] });
});

test('a plain pickle is read as well', () => {
  expect(readJoblib(bytesOf('K\x07.'), 'a.pkl')).toBe(7);
});

test.each([
  ['xz', pythonFile('joblib-xz.pkl')],
  ['bzip2', pythonFile('joblib-bz2.pkl')],
  ['lzma', pythonFile('joblib-lzma.pkl')],
  ['lz4', bytesOf('\x04\x22\x4d\x18abc')],
])('compression with %s is refused by name, with the way out', (name, bytes) => {
  expect(refusal(() => readJoblib(bytes, 'a.pkl'))).toBe(
    `a.pkl:compression: it is compressed with ${name}, which is not read; ` +
      "save it again with zlib: joblib.dump(joblib.load(path), path, compress=('zlib', 3))",
  );
});

test('arrays in side files are refused', () => {
  const old = bytesOf('cjoblib.numpy_pickle\nNDArrayWrapper\n)\x81.');
  expect(refusal(() => readJoblib(old, 'a.pkl'))).toMatch(
    /its arrays are in side files, as joblib before 0\.10/,
  );
});

test('a compressed bomb is stopped at the limit', () => {
  const limits = { ...ZIP_LIMITS, freeBytes: 2 ** 16 };
  for (const compress of [zlibSync, gzipSync]) {
    const bomb = compress(new Uint8Array(2 ** 22), { level: 9 });
    expect(refusal(() => readJoblib(bomb, 'a.pkl', PICKLE_LIMITS, limits))).toMatch(
      /inflates to more than \d+ bytes/,
    );
  }
});

test.each([
  ['zlib', zlibSync(bytesOf('K\x07.'))],
  ['gzip', gzipSync(bytesOf('K\x07.'), { filename: 'a.pkl', mtime: 0 })],
])('%s is read, and refused where its checksum is wrong or its end is missing', (_, bytes) => {
  expect(readJoblib(bytes, 'a.pkl')).toBe(7);
  const isGzip = bytes[0] === 0x1f;
  const wrong = Uint8Array.from(bytes);
  wrong[bytes.length - (isGzip ? 8 : 4)] ^= 1;
  expect(refusal(() => readJoblib(wrong, 'a.pkl'))).toMatch(/the checksum is wrong/);
  expect(refusal(() => readJoblib(bytes.subarray(0, -1), 'a.pkl'))).toMatch(/checksum|damaged|cut off/);
  expect(refusal(() => readJoblib(bytes.subarray(0, 3), 'a.pkl'))).toMatch(/header is damaged/);
});

test('an array that claims more bytes than follow takes no memory', () => {
  const state =
    "}(S'shape'\nL1000000000\n\x85S'dtype'\ncnumpy\ndtype\n(S'f4'\nK\x00K\x01tRS'order'\nS'C'\nub.";
  const bytes = bytesOf('cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81', state, 'abcd');
  expect(refusal(() => readJoblib(bytes, 'a.pkl'))).toMatch(/4000000000 bytes are due, 5 are left/);
});

test('objects of an array are a plain pickle: no array of joblib within, and so no nesting without end', () => {
  const state = "}(S'shape'\nK\x01\x85S'dtype'\ncnumpy\ndtype\n(S'O8'\nK\x00K\x01tRS'order'\nS'C'\nub";
  const wrapper = `cjoblib.numpy_pickle\nNumpyArrayWrapper\n)\x81${state}`;
  expect(refusal(() => readJoblib(bytesOf(wrapper.repeat(10_000)), 'a.pkl'))).toMatch(
    /outside of a joblib file/,
  );
});
