import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BODY17_COUNT } from '../skeleton/body17.ts';
import { prefilter, windowSpacing } from './dilation.ts';
import { findHeading, HEADING_SIZE, toHeading } from './heading.ts';
import { planWindows } from './plan-windows.ts';
import { alignWindow, RETRIEVAL_DIM, retrievalVector } from './retrieval-vector.ts';
import { averageWindows } from './swaa.ts';

/** Written by native-model/training/make_fixtures.py from the functions the networks are trained with. */
interface WindowFixture {
  windowLength: number;
  joints: number;
  targetFps: number;
  prefilterSigma: number;
  windows: {
    name: string;
    window: number[];
    normalised: number[];
    vector: number[];
    found: number[];
    aligned: number[];
  }[];
  dilations: { fps: number; frames: number }[];
  prefilters: { spacing: number; channels: number; signal: number[]; smooth: number[] }[];
}

interface SwaaFixture {
  windowLength: number;
  channels: number;
  cases: { frames: number; spacing: number; starts: number[]; windows: number[]; average: number[] }[];
}

const fixture: WindowFixture = read('windows.json');
const swaa: SwaaFixture = read('swaa.json');
const T = fixture.windowLength;
const POINTS = T * BODY17_COUNT;

/** Metres. The fixture keeps 7 digits; retrieval vectors and network inputs are Float32. */
const TOLERANCE = 1e-5;

test('the fixture is of body-17 windows', () => {
  expect(fixture.joints).toBe(BODY17_COUNT);
  for (const { window } of fixture.windows) expect(window).toHaveLength(POINTS * 3);
});

describe.each(fixture.windows)("the window '$name'", ({ window, normalised, vector, found, aligned }) => {
  test('is normalised to its heading as in training', () => {
    const out = new Float64Array(POINTS * 3);
    const heading = new Float64Array(HEADING_SIZE);
    findHeading(heading, window, 0, T);
    toHeading(out, 0, window, 0, POINTS, heading);
    expectNear(out, normalised);
  });

  test('has the retrieval vector it would have in training', () => {
    const out = new Float32Array(RETRIEVAL_DIM);
    retrievalVector(out, 0, normalised, 0, T);
    expectNear(out, vector);
  });

  test('has its reference laid onto it as in training', () => {
    const out = new Float64Array(POINTS * 3);
    alignWindow(out, 0, found, 0, normalised, 0, T, BODY17_COUNT);
    expectNear(out, aligned);
  });
});

test.each(fixture.dilations)('at $fps fps a window reads every $frames. frame', ({ fps, frames }) => {
  expect(windowSpacing(1 / fps, fixture.targetFps)).toBe(frames);
});

test.each(fixture.prefilters)(
  'the low-pass for spacing $spacing is the one used in training',
  ({ spacing, channels, signal, smooth }) => {
    const frames = signal.length / channels;
    const out = prefilter(Float64Array.from(signal), frames, channels, spacing, fixture.prefilterSigma);
    expectNear(out, smooth);
  },
);

test.each(swaa.cases)(
  '$frames frames at spacing $spacing are cut and averaged as in the evaluation',
  ({ frames, spacing, starts, windows, average }) => {
    const plan = planWindows(frames, { length: swaa.windowLength, stride: 1, spacing });
    expect(Array.from(plan.starts)).toEqual(starts);
    expectNear(averageWindows(windows, swaa.channels, plan), average);
  },
);

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), 'utf8'));
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  let worst = 0;
  for (let n = 0; n < expected.length; n++) worst = Math.max(worst, Math.abs(found[n] - expected[n]));
  expect(worst).toBeLessThan(TOLERANCE);
}
