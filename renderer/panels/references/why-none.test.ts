import { expect, test } from 'vitest';
import { type ReferenceCircumstances, whyNone, whyNothingFound } from './why-none.ts';

const FINE: ReferenceCircumstances = {
  isEngineReady: true,
  hasLibrary: true,
  libraryProblem: null,
  clip: { dimensions: 3, edits: { useLibrary: true, tags: [] } },
};

test('nothing stands in the way of a 3D clip with the library on', () => {
  expect(whyNone(FINE)).toBeNull();
});

test('a 2D clip is told so even before the engine is ready', () => {
  const clip = { dimensions: 2, edits: { useLibrary: true, tags: [] } } as const;
  expect(whyNone({ ...FINE, isEngineReady: false, clip })?.title).toContain('2D');
});

test('a library switched off can be switched on again', () => {
  const clip = { dimensions: 3, edits: { useLibrary: false, tags: [] } } as const;
  expect(whyNone({ ...FINE, clip })?.remedy?.change).toEqual({ useLibrary: true });
});

test('a damaged library is explained in the engine’s words', () => {
  expect(whyNone({ ...FINE, hasLibrary: false, libraryProblem: 'the index is cut short' })?.advice).toBe(
    'the index is cut short',
  );
});

test('tags that match nothing are named and can be cleared', () => {
  const found = whyNothingFound({ tags: ['walk', 'run'], person: '' });
  expect(found.title).toContain('walk, run');
  expect(found.remedy?.change).toEqual({ tags: [] });
});
