import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { halfToNumber, numberToHalf, parseNpyDtype } from './npy-dtype.ts';
import { readNpy } from './npy-read.ts';
import { writeNpy } from './npy-write.ts';
import { latin1Bytes, latin1Text } from './text-bytes.ts';

/** An NPY file from its header dictionary and data bytes, as NumPy lays it out. */
function npy(dict: string, data: readonly number[], version = 1): Uint8Array {
  const length = dict.length + 1;
  const lengthBytes = version === 1 ? [length & 255, length >> 8] : [length & 255, length >> 8, 0, 0];
  return Uint8Array.of(
    0x93,
    ...latin1Bytes('NUMPY'),
    version,
    0,
    ...lengthBytes,
    ...latin1Bytes(`${dict}\n`),
    ...data,
  );
}

function dict(descr: string, shape: string, order = 'False'): string {
  return `{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }`;
}

function failure(bytes: Uint8Array): string {
  try {
    readNpy(bytes, 'a.npy');
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  }
  throw new Error('no error');
}

test('what NumPy 2.4 writes for np.arange(4, dtype="<f4").reshape(2, 2) is read, and written byte for byte', () => {
  const header = "\x93NUMPY\x01\x00v\x00{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
  const text = `${header.padEnd(127)}\n\0\0\0\0\0\0\u0080?\0\0\0@\0\0@@`;
  const array = readNpy(latin1Bytes(text), 'a.npy');
  expect(array).toMatchObject({ shape: [2, 2], fortranOrder: false, warnings: [] });
  expect(array.dtype.descr).toBe('<f4');
  expect([...array.data]).toEqual([0, 1, 2, 3]);
  const written = writeNpy(array);
  expect(latin1Text(written, 0, written.length)).toBe(text);
});

test.each([
  ["'>f4'", [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0], [1, -2]],
  ["'<f8'", [0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0], [1, -2]],
  ["'>f8'", [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], [1, -2]],
  ["'<f2'", [0, 0x3c, 0, 0xc0], [1, -2]],
  ["'>f2'", [0x3c, 0, 0xc0, 0], [1, -2]],
  ["'|i1'", [1, 0xfe], [1, -2]],
  ["'|u1'", [1, 0xfe], [1, 254]],
  ["'<i2'", [1, 0, 0xfe, 0xff], [1, -2]],
  ["'>u2'", [0, 1, 0xff, 0xfe], [1, 65534]],
  ["'<i4'", [1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff], [1, -2]],
  ["'<u4'", [1, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff], [1, 4294967294]],
  ["'<i8'", [1, 0, 0, 0, 0, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], [1, -2]],
  ["'>u8'", [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 7], [1, 7]],
])('dtype %s is read, and written with the same bytes', (descr, bytes, values) => {
  const array = readNpy(npy(dict(descr, '(2,)'), bytes), 'a.npy');
  expect([...array.data]).toEqual(values);
  const written = writeNpy(array);
  expect([...written.slice(-bytes.length)]).toEqual(bytes);
  expect((written.length - bytes.length) % 64).toBe(0);
});

test.each([
  ['version 2', npy(dict("'|u1'", '(2, 1)'), [5, 6], 2), [2, 1]],
  ['version 3', npy(dict("'|u1'", '(2, 1)'), [5, 6], 3), [2, 1]],
  ['Python 2 integers', npy(dict("'|u1'", '(2L, 1L)'), [5, 6]), [2, 1]],
  [
    'other quotes and key order',
    npy(`{"shape": (2,1) , "fortran_order": False,"descr":"|u1"}`, [5, 6]),
    [2, 1],
  ],
  ['one axis', npy(dict("'|u1'", '(2,)'), [5, 6]), [2]],
])('a header with %s is read', (_, bytes, shape) => {
  const array = readNpy(bytes, 'a.npy');
  expect(array.shape).toEqual(shape);
  expect([...array.data]).toEqual([5, 6]);
});

test('no axes are one value, an axis of zero is none', () => {
  expect([...readNpy(npy(dict("'|u1'", '()'), [7]), 'a.npy').data]).toEqual([7]);
  expect(readNpy(npy(dict("'<f4'", '(0, 17, 3)'), []), 'a.npy').data.length).toBe(0);
});

test('Fortran order counts the first axis fastest and is written back as it was', () => {
  // [[1, 2, 3], [4, 5, 6]] column by column.
  const bytes = npy(dict("'|u1'", '(2, 3)', 'True'), [1, 4, 2, 5, 3, 6]);
  const array = readNpy(bytes, 'a.npy');
  expect([...array.data]).toEqual([1, 2, 3, 4, 5, 6]);
  expect([...writeNpy(array).slice(-6)]).toEqual([1, 4, 2, 5, 3, 6]);
});

