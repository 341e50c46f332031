import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smoothLine } from './smooth-line.ts';

const ones = (count: number): number[] => new Array(count).fill(1);

describe('smoothLine', () => {
  test('leaves a straight line as it is, whatever the weights and the cutoff', () => {
    const line = fc.record({
      start: fc.double({ min: -5, max: 5, noNaN: true }),
      slope: fc.double({ min: -1, max: 1, noNaN: true }),
      weights: fc.array(fc.double({ min: 0.1, max: 3, noNaN: true }), { minLength: 1, maxLength: 40 }),
      cutoff: fc.double({ min: 0.02, max: 0.4, noNaN: true }),
    });
    fc.assert(
      fc.property(line, ({ start, slope, weights, cutoff }) => {
        const values = weights.map((_, frame) => start + slope * frame);
        const found = smoothLine(values, weights, cutoff);
        for (const [frame, value] of values.entries()) expect(found[frame]).toBeCloseTo(value, 5);
      }),
    );
  });

  test('halves a wave at the cutoff, keeps a slower one and takes a faster one out', () => {
    const count = 801;
    const heightOf = (frequency: number): number => {
      const wave = Array.from({ length: count }, (_, frame) =>
        Math.cos(2 * Math.PI * frequency * (frame - 400)),
      );
      return smoothLine(wave, ones(count), 0.05)[400];
    };
    expect(heightOf(0.05)).toBeCloseTo(0.5, 2);
    expect(heightOf(0.0125)).toBeGreaterThan(0.99);
    expect(heightOf(0.2)).toBeLessThan(0.01);
  });

  test('draws straight through frames of no weight, and reads nothing there', () => {
    const values = [0, 1, 2, Number.NaN, Number.NaN, 5, 6];
    const weights = [1, 1, 1, 0, 0, 1, 1];
    const found = smoothLine(values, weights, 0.2);
    expect(found[3]).toBeCloseTo(3, 6);
    expect(found[4]).toBeCloseTo(4, 6);
  });

  test('a single frame is its own line, and no weight at all gives zeros', () => {
    expect(smoothLine([3], [1], 0.1)[0]).toBeCloseTo(3, 6);
    expect([...smoothLine([3, 4, 5], [0, 0, 0], 0.1)]).toEqual([0, 0, 0]);
  });
});
