import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createFilter, FILTER_NAMES, type FilterName } from './filter.ts';

interface Golden {
  signals: Record<string, { frameTime: number; frameCount: number; channels: number; values: number[] }>;
  cases: { filter: FilterName; signal: string; params: object; expected: number[] }[];
}

const golden: Golden = JSON.parse(
  readFileSync(new URL('../../fixtures/filters.json', import.meta.url), 'utf8'),
);

/** The filters that read later frames too, and so do not lag. */
const CENTRED = FILTER_NAMES.filter((name) => name !== 'one-euro');

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, digits: number): void {
  expect(found.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) expect(found[k], `value ${k}`).toBeCloseTo(expected[k], digits);
}

test('every filter has golden numbers', () => {
  expect(new Set(golden.cases.map((golden) => golden.filter))).toEqual(new Set(FILTER_NAMES));
});

for (const { filter, signal, params, expected } of golden.cases) {
  test(`${filter} ${JSON.stringify(params)} makes of '${signal}' what the reference does`, () => {
    const { values, frameCount, channels, frameTime } = golden.signals[signal];
    const found = createFilter(filter, params)(Float64Array.from(values), frameCount, channels, frameTime);
    expectNear(found, expected, 9);
  });
}

describe.each(FILTER_NAMES)('%s', (name) => {
  const filter = createFilter(name);

  test('leaves a constant alone, whatever the clip length and frame rate', () => {
    const frameRate = fc.constantFrom(1, 24, 30, 60, 120, 1000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), frameRate, (frameCount, fps) => {
        const values = new Float64Array(frameCount * 2).map((_, k) => (k % 2 === 0 ? 5 : -0.3));
        expectNear(filter(values, frameCount, 2, 1 / fps), values, 12);
      }),
    );
  });

  test('returns a new array and leaves its input alone', () => {
    const values = Float64Array.of(1, 5, 2, 8, 3, 1, 4, 4, 9, 0, 2, 7);
    const copy = values.slice();
    const out = filter(values, 12, 1, 1 / 30);
    expect(values).toEqual(copy);
    expect(out).not.toBe(values);
    expect(out).not.toEqual(copy);
  });

  test('keeps channels apart', () => {
    const { values, frameCount, channels, frameTime } = golden.signals.long;
    const all = filter(Float64Array.from(values), frameCount, channels, frameTime);
    for (let channel = 0; channel < channels; channel++) {
      const ofChannel = (_: number, k: number) => k % channels === channel;
      const alone = filter(Float64Array.from(values.filter(ofChannel)), frameCount, 1, frameTime);
      expectNear(alone, all.filter(ofChannel), 12);
    }
  });

  test('refuses a gap and sizes that do not fit', () => {
    expect(() => filter(Float64Array.of(0, 1, 2, Number.NaN), 2, 2, 1 / 30)).toThrow(
      'frame 1, channel 1 is NaN',
    );
    expect(() => filter(new Float64Array(5), 2, 2, 1 / 30)).toThrow(
      '5 values are not 2 frames of 2 channels',
    );
    expect(() => filter(new Float64Array(4), 2, 2, 0)).toThrow('frameTime is 0');
    expect(() => filter(new Float64Array(0), 0, 2, 1 / 30)).toThrow('frameCount is 0');
  });
});

test('all but the median, which keeps alternation, take most of the shaking off a joint at rest', () => {
  const values = new Float64Array(120).map((_, k) => 1 + 0.01 * (k % 2 === 0 ? 1 : -1));
  for (const name of FILTER_NAMES) {
    if (name === 'median') continue;
    const out = createFilter(name)(values, 120, 1, 1 / 60);
    for (let frame = 30; frame < 90; frame++) expect(Math.abs(out[frame] - 1), name).toBeLessThan(0.003);
  }
});

