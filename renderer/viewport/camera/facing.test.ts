import { expect, test } from 'vitest';
import { facingAzimuth } from './facing.ts';

test('with the left hip at +X the figure looks along +Z', () => {
  expect(facingAzimuth(Float32Array.of(-0.1, 1, 0, 0.1, 1, 0), 0, 3)).toBeCloseTo(0, 6);
});

test('with the left hip at -Z the figure looks along +X', () => {
  expect(facingAzimuth(Float32Array.of(0, 1, 0.1, 0, 1, -0.1), 0, 3)).toBeCloseTo(Math.PI / 2, 6);
});

test('without hips there is no front', () => {
  expect(facingAzimuth(Float32Array.of(Number.NaN, 1, 0, 0.1, 1, 0), 0, 3)).toBeNull();
  expect(facingAzimuth(Float32Array.of(0, 1, 0, 0, 0, 0), 0, 3)).toBeNull();
});
