import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeFloat16, encodeFloat16 } from './float16.ts';

test('halves are the bit patterns of IEEE 754', () => {
  const values = [0, -0, 1, -2, 0.5, 65504, 2 ** -14, 2 ** -24, Number.POSITIVE_INFINITY];
  const bits = [0x0000, 0x8000, 0x3c00, 0xc000, 0x3800, 0x7bff, 0x0400, 0x0001, 0x7c00];
  expect([...encodeFloat16(values)]).toEqual(bits);
  expect([...decodeFloat16(Uint16Array.from(bits))]).toEqual(values);
  expect(decodeFloat16(encodeFloat16([Number.NaN]))[0]).toBeNaN();
});

test('a value half way between two halves goes to the even one', () => {
  // Between 1 and 2 halves lie 2^-10 apart.
  const step = 2 ** -10;
  expect([...decodeFloat16(encodeFloat16([1 + step / 2, 1 + 1.5 * step, 2 - step / 4]))]).toEqual([
    1,
    1 + 2 * step,
    2,
  ]);
  expect([...decodeFloat16(encodeFloat16([65519, 65520]))]).toEqual([65504, Number.POSITIVE_INFINITY]);
});

test('every half survives being a float and back', () => {
  const all = Uint16Array.from({ length: 65536 }, (_, n) => n).filter(
    (n) => (n & 0x7c00) !== 0x7c00 || (n & 0x3ff) === 0,
  );
  expect(encodeFloat16(decodeFloat16(all))).toEqual(all);
});

test('no half is nearer to a value than the one chosen', () => {
  fc.assert(
    fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
      const [half] = encodeFloat16([value]);
      const [chosen] = decodeFloat16(Uint16Array.of(half));
      const neighbours = decodeFloat16(Uint16Array.of(Math.max(half - 1, half & 0x8000), half + 1));
      for (const other of neighbours) {
        expect(Math.abs(value - chosen)).toBeLessThanOrEqual(Math.abs(value - other));
      }
    }),
  );
});

test('a coordinate below one metre is kept to a quarter of a millimetre', () => {
  fc.assert(
    fc.property(fc.float({ min: -1, max: 1, noNaN: true }), (metres) => {
      expect(Math.abs(decodeFloat16(encodeFloat16([metres]))[0] - metres)).toBeLessThanOrEqual(0.00025);
    }),
  );
});
