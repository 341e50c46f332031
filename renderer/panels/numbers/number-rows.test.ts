import { expect, test } from 'vitest';
import type { TakeSummary } from '../../../contract/report.ts';
import { numberRows } from './number-rows.ts';

const SUMMARY: TakeSummary = {
  movedMm: 21.04,
  accelBeforeMmPerFrame2: 20,
  accelAfterMmPerFrame2: 5,
  boneLengthSpreadBeforeMm: 4,
  boneLengthSpreadAfterMm: 4.01,
  jitterBeforeMPerS3: 200,
  jitterAfterMPerS3: 250,
  footSlideBeforeMmPerFrame: 3,
  footSlideAfterMmPerFrame: 1.5,
  expectedErrorBeforeMm: 40,
  expectedErrorAfterMm: 30,
  rangeOfMotionKeptPercent: 97,
};

function row(title: string, summary: TakeSummary = SUMMARY) {
  const found = numberRows(summary, 3).find((candidate) => candidate.title === title);
  if (found === undefined) throw new Error(`no row '${title}'`);
  return found;
}

test('an error that falls from 40 to 30 mm is a quarter less, and better', () => {
  expect(row('Expected error')).toMatchObject({
    before: '40.0',
    after: '30.0',
    change: { direction: 'down', text: '25 %', verdict: 'better' },
  });
});

test('more jitter is worse, and a change below half a percent is none', () => {
  expect(row('Jitter').change).toEqual({ direction: 'up', text: '25 %', verdict: 'worse' });
  expect(row('Bone-length spread').change).toEqual({ direction: 'same', text: '0 %', verdict: 'neither' });
});

test('range of motion is told but not judged, movement has nothing before it', () => {
  expect(row('Range of motion kept').change).toEqual({ direction: 'down', text: '3 %', verdict: 'neither' });
  expect(row('Mean movement')).toMatchObject({ before: '–', after: '21.0', change: null });
});

test('what a filter cannot tell is not printed as zero', () => {
  const filtered = { ...SUMMARY, expectedErrorBeforeMm: 0, expectedErrorAfterMm: 0 };
  expect(row('Expected error', filtered)).toMatchObject({ before: '–', after: '–', change: null });
});

test('a 2D clip has no rows', () => {
  expect(numberRows(SUMMARY, 2)).toEqual([]);
});

test('bones that never change length are told as such', () => {
  const rigid = { ...SUMMARY, boneLengthSpreadBeforeMm: 0, boneLengthSpreadAfterMm: 0 };
  expect(row('Bone-length spread', rigid)).toMatchObject({ before: '0', after: '0', change: null });
});
