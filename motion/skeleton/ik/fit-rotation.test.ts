import { expect, test } from 'vitest';
import { axisAngleToQuat } from '../../math/axis-angle.ts';
import { quatAngle, rotateVec3 } from '../../math/quat.ts';
import { fitRotation } from './fit-rotation.ts';

const HIPS_AND_SPINE = [-0.1, 0, 0, 0.1, 0, 0, 0, 0.2, 0];

function rotated(offsets: readonly number[], vector: readonly number[]): Float64Array {
  const q = new Float64Array(4);
  const out = new Float64Array(offsets.length);
  axisAngleToQuat(q, 0, vector, 0);
  for (let at = 0; at < offsets.length; at += 3) rotateVec3(out, at, q, 0, offsets, at);
  return out;
}

test('any rotation of three offsets is found, half turns included', () => {
  const from = Float64Array.from(HIPS_AND_SPINE);
  const weights = Float64Array.of(1, 1, 1);
  for (const vector of [
    [0.3, -0.2, 0.1],
    [0, 2, 0],
    [0, Math.PI, 0],
    [Math.PI, 0, 0],
    [0, 0, 3.1],
    [1.8, 1.8, -1.8],
  ]) {
    const expected = new Float64Array(4);
    const found = new Float64Array(4);
    axisAngleToQuat(expected, 0, vector, 0);
    fitRotation(found, 0, from, rotated(HIPS_AND_SPINE, vector), weights, 3);
    expect(quatAngle(expected, 0, found, 0)).toBeLessThan(0.01);
  }
});

test('offsets on one line turn with the line, not about it, and noise across the line does not spin them', () => {
  // 1 mm beside a line of 20 cm: pointing them elsewhere would take a quarter turn about the line.
  const from = Float64Array.of(-0.1, 0.001, 0, 0.1, 0.001, 0);
  const to = Float64Array.of(-0.1, 0, 0.001, 0.1, 0, 0.001);
  const found = new Float64Array(4);
  fitRotation(found, 0, from, to, Float64Array.of(1, 1), 2);
  expect(quatAngle([0, 0, 0, 1], 0, found, 0)).toBeLessThan(0.15);
  const turned = rotated([-0.1, 0, 0, 0.1, 0, 0], [0, 0.5, 0]);
  fitRotation(found, 0, Float64Array.of(-0.1, 0, 0, 0.1, 0, 0), turned, Float64Array.of(1, 1), 2);
  expect(2 * Math.asin(found[1])).toBeCloseTo(0.5, 5);
});

test('equal offsets give exactly no rotation', () => {
  const found = new Float64Array(4);
  fitRotation(
    found,
    0,
    Float64Array.from(HIPS_AND_SPINE),
    Float64Array.from(HIPS_AND_SPINE),
    Float64Array.of(1, 1, 1),
    3,
  );
  expect(quatAngle([0, 0, 0, 1], 0, found, 0)).toBe(0);
});