test.each([
  [
    'objects',
    npy(dict("'|O'", '(1,)'), [0]),
    /a.npy:header: the array holds pickled Python objects, .*; save the positions/,
  ],
  ['strings', npy(dict("'<U5'", '(1,)'), [0]), /dtype '<U5' holds no plain numbers; save a float array/],
  [
    'records',
    npy(dict("[('x', '<f4'), ('y', '<f4')]", '(1,)'), [0]),
    /the array holds records; save one field/,
  ],
  ['complex numbers', npy(dict("'<c16'", '(1,)'), [0]), /dtype <c16 is complex; save a.real/],
  ['long doubles', npy(dict("'<f16'", '(1,)'), [0]), /dtype '<f16' holds no plain numbers/],
  ['booleans', npy(dict("'|b1'", '(1,)'), [0]), /dtype '\|b1' holds no plain numbers/],
  [
    'a 3 GB claim',
    npy(dict("'<f4'", '(750000000,)'), [0]),
    /data: shape \(750000000\) of <f4 needs 3000000000 bytes, the file has 1;/,
  ],
  ['an absurd claim', npy(dict("'<f4'", '(999999999999999, 999999999999999)'), [0]), /the file has 1;/],
  ['too many axes', npy(dict("'<f4'", `(${'1, '.repeat(33)})`), [0]), /is no tuple of sizes/],
  ['a negative size', npy(dict("'<f4'", '(-1,)'), [0]), /is no tuple of sizes/],
  ['no dictionary', npy('nothing', []), /no dictionary in 'nothing'/],
  ['no shape', npy("{'descr': '<f4', 'fortran_order': False}", []), /no shape/],
  [
    'a header cut off',
    npy(dict("'<f4'", '(1,)'), []).slice(0, 40),
    /the header claims 58 bytes, the file has 30 after it/,
  ],
  ['a length cut off', npy(dict("'<f4'", '(1,)'), []).slice(0, 9), /the header claims/],
  ['version 9', npy(dict("'<f4'", '(1,)'), [], 9), /NPY version is 9/],
  ['an empty file', new Uint8Array(0), /the file is empty/],
  ['a zip', latin1Bytes('PK\x03\x04'), /zip archive \(NPZ\); save one array/],
  ['a pickle', latin1Bytes('\u0080\x04'), /Python pickle, which is never opened/],
  ['text', latin1Bytes('HIERARCHY'), /does not begin with the NPY magic/],
])('%s: refused, with a way out', (_, bytes, message) => {
  expect(failure(bytes)).toMatch(message);
});

test('bytes after the array are ignored with a warning', () => {
  expect(readNpy(npy(dict("'|u1'", '(1,)'), [1, 2, 3]), 'a.npy').warnings).toEqual([
    { place: 'data', message: '2 bytes after the array are ignored' },
  ]);
});

test('an array inside a larger buffer is read from its own bytes', () => {
  const bytes = npy(dict("'|u1'", '(2,)'), [8, 9]);
  const larger = new Uint8Array(bytes.length + 3);
  larger.set(bytes, 3);
  expect([...readNpy(larger.subarray(3), 'a.npy').data]).toEqual([8, 9]);
});

test('every half float reads and writes as itself', () => {
  for (let bits = 0; bits < 0x10000; bits++) {
    const value = halfToNumber(bits);
    if (!Number.isNaN(value)) expect(numberToHalf(value)).toBe(bits);
  }
  expect(halfToNumber(numberToHalf(Number.NaN))).toBeNaN();
});

test('a double rounds to the nearest half, ties to the even one', () => {
  const positive = Array.from({ length: 0x7c00 }, (_, bits) => halfToNumber(bits));
  fc.assert(
    fc.property(fc.nat(0x7bfe), fc.double({ min: 0, max: 1, noNaN: true }), (bits, part) => {
      const low = positive[bits];
      const high = positive[bits + 1];
      const value = low + (high - low) * part;
      const middle = (low + high) / 2;
      const expected = value < middle ? bits : value > middle ? bits + 1 : bits + (bits % 2);
      return numberToHalf(value) === expected && numberToHalf(-value) === (expected | 0x8000);
    }),
    { numRuns: 5000 },
  );
  for (const bits of [0, 1, 2, 0x3ff, 0x400, 0x3c00, 0x3c01, 0x7bfd]) {
    expect(numberToHalf((positive[bits] + positive[bits + 1]) / 2)).toBe(bits + (bits % 2));
  }
  // By way of a float this would round to 1 + 2^-11 first and then, as a tie, down to 1.
  expect(numberToHalf(1 + 2 ** -11 + 2 ** -40)).toBe(0x3c01);
  expect(numberToHalf(65519.99)).toBe(0x7bff);
});

test('a value that the dtype cannot hold is refused', () => {
  const write = (descr: string, value: number) =>
    writeNpy({ shape: [1], dtype: parseNpyDtype(descr)!, fortranOrder: false, data: Float64Array.of(value) });
  for (const [descr, value] of [
    ['<f2', 65520],
    ['<f4', 1e39],
    ['|u1', 256],
    ['|u1', -1],
    ['<i2', 0.5],
    ['<i4', Number.NaN],
  ] as const) {
    expect(() => write(descr, value)).toThrow(RangeError);
  }
  expect(() => write('<f2', Number.POSITIVE_INFINITY)).not.toThrow();
  expect(() => write('<f4', Number.NaN)).not.toThrow();
});

test('write then read returns the array in any float type, byte order, item order and shape', () => {
  const shapes = fc.array(fc.nat(4), { maxLength: 4 });
  const types = fc.constantFrom('<f4', '>f4', '<f8', '>f8', '<f2', '>f2', '<i4', '>i2');
  fc.assert(
    fc.property(shapes, types, fc.boolean(), (shape, descr, fortranOrder) => {
      const count = shape.reduce((product, length) => product * length, 1);
      const data = Float64Array.from({ length: count }, (_, index) => index - 3);
      const again = readNpy(writeNpy({ shape, dtype: parseNpyDtype(descr)!, fortranOrder, data }), 'a.npy');
      expect(again.shape).toEqual(shape);
      expect(again.data).toEqual(data);
      expect(again).toMatchObject({ fortranOrder, dtype: { descr }, warnings: [] });
    }),
  );
});
