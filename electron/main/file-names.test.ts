import { extname } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberedName, plainFileName, withSuffix } from './file-names.ts';

test('folders, control characters and names of devices are taken out of a name', () => {
  expect(plainFileName('../../etc/walk.bvh')).toBe('walk.bvh');
  expect(plainFileName('C:\\takes\\walk.bvh')).toBe('walk.bvh');
  expect(plainFileName('a<b>:c\u0007.npy')).toBe('a_b__c_.npy');
  expect(plainFileName('con.bvh')).toBe('con_.bvh');
  expect(plainFileName('...')).toBe('clip');
  expect(plainFileName('Gehen – Kür.bvh')).toBe('Gehen – Kür.bvh');
});

test('any name becomes one that stays in its folder', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: 'binary' }), (name) => {
      const plain = plainFileName(name);
      expect(plain).not.toMatch(/[\\/:\0]/);
      expect(['', '.', '..']).not.toContain(plain);
      expect(plain.length).toBeLessThanOrEqual(121);
      expect(plainFileName(plain)).toBe(plain);
    }),
  );
});

test('a number stands before the suffix, and a suffix is added once', () => {
  expect([1, 2].map((number) => numberedName('walk.v2.bvh', number))).toEqual([
    'walk.v2.bvh',
    'walk.v2 (2).bvh',
  ]);
  expect(withSuffix('/takes/walk', '.bvh')).toBe('/takes/walk.bvh');
  expect(withSuffix('/takes/walk.v2', '.bvh')).toBe('/takes/walk.v2.bvh');
  expect(extname(withSuffix('/takes/walk.BVH', '.bvh'))).toBe('.BVH');
});
