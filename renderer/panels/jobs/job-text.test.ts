import { expect, test } from 'vitest';
import { spokenProgress, stageText, timeLeftText } from './job-text.ts';

test('a job without a share waits, whatever its stage is called', () => {
  expect(stageText({ stage: 'start', share: null })).toBe('Waiting for the run before it');
  expect(stageText({ stage: 'solve', share: 0.8 })).toBe('Fitting the skeleton');
});

test('a stage this window does not know is shown as it is called', () => {
  expect(stageText({ stage: 'thaw', share: 0.1 })).toBe('thaw');
});

test('time left is rounded up to seconds, and to minutes where it is long', () => {
  expect(timeLeftText(null)).toBe('');
  expect(timeLeftText(0.1)).toBe('1 s left');
  expect(timeLeftText(11.2)).toBe('12 s left');
  expect(timeLeftText(100)).toBe('2 min left');
});

test('speech changes at a quarter, not between quarters', () => {
  const at = (share: number) => spokenProgress({ title: 'walk', stage: 'refine', share });
  expect(at(0.1)).toBe('walk: Refining');
  expect(at(0.26)).toBe(at(0.49));
  expect(at(0.5)).toBe('walk: Refining, 50 percent');
});
