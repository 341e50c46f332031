import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDecimal } from './decimal-read.ts';
import { MAX_FIXED6_BYTES, writeFixed6 } from './decimal-write.ts';
import { latin1Bytes, latin1Text } from './text-bytes.ts';

function read(text: string): number {
  const bytes = latin1Bytes(`${text} `);
  return readDecimal(bytes, { offset: 0, sawComma: false }, bytes.length);
}

function write(value: number): string {
  const out = new Uint8Array(MAX_FIXED6_BYTES);
  return latin1Text(out, 0, writeFixed6(out, 0, value));
}

test('a decimal is the same double that Number gives, through the fast path and the slow one', () => {
  const hard = [
    '0',
    '-0',
    '+1.5',
    '.5',
    '5.',
    '1e22',
    '1e23',
    '1e-22',
    '1e-23',
    '4.9e-324',
    '2.2250738585072011e-308',
  ];
  hard.push(
    '9007199254740993',
    '90071992547409925',
    '0.1234567890123456789',
    '123456789012345678901234567890',
    '1E+05',
  );
  hard.push('3.68962e-15', '-2.48481e-17', '1e-400', '00000000000000000000000001.5', '9007199254740991e22');
  for (const text of hard) expect(Object.is(read(text), Number(text)), text).toBe(true);
  const numbers = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
    fc.tuple(fc.maxSafeNat(), fc.integer({ min: -360, max: 292 })).map(([m, e]) => `-${m}e${e}`),
    fc.tuple(fc.integer({ min: -2000, max: 2000 }), fc.nat(99_999_999)).map(([a, b]) => `${a}.${b}`),
  );
  fc.assert(
    fc.property(numbers, (text) => Object.is(read(text), Number(text))),
    { numRuns: 20_000 },
  );
});

test('words, infinities and half numbers are NaN', () => {
  for (const text of [
    'nan',
    'inf',
    '-inf',
    '1e400',
    '1.2.3',
    '--1',
    '1-2',
    'e5',
    '1e',
    '1e+',
    '.',
    '-',
    '1,2,3',
    '0x10',
    '1_0',
  ]) {
    expect(read(text), text).toBeNaN();
  }
});

test('a decimal comma is read and reported', () => {
  const cursor = { offset: 0, sawComma: false };
  expect(readDecimal(latin1Bytes('0,0333'), cursor, 6)).toBe(0.0333);
  expect(cursor).toEqual({ offset: 6, sawComma: true });
});

test('numbers are written with six decimals and no exponent', () => {
  expect([0, -0, 1, -1.5, 180, 1e-9, -1e-9, 0.0000005, 9.9999999, 123456.789].map(write)).toEqual([
    '0.000000',
    '0.000000',
    '1.000000',
    '-1.500000',
    '180.000000',
    '0.000000',
    '0.000000',
    '0.000001',
    '10.000000',
    '123456.789000',
  ]);
  expect(write(-1e21)).toBe('-1000000000000000000000.000000');
  expect(write(Number.MAX_VALUE)).toMatch(/^179769\d{303}\.000000$/);
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
    expect(() => write(value)).toThrow(RangeError);
  }
});

test('written digits are within half a unit of the sixth decimal, and read back they are written the same', () => {
  const values = fc.oneof(
    fc.double({ min: -1e4, max: 1e4, noNaN: true }),
    fc.double({ min: -1e15, max: 1e15, noNaN: true }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  );
  fc.assert(
    fc.property(values, (value) => {
      const text = write(value);
      const again = read(text);
      const tolerance = 5e-7 + Math.abs(value) * 2 ** -52;
      return /^-?\d+\.\d{6}$/.test(text) && Math.abs(again - value) <= tolerance && write(again) === text;
    }),
    { numRuns: 20_000 },
  );
});
