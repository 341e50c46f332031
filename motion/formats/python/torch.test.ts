import { expect, test } from 'vitest';
import { bytesOf, plain, pythonFile, refusal, uint32 } from '../../../test/python-files.ts';
import { readZip } from '../zip.ts';
import { writeZip } from '../zip-write.ts';
import { readPyFile } from './py-file.ts';
import type { PyDict, PyValue } from './py-value.ts';
import { readTorch } from './torch-read.ts';

/** `base` of fixtures/make_python_files.py: 2 by 3 by 4, eighths. */
const BASE = Array.from({ length: 24 }, (_, at) => at / 8);
const at = (i: number, j: number, k: number) => BASE[(i * 3 + j) * 4 + k];
const range = (count: number) => Array.from({ length: count }, (_, index) => index);

const TENSORS = {
  pose: { shape: [2, 3, 4], dtype: 'f4', values: BASE },
  turned: {
    shape: [4, 3, 2],
    dtype: 'f4',
    values: range(4).flatMap((k) => range(3).flatMap((j) => range(2).map((i) => at(i, j, k)))),
  },
  part: { shape: [1, 2, 4], dtype: 'f4', values: BASE.slice(16) },
  repeated: { shape: [3, 2], dtype: 'f4', values: [0.5, 1.5, 0.5, 1.5, 0.5, 1.5] },
  half: { shape: [3, 4], dtype: 'f2', values: BASE.slice(0, 12) },
  bfloat: { shape: [3, 4], dtype: 'bf16', values: BASE.slice(0, 12) },
  double: { shape: [3, 4], dtype: 'f8', values: BASE.slice(0, 12) },
  long: { shape: [2], dtype: 'i8', values: [-1, 2 ** 40] },
  bool: { shape: [2], dtype: 'b1', values: [1, 0] },
  bytes: { shape: [2], dtype: 'u1', values: [1, 255] },
  scalar: { shape: [], dtype: 'f4', values: [2.5] },
  parameter: { shape: [4], dtype: 'f4', values: BASE.slice(0, 4) },
  size: [2, 3, 4],
  dtype: { kind: 'object', className: 'torch.float32', args: [], state: null },
  plain: [1, 'a'],
  empty: { shape: [0, 3], dtype: 'f4', values: [] },
};

test.each(['torch-zip.pt', 'torch-legacy.pt'])(
  '%s: tensors are arrays in C order, whatever their strides',
  (name) => {
    expect(plain(readTorch(pythonFile(name), name))).toEqual(TENSORS);
  },
);

test('tensors that np.save pickled are read', () => {
  expect(plain(readPyFile(pythonFile('tensors.npy'), 'tensors.npy'))).toEqual({
    pred_pose: TENSORS.pose,
    frame: { shape: [2], dtype: 'i8', values: [0, 1] },
  });
});

test('one storage read again and again from the same bytes is refused', () => {
  const storageFile = bytesOf(pythonFile('torch-legacy.pt'), new Uint8Array(2 ** 17));
  const call = 'ctorch.storage\n_load_from_bytes\n(h\x00tR0';
  const bytes = bytesOf('B', uint32(storageFile.length), storageFile, 'q\x00', call.repeat(100), '.');
  expect(refusal(() => readPyFile(bytesOf('\x80\x03', bytes), 'a.pkl'))).toMatch(/decoded again and again/);
});

/** torch-zip.pt with some of its entries replaced (null: removed), by the end of their name. */
function changed(changes: Record<string, Uint8Array | null>): Uint8Array {
  const entries = new Map(
    readZip(pythonFile('torch-zip.pt'), 'a.pt').map((entry) => [entry.name, entry.read()]),
  );
  for (const [suffix, content] of Object.entries(changes)) {
    const name = [...entries.keys()].find((key) => key.endsWith(suffix)) ?? `torch-zip/${suffix}`;
    if (content === null) entries.delete(name);
    else entries.set(name, content);
  }
  return writeZip(entries, false);
}

