import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fitCamera } from './fit-camera.ts';

const LEVEL = Math.PI / 2;
const SQUARE = { tanHalfFov: 0.5, aspect: 1 };
const FILL = { height: 0.7, width: 0.9 };

test('a pole of 1.8 m fills 70 % of the height of the picture', () => {
  const fit = fitCamera(Float32Array.of(3, 0, 1, 3, 1.8, 1), 0, LEVEL, SQUARE, FILL);
  expect(fit?.x).toBeCloseTo(3, 6);
  expect(fit?.y).toBeCloseTo(0.9, 6);
  expect(fit?.z).toBeCloseTo(1, 6);
  // The picture is 2 · tanHalfFov · distance = distance metres high there.
  expect(1.8 / (fit?.distance ?? 0)).toBeCloseTo(0.7, 6);
});

test('in a narrow picture the width decides', () => {
  const fit = fitCamera(
    Float32Array.of(-1, 0, 0, 1, 0.1, 0),
    0,
    LEVEL,
    { tanHalfFov: 0.5, aspect: 0.5 },
    FILL,
  );
  expect(2 / ((fit?.distance ?? 0) * 0.5)).toBeCloseTo(0.9, 6);
});

test('seen from the side, depth is width: an arm reaching along X does not widen the picture', () => {
  const points = Float32Array.of(0, 0, 0, 0, 1, 0, 2, 0.5, 0);
  const front = fitCamera(points, 0, LEVEL, SQUARE, FILL);
  const side = fitCamera(points, Math.PI / 2, LEVEL, SQUARE, FILL);
  expect(front?.distance).toBeCloseTo(2 / 0.9, 5);
  // Nearest point 1 m before the middle, half a metre above or below it at the far end.
  expect(side?.distance).toBeCloseTo(Math.max(0.5 / 0.35 - 1, 1), 5);
});

test('every point lies within the part asked for, from any direction', () => {
  const part = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(part, part, part), { minLength: 2, maxLength: 8 }),
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.1, max: 3, noNaN: true }),
      (points, azimuth, polar) => {
        const fit = fitCamera(Float32Array.from(points.flat()), azimuth, polar, SQUARE, FILL);
        if (fit === null) throw new Error('points there are');
        const back = [
          Math.sin(polar) * Math.sin(azimuth),
          Math.cos(polar),
          Math.sin(polar) * Math.cos(azimuth),
        ];
        const right = [Math.cos(azimuth), 0, -Math.sin(azimuth)];
        for (const [x, y, z] of points) {
          const offset = [x - fit.x, y - fit.y, z - fit.z];
          const dot = (axis: number[]) => offset[0] * axis[0] + offset[1] * axis[1] + offset[2] * axis[2];
          const depth = fit.distance - dot(back);
          expect(Math.abs(dot(right))).toBeLessThanOrEqual(depth * 0.5 * FILL.width + 1e-4);
        }
      },
    ),
  );
});

test('points nobody saw give no camera, and do not disturb those that were seen', () => {
  expect(fitCamera(new Float32Array(6).fill(Number.NaN), 0, LEVEL, SQUARE, FILL)).toBeNull();
  const some = Float32Array.of(0, 0, 0, Number.NaN, Number.NaN, Number.NaN, 0, 1, 0);
  expect(fitCamera(some, 0, LEVEL, SQUARE, FILL)?.y).toBeCloseTo(0.5, 6);
});
