import { extname } from 'node:path';
import { expect, test } from 'vitest';
import { numberedName, withSuffix } from './file-names.ts';

test('a number stands before the suffix, and a suffix is added once', () => {
  expect([1, 2].map((number) => numberedName('walk.v2.bvh', number))).toEqual([
    'walk.v2.bvh',
    'walk.v2 (2).bvh',
  ]);
  expect(withSuffix('/takes/walk', '.bvh')).toBe('/takes/walk.bvh');
  expect(withSuffix('/takes/walk.v2', '.bvh')).toBe('/takes/walk.v2.bvh');
  expect(extname(withSuffix('/takes/walk.BVH', '.bvh'))).toBe('.BVH');
});
