import { expect, test } from 'vitest';
import { bytesOf, POSES, plain, pythonFile, refusal } from '../../../test/python-files.ts';
import { readPyFile } from './py-file.ts';
import { readPyNpy } from './py-npy.ts';
import { type PyDict, unwrapScalar } from './py-value.ts';

const POSES_F4 = { shape: [3, 4], dtype: 'f4', values: [...POSES] };

test.each([
  ['plain.npz', { poses: { dtype: 'f8' }, gender: { values: ['female'] } }],
  ['objects.npy', { shape: [2, 2], dtype: 'O', values: ['a', 1, null, 2.5] }],
  ['bool.npy', { shape: [2], dtype: 'b1', values: [1, 0] }],
  ['types-0.pkl', { f4: POSES_F4 }],
  ['types-4.pkl', { f4: POSES_F4 }],
  ['python2-0.pkl', { smpl_poses: POSES_F4 }],
  ['joblib-zlib.pkl', { 1: { pose: POSES_F4 } }],
  ['joblib-0.9.pkl', { a: [1, 'b'] }],
  ['torch-zip.pt', { plain: [1, 'a'] }],
  ['torch-legacy.pt', { plain: [1, 'a'] }],
])('%s is known by its content', (name, expected) => {
  expect(plain(readPyFile(pythonFile(name), 'unnamed'))).toMatchObject(expected);
});

test('a 0-d NPY is its item: a dict or a text', () => {
  expect(plain(readPyFile(pythonFile('dict.npy'), 'dict.npy'))).toEqual({ poses: POSES_F4, fps: 30 });
  expect(readPyFile(pythonFile('text.npy'), 'text.npy')).toBe('female');
});

test('unwrapScalar takes the item of a 0-d array and leaves everything else', () => {
  const npz = readPyFile(pythonFile('plain.npz'), 'plain.npz') as PyDict;
  expect(unwrapScalar(npz.get('gender')!)).toBe('female');
  expect(unwrapScalar(npz.get('mocap_framerate')!)).toBe(120);
  expect(unwrapScalar(npz.get('poses')!)).toBe(npz.get('poses'));
});

test('in an archive an array that holds no numbers does not keep the others from being read', () => {
  const npz = readPyFile(pythonFile('objects.npz'), 'objects.npz') as PyDict;
  expect(plain(npz.get('poses')!)).toEqual(POSES_F4);
  expect(refusal(() => plain(npz.get('records')!))).toMatch(/objects\.npz:records: the items are records/);
});

const npy = (descr: string, content: string) => {
  const header = `{'descr': ${descr}, 'fortran_order': False, 'shape': (1,), }\n`;
  return bytesOf('\x93NUMPY\x01\x00', header.length, 0, header, content);
};

test.each([
  ["'<c8'", /header: the numbers are complex; save the real part/],
  ["[('x', '<f4')]", /header: the items are records; save one field/],
  ["'<M8[ns]'", /header: the items are dates; save them as seconds/],
  ["'<f16'", /header: dtype f16 holds no plain numbers/],
])('an NPY file of dtype %s alone is refused at once', (descr, message) => {
  expect(refusal(() => readPyNpy(npy(descr, '\0'.repeat(16)), 'a.npy'))).toMatch(message);
});

test('objects of an NPY file must be as many as its shape says', () => {
  expect(refusal(() => readPyNpy(npy("'|O'", '](K\x01K\x02e.'), 'a.npy'))).toMatch(/has other than 1 items/);
});

test.each([
  ['an empty file', '', /a:start: the file is empty/],
  ['a BVH file', 'HIERARCHY\n', /a:start: the file is no NPZ, NPY, pickle, joblib or PyTorch file; check/],
  ['a zip archive of texts', 'PK\x05\x06'.padEnd(21, '\0'), /no directory at its end/],
])('%s is refused', (_, content, message) => {
  expect(refusal(() => readPyFile(bytesOf(content), 'a'))).toMatch(message);
});
