import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commonUp, levelRotation, turnPoint } from './level.ts';

const unitVector = fc
  .tuple(...[0, 1, 2].map(() => fc.double({ min: -1, max: 1, noNaN: true })))
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => v.map((value) => value / Math.hypot(...v)) as unknown as [number, number, number])
  .filter(([, y]) => y > -0.9);

describe('levelRotation', () => {
  test('carries up to Y, keeps lengths and sides, and leaves the axis it turns about alone', () => {
    fc.assert(
      fc.property(unitVector, (up) => {
        const matrix = levelRotation(up);
        const out = new Float64Array(3);
        turnPoint(out, 0, matrix, up, 0);
        expect(out[0]).toBeCloseTo(0, 9);
        expect(out[1]).toBeCloseTo(1, 9);
        expect(out[2]).toBeCloseTo(0, 9);
        const [a, b, c, d, e, f, g, h, i] = matrix;
        expect(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)).toBeCloseTo(1, 9);
        turnPoint(out, 0, matrix, [up[2], 0, -up[0]], 0);
        expect(out[0]).toBeCloseTo(up[2], 9);
        expect(out[2]).toBeCloseTo(-up[0], 9);
      }),
    );
  });

  test('a camera that looks down by 20 degrees is raised by 20 degrees', () => {
    const tilt = (20 * Math.PI) / 180;
    const out = new Float64Array(3);
    // Ahead of the camera lies -z; in the world that is 20 degrees below the horizon.
    turnPoint(out, 0, levelRotation([0, Math.cos(tilt), Math.sin(tilt)]), [0, 0, -1], 0);
    expect(out[1]).toBeCloseTo(-Math.sin(tilt), 9);
    expect(out[2]).toBeCloseTo(-Math.cos(tilt), 9);
  });
});

describe('commonUp', () => {
  test('is the mean over the frames that count', () => {
    const tilt = 0.2;
    const ups = [0, Math.cos(tilt), Math.sin(tilt), 0, Math.cos(tilt), -Math.sin(tilt), 1, 0, 0];
    const { up, isBelieved } = commonUp(ups, [1, 1, 0]);
    expect(isBelieved).toBe(true);
    expect(up[1]).toBeCloseTo(1, 9);
  });

  test('never turns a figure on its head', () => {
    expect(commonUp([0, -1, 0], [1])).toEqual({ up: [0, 1, 0], isBelieved: false });
    expect(commonUp([1, 0, 0], [1]).isBelieved).toBe(false);
    expect(commonUp([0, 1, 0], [0]).isBelieved).toBe(false);
  });
});
