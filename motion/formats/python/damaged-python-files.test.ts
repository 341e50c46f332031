import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isReadOrRefused, plain, pythonFile } from '../../../test/python-files.ts';
import { readZip } from '../zip.ts';
import { readPickle } from './pickle-read.ts';
import { readPyFile } from './py-file.ts';
import { isPyArray, isPyDict, isPyObject, type PyArray, type PyValue } from './py-value.ts';

const FILES = [
  'types-0.pkl',
  'types-2.pkl',
  'types-5.pkl',
  'python2-0.pkl',
  'python2-2.pkl',
  'joblib-plain.pkl',
  'joblib-zlib.pkl',
  'joblib-0.9.pkl',
  'torch-zip.pt',
  'torch-legacy.pt',
  'tensors.npy',
  'dict.npy',
  'objects.npy',
  'plain.npz',
  'compressed.npz',
  'objects.npz',
];

/** Reads everything, arrays too; an array that is refused when asked for is refused. */
function readAll(bytes: Uint8Array): void {
  const value = readPyFile(bytes, 'damaged');
  if (weightOf(value) > 100 * bytes.length + 1000) throw new Error('it holds far more than the file');
  plain(value);
}

/** Values and array items: memory in proportion to the file. */
function weightOf(value: PyValue): number {
  const sum = (values: readonly PyValue[]) =>
    values.reduce<number>((total, child) => total + weightOf(child), 1);
  if (isPyArray(value)) return itemCount(value);
  if (isPyDict(value)) return sum([...value.values()]);
  if (isPyObject(value)) return sum([...value.args, value.state]);
  return Array.isArray(value) ? sum(value) : 1;
}

function itemCount({ shape }: PyArray): number {
  return shape.reduce((product, length) => product * length, 1);
}

describe.each(FILES)('%s', (name) => {
  const file = pythonFile(name);

  test('every beginning of it is refused', () => {
    const ends = Array.from(file, (_, end) => end);
    expect(ends.filter((end) => isReadOrRefused(() => readAll(file.subarray(0, end))) === 'read')).toEqual(
      [],
    );
    expect(isReadOrRefused(() => plain(readPyFile(file, 'whole')))).toBe(
      name === 'objects.npz' ? 'refused' : 'read',
    );
  });

  test('with any bytes changed it is read or refused, and takes memory in proportion', () => {
    const place = fc.nat(file.length - 1);
    const change = fc.tuple(place, fc.oneof(fc.nat(255), fc.constantFrom(0, 0x2e, 0x28, 0x7f, 0x80, 0xff)));
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 3 }), (changes) => {
        const bytes = Uint8Array.from(file);
        for (const [at, byte] of changes) bytes[at] = byte;
        outcomes[isReadOrRefused(() => readAll(bytes))]++;
      }),
      { numRuns: 1000 },
    );
    expect(outcomes.refused).toBeGreaterThan(0);
  });

  test('with a part lost or repeated it is read or refused', () => {
    const place = fc.nat(file.length);
    fc.assert(
      fc.property(place, place, place, (a, b, c) => {
        const parts = [file.subarray(0, a), file.subarray(Math.min(b, c), Math.max(b, c)), file.subarray(a)];
        isReadOrRefused(() => readAll(Buffer.concat(parts)));
      }),
      { numRuns: 300 },
    );
  });
});

test('the pickle of a PyTorch file, damaged behind the checksums, is read or refused', () => {
  const pickle = readZip(pythonFile('torch-zip.pt'), 'a.pt').find(({ name }) => name.endsWith('data.pkl'))!;
  for (let end = 0; end < pickle.size; end++) {
    expect(isReadOrRefused(() => readPickle(pickle.read().subarray(0, end), 'a.pkl'))).toBe('refused');
  }
});

test('any opcodes whatever are read or refused', () => {
  const opcodes = '()]}.012BCFGIJKLMNPQRSTUVX]abcdeghijloprstu}'.split('').map((op) => op.charCodeAt(0));
  const op = fc.oneof(
    fc.constantFrom(...opcodes),
    fc.integer({ min: 0x80, max: 0x98 }),
    fc.nat(4),
    fc.constant(10),
  );
  let readable = 0;
  fc.assert(
    fc.property(fc.array(op, { maxLength: 60 }), (bytes) => {
      const pickle = Uint8Array.from([0x4e, ...bytes, 0x2e]);
      if (isReadOrRefused(() => plain(readPickle(pickle, 'random'))) === 'read') readable++;
    }),
    { numRuns: 20_000 },
  );
  expect(readable).toBeGreaterThan(100);
});