test('centred filters do not lag: a clip played backwards filters to the result backwards', () => {
  const { values, frameCount, frameTime } = golden.signals.fast;
  const forwards = Float64Array.from(values);
  for (const name of CENTRED) {
    const there = createFilter(name)(forwards, frameCount, 1, frameTime);
    const back = createFilter(name)(forwards.toReversed(), frameCount, 1, frameTime).toReversed();
    // The backward Butterworth pass starts from what the forward one left, so only its middle is symmetric.
    const margin = name === 'butterworth' ? 20 : 0;
    expectNear(
      there.slice(margin, 50 - margin),
      back.slice(margin, 50 - margin),
      name === 'butterworth' ? 2 : 9,
    );
  }
});

test('savgol gives back any polynomial of its degree, ends included', () => {
  const values = new Float64Array(30).map((_, k) => 2 - 0.3 * k + 0.02 * k * k - 0.001 * k ** 3);
  expectNear(createFilter('savgol', { degree: 3 })(values, 30, 1, 1 / 30), values, 10);
});

test('a savgol window longer than the clip shrinks to it', () => {
  const line = Float64Array.of(1, 2, 3, 5);
  // Three frames, degree 1: the mean in the middle, the fitted line at the ends.
  const out = createFilter('savgol', { windowSeconds: 10, degree: 1 })(line, 4, 1, 1 / 30);
  expectNear(out, [1, 2, 10 / 3, 10 / 3 + 1.5], 12);
});

test('butterworth keeps a straight line straight', () => {
  const values = new Float64Array(60).map((_, k) => 1 + 0.1 * k);
  expectNear(
    createFilter('butterworth', { cutoffHz: 6 })(values, 60, 1, 1 / 60).slice(15, 45),
    values.slice(15, 45),
    3,
  );
});

test('two butterworth passes halve the height of a sine at the cutoff', () => {
  const values = new Float64Array(600).map((_, k) => Math.sin((2 * Math.PI * 3 * k) / 60));
  const out = createFilter('butterworth', { cutoffHz: 3 })(values, 600, 1, 1 / 60);
  expectNear(
    out.slice(200, 400),
    values.slice(200, 400).map((value) => value / 2),
    6,
  );
});

test('a cutoff beyond half the frame rate changes nothing', () => {
  const values = Float64Array.of(1, 5, 2, 8);
  expect(createFilter('butterworth', { cutoffHz: 12 })(values, 4, 1, 1 / 24)).toEqual(values);
});

test('the median removes a spike and keeps a step', () => {
  const values = Float64Array.of(0, 0, 9, 0, 0, 1, 1, 1, 1, 1);
  const out = createFilter('median', { windowSeconds: 3 / 30 })(values, 10, 1, 1 / 30);
  expect([...out]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
});

test('one-euro with beta 0 closes the same share of a step in every frame', () => {
  const filter = createFilter('one-euro', { minCutoffHz: 1 / (2 * Math.PI), beta: 0 });
  // The time constant is 1 s and a frame lasts 1 s, so half the distance goes with each frame.
  expectNear(filter(Float64Array.of(0, 8, 8, 8), 4, 1, 1), [0, 4, 6, 7], 12);
});

test('one-euro follows fast motion more closely than slow motion', () => {
  const lag = (speed: number): number => {
    const values = new Float64Array(60).map((_, k) => (speed * k) / 30);
    return (values[59] - createFilter('one-euro')(values, 60, 1, 1 / 30)[59]) / speed;
  };
  expect(lag(2)).toBeLessThan(lag(0.1) * 0.6);
});

test('unknown names and useless parameters are refused', () => {
  expect(() => createFilter('kalman' as FilterName)).toThrow("'kalman' is no filter");
  const values = new Float64Array(3);
  expect(() => createFilter('gaussian', { stdSeconds: 0 })(values, 3, 1, 1)).toThrow('stdSeconds is 0');
  expect(() => createFilter('butterworth', { cutoffHz: Number.NaN })(values, 3, 1, 1)).toThrow(
    'cutoffHz is NaN',
  );
  expect(() => createFilter('savgol', { degree: 1.5 })(values, 3, 1, 1)).toThrow('degree is 1.5');
});
