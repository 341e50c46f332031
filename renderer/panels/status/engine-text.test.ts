import { expect, test } from 'vitest';
import { engineTrouble } from './engine-text.ts';

test('a starting or ready engine is no trouble', () => {
  expect(engineTrouble('connecting')).toBeNull();
  expect(engineTrouble('ready')).toBeNull();
});

test('trouble says that the clips are still there', () => {
  expect(engineTrouble('restarting')?.advice).toContain('clips and takes are still here');
  expect(engineTrouble('lost')?.advice).toContain('clips and takes can still be looked at');
});
