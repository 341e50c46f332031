import fc from 'fast-check';
import { expect, test } from 'vitest';
import { float32Of, packArrays, unpackArrays } from './pack.ts';

test('whatever is packed comes out again, bit for bit', () => {
  const arrays = fc.dictionary(
    fc.stringMatching(/^[a-z][a-zA-Z0-9]{0,12}$/),
    fc.oneof(
      fc.float32Array({ maxLength: 40 }),
      fc.float64Array({ maxLength: 40 }),
      fc.int32Array({ maxLength: 40 }),
      fc.uint8Array({ maxLength: 40 }),
    ),
  );
  fc.assert(
    fc.property(arrays, (given) => {
      const found = unpackArrays(packArrays(given).buffer);
      expect(Object.keys(found)).toEqual(Object.keys(given));
      for (const [name, array] of Object.entries(given)) {
        expect(found[name].constructor).toBe(array.constructor);
        expect(Object.is(found[name].length, array.length)).toBe(true);
        expect(Buffer.from(found[name].buffer, found[name].byteOffset, found[name].byteLength)).toEqual(
          Buffer.from(array.buffer, array.byteOffset, array.byteLength),
        );
      }
    }),
  );
});

test('a view into a larger buffer is packed without its surroundings', () => {
  const whole = Float32Array.of(1, 2, 3, 4);
  const found = unpackArrays(packArrays({ part: whole.subarray(1, 3) }).buffer);
  expect([...float32Of(found, 'part')]).toEqual([2, 3]);
});

test('other bytes and a block cut short are refused', () => {
  expect(() => unpackArrays(new ArrayBuffer(3))).toThrow('not a block');
  expect(() => unpackArrays(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]).buffer)).toThrow('not a block');
  const block = packArrays({ numbers: Float64Array.of(1, 2, 3) });
  expect(() => unpackArrays(block.slice(0, block.length - 1).buffer)).toThrow('cut short');
  expect(() => unpackArrays(block.slice(0, 10).buffer)).toThrow('cut short');
});

test('an array that is missing or of another kind is named', () => {
  const arrays = unpackArrays(packArrays({ ids: Int32Array.of(1) }).buffer);
  expect(() => float32Of(arrays, 'ids')).toThrow("no float32 array 'ids'");
  expect(() => float32Of(arrays, 'poses')).toThrow("no float32 array 'poses'");
});