const storage = (key: string, count: string) =>
  `(S'storage'\nctorch\nFloatStorage\nS'${key}'\nS'cpu'\n${count}tQ`;
const tensor = (offset: string, size: string, stride: string) =>
  bytesOf(
    'ctorch._utils\n_rebuild_tensor_v2\n(',
    storage('0', 'K\x18'),
    `${offset}(${size}t(${stride}t\x89NtR.`,
  );

test('a tensor by hand', () => {
  expect(plain(readTorch(changed({ 'data.pkl': tensor('K\x02', 'K\x02', 'K\x03') }), 'a.pt'))).toMatchObject({
    values: [2 / 8, 5 / 8],
  });
});

test.each([
  ['a storage that is missing', { 'data/0': null }, /data\.pkl, byte \d+: storage data\/0 is missing/],
  [
    'a storage that is too short',
    { 'data/0': new Uint8Array(95) },
    /storage data\/0 has 95 bytes, 96 are due/,
  ],
  ['big-endian numbers', { byteorder: bytesOf('big') }, /byteorder: its numbers are big-endian/],
  [
    'strides beyond the storage',
    { 'data.pkl': tensor('K\x00', 'K\x02', 'K\x18') },
    /shape \(2\) of f4 needs 100 bytes, 96 are there/,
  ],
  ['an offset beyond the storage', { 'data.pkl': tensor('K\x18', 'K\x01', 'K\x01') }, /needs 100 bytes/],
  ['a negative stride', { 'data.pkl': tensor('K\x05', 'K\x02', 'I-1\n') }, /beyond reason/],
  ['a negative offset', { 'data.pkl': tensor('I-1\n', 'K\x02', 'K\x01') }, /offset and strides do not fit/],
  [
    'one number repeated a billion times',
    { 'data.pkl': tensor('K\x00', 'I1000000000\n', 'K\x00') },
    /96 bytes stand for 1000000000 items/,
  ],
  ['too few strides', { 'data.pkl': tensor('K\x00', 'K\x02', '') }, /offset and strides do not fit/],
  [
    'a persistent id of a module',
    { 'data.pkl': bytesOf("(S'module'\nN)tQ.") },
    /it refers to what is no storage/,
  ],
  [
    'a storage outside of the archive',
    { 'data.pkl': bytesOf(storage('../0', 'K\x01'), '.') },
    /storage data\/\.\.\/0 is missing/,
  ],
  [
    'a class of its own',
    { 'data.pkl': bytesOf('c__torch__.model\nNet\n)\x81.') },
    /it asks for `__torch__\.model\.Net`/,
  ],
])('%s is refused', (_, changes, message) => {
  expect(refusal(() => readTorch(changed(changes as Record<string, Uint8Array | null>), 'a.pt'))).toMatch(
    message,
  );
});

test('damage in a tensor that nobody asks for does no harm', () => {
  const bytes = pythonFile('torch-zip.pt');
  const [first] = readZip(bytes, 'a.pt').filter(({ name }) => name.endsWith('data/0'));
  const content = first.read();
  content[4] ^= 1;
  const value = readTorch(bytes, 'a.pt') as PyDict;
  const get = (key: string) => value.get(key) as PyValue;
  expect(plain(get('half'))).toEqual(TENSORS.half);
  expect(refusal(() => plain(get('pose')))).toMatch(/^a\.pt:torch-zip\/data\/0: its checksum is wrong/);
});

test.each([
  ['another magic number', (bytes: Uint8Array) => bytes.with(5, 0), /this is no PyTorch file/],
  ['a storage cut off', (bytes: Uint8Array) => bytes.subarray(0, -1), /bytes are due/],
])('the old format with %s is refused', (_, damage, message) => {
  expect(refusal(() => readTorch(damage(pythonFile('torch-legacy.pt')), 'a.pt'))).toMatch(message);
});
