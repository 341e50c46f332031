import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitLocalLine } from './local-line.ts';

test('a straight line is its own fit, to its ends', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      fc.integer({ min: 2, max: 40 }),
      fc.double({ min: 0.5, max: 6, noNaN: true }),
      (start, step, count, sigma) => {
        const values = Array.from({ length: count }, (_, at) => start + step * at);
        const { level, slope } = fitLocalLine(values, sigma);
        for (let at = 0; at < count; at++) {
          expect(level[at]).toBeCloseTo(values[at], 9);
          expect(slope[at]).toBeCloseTo(step, 9);
        }
      },
    ),
  );
});

test('what never changes stays to the last bit', () => {
  expect(fitLocalLine([0.1, 0.1, 0.1], 2)).toEqual({
    level: Float64Array.of(0.1, 0.1, 0.1),
    slope: new Float64Array(3),
  });
  expect(fitLocalLine([0.3], 2)).toEqual({ level: Float64Array.of(0.3), slope: new Float64Array(1) });
  expect(fitLocalLine([], 2).level).toHaveLength(0);
});

test('shaking is smoothed away', () => {
  const values = Array.from({ length: 41 }, (_, at) => at + (at % 2 === 0 ? 1 : -1));
  const { level, slope } = fitLocalLine(values, 3);
  expect(level[20]).toBeCloseTo(20, 2);
  expect(slope[20]).toBeCloseTo(1, 2);
});

test('no other line is nearer to the samples around, at the ends and between', () => {
  const values = Array.from({ length: 60 }, (_, at) => Math.sin(at / 3) + 0.1 * Math.cos(5 * at));
  const { level, slope } = fitLocalLine(values, 2);
  for (const at of [0, 2, 20, 58]) {
    // Weighted squares within three standard deviations.
    const cost = (a: number, b: number): number =>
      values.reduce((sum, value, other) => {
        const k = other - at;
        return Math.abs(k) > 6 ? sum : sum + Math.exp(-0.5 * (k / 2) ** 2) * (value - a - b * k) ** 2;
      }, 0);
    const best = cost(level[at], slope[at]);
    for (const step of [1e-3, -1e-3]) {
      expect(cost(level[at] + step, slope[at])).toBeGreaterThan(best);
      expect(cost(level[at], slope[at] + step)).toBeGreaterThan(best);
    }
  }
});
