import { expect, test } from 'vitest';
import type { RefineReport } from '../contract/report.ts';
import type { Take } from '../native-model/index.ts';
import { describeTake, qualityRows } from './take-summary.ts';

const REPORT: RefineReport = {
  frames: 4,
  fps: 30,
  model: 'synsp++',
  modelVersion: '1.2.0',
  device: 'cuda',
  pqe: [1, 0.2, 0.1, 0.9],
  pqeJoints: [],
  expectedErrorMm: [10, 40, 40, 10],
  expectedErrorAfterMm: [5, 15, 15, 5],
  lowQuality: [
    { start: 0, end: 0, worst: 0 },
    { start: 1, end: 2, worst: 2 },
  ],
  footContacts: [],
  references: [
    { start: 0, end: 3, entry: 7, clip: 'a', distance: 0.1 },
    { start: 1, end: 3, entry: 7, clip: 'a', distance: 0.2 },
    { start: 1, end: 3, entry: 9, clip: 'b', distance: 0.3 },
  ],
  timingsMs: { total: 500 },
  parameters: {},
  library: { path: 'lib', entries: 3084, version: '1' },
  summary: {
    movedMm: 12.34,
    accelBeforeMmPerFrame2: 45.5,
    accelAfterMmPerFrame2: 5.126,
    boneLengthSpreadBeforeMm: 6,
    boneLengthSpreadAfterMm: 0,
    jitterBeforeMPerS3: 900,
    jitterAfterMPerS3: 40,
    footSlideBeforeMmPerFrame: 6.5,
    footSlideAfterMmPerFrame: 1.5,
    expectedErrorBeforeMm: 25,
    expectedErrorAfterMm: 10,
    rangeOfMotionKeptPercent: 97.5,
  },
  notices: ['cuda could not start'],
};

/** A take of four frames, of which frames 1 and 2 moved, in one joint, by 1 mm and by rounding. */
function take(): Take {
  const body17 = new Float64Array(4 * 17 * 3).fill(1);
  const refined = body17.slice();
  refined[17 * 3] += 0.001;
  refined[2 * 17 * 3] += 1e-9;
  body17[3 * 17 * 3] = refined[3 * 17 * 3] = Number.NaN;
  const clip = { frameCount: 4, frameTime: 1 / 30, dimensions: 3, body17 };
  return { clip, refined, report: REPORT } as unknown as Take;
}

test('a person reads what changed, by how much, how sure, and where to look', () => {
  const text = describeTake(
    { input: 'in.bvh', output: 'out.bvh', reports: [{ file: 'r.html', kind: 'html' }] },
    take(),
  );
  expect(text.split('\n')).toEqual([
    'in.bvh -> out.bvh',
    '  frames          4 at 30 per second, 1 changed',
    '  model           synsp++ 1.2.0 on cuda, 2 reference windows consulted (of 3084)',
    '  moved           12.3 mm on average',
    '  expected error  25.0 -> 10.0 mm',
    '  Accel           45.5 -> 5.13 mm/frame²',
    '  bone lengths    vary by 6.00 -> 0.00 mm',
    '  low quality     frames 1-2 (worst 2), 0',
    '  note            cuda could not start',
    '  time            0.50 s, 8.00 frames per second',
    '  report          r.html',
  ]);
});

test('the quality of an input is its own numbers, not those of the result', () => {
  expect(qualityRows(REPORT)).toEqual([
    ['expected error', '25.0 mm'],
    ['Accel', '45.5 mm/frame²'],
    ['bone lengths', 'vary by 6.00 mm'],
    ['low quality', 'frames 1-2 (worst 2), 0'],
  ]);
});
