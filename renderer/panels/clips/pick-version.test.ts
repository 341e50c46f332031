import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pickVersion, swapped, toggleVersion } from './pick-version.ts';

test('picking what the other side shows changes their places', () => {
  expect(pickVersion({ a: 'input', b: 'take-1' }, 'b', 'input')).toEqual({ a: 'take-1', b: 'input' });
  expect(pickVersion({ a: 'input', b: 'take-1' }, 'a', 'take-1')).toEqual({ a: 'take-1', b: 'input' });
});

test('a take that stands alone at A leaves the input there when it goes to B', () => {
  expect(pickVersion({ a: 'take-1', b: null }, 'b', 'take-1')).toEqual({ a: 'input', b: 'take-1' });
  expect(pickVersion({ a: 'input', b: null }, 'b', 'input')).toEqual({ a: 'input', b: null });
});

test('a pressed A or B takes its take off again', () => {
  expect(toggleVersion({ a: 'input', b: 'take-1' }, 'b', 'take-1')).toEqual({ a: 'input', b: null });
  expect(toggleVersion({ a: 'take-1', b: 'take-2' }, 'a', 'take-1')).toEqual({ a: 'input', b: 'take-2' });
});

test('no pick, toggle or swap ever compares a version with itself', () => {
  const version = fc.constantFrom('input', 'take-1', 'take-2');
  const compare = fc
    .record({ a: version, b: fc.option(version, { nil: null }) })
    .filter(({ a, b }) => a !== b);
  fc.assert(
    fc.property(compare, fc.constantFrom('a' as const, 'b' as const), version, (start, side, picked) => {
      for (const found of [
        pickVersion(start, side, picked),
        toggleVersion(start, side, picked === 'input' ? 'take-1' : picked),
        swapped(start),
      ]) {
        expect(found.a).not.toBe(found.b);
      }
    }),
  );
});
