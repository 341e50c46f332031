import { expect, test } from 'vitest';
import { ByteCache } from './byte-cache.ts';

test('the least recently used value goes when the bytes do not suffice', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('b', 'B', 4);
  expect(cache.get('a')).toBe('A');
  cache.set('c', 'C', 4);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C']);
});

test('one value larger than the limit is kept, alone', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'A', 4);
  cache.set('huge', 'H', 40);
  expect([cache.get('a'), cache.get('huge')]).toEqual([undefined, 'H']);
  cache.set('b', 'B', 4);
  expect([cache.get('huge'), cache.get('b')]).toEqual([undefined, 'B']);
});

test('setting a key again counts its new bytes only', () => {
  const cache = new ByteCache<string>(10);
  cache.set('a', 'old', 9);
  cache.set('a', 'new', 2);
  cache.set('b', 'B', 8);
  expect([cache.get('a'), cache.get('b')]).toEqual(['new', 'B']);
});
