import { expect, test } from 'vitest';
import { referenceSource, sourceSentence } from './reference-text.ts';

test('an averaged entry is not passed off as a recording', () => {
  expect(referenceSource('prototype 12 (mean of 10 windows)')).toEqual({
    title: 'prototype 12',
    averagedWindows: 10,
  });
  expect(sourceSentence('prototype 12 (mean of 10 windows)')).toContain('mean of 10');
});

test('a recording keeps its name, brackets and all', () => {
  expect(referenceSource('walk (slow)')).toEqual({ title: 'walk (slow)', averagedWindows: null });
  expect(sourceSentence('walk (slow)')).toContain('one clean recording');
});
