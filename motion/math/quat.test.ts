import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  makeQuatsContinuous,
  matrix3FromQuat,
  multiplyConjugateQuat,
  multiplyQuat,
  normalizeQuat,
  quatAngle,
  quatBetween,
  quatFromMatrix3,
  rotateVec3,
  slerpQuat,
} from './quat.ts';
import { dotVec3, lengthVec3, normalizeVec3 } from './vec3.ts';

const component = fc.double({ min: -1, max: 1, noNaN: true });
const quat = fc
  .tuple(component, component, component, component)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q) => {
    const unit = new Float64Array(q);
    normalizeQuat(unit, 0);
    return unit;
  });
const direction = fc
  .tuple(component, component, component)
  .filter((v) => Math.hypot(...v) > 0.1)
  .map((v) => new Float64Array(v));
const quarterZ = new Float64Array([0, 0, Math.SQRT1_2, Math.SQRT1_2]);
const quarterX = new Float64Array([Math.SQRT1_2, 0, 0, Math.SQRT1_2]);

test('a quarter turn about Z carries +X to +Y, and the product applies its right factor first', () => {
  const v = new Float64Array([1, 0, 0]);
  rotateVec3(v, 0, quarterZ, 0, v, 0);
  expect(v[1]).toBeCloseTo(1, 12);
  const product = new Float64Array(4);
  multiplyQuat(product, 0, quarterX, 0, quarterZ, 0);
  // +X goes to +Y by the turn about Z, then to +Z by the turn about X.
  rotateVec3(v, 0, product, 0, new Float64Array([1, 0, 0]), 0);
  expect(v[2]).toBeCloseTo(1, 12);
});

test('conj(a) · b is what a must be multiplied by to give b', () => {
  fc.assert(
    fc.property(quat, quat, (a, b) => {
      const relative = new Float64Array(4);
      multiplyConjugateQuat(relative, 0, a, 0, b, 0);
      multiplyQuat(relative, 0, a, 0, relative, 0);
      expect(quatAngle(relative, 0, b, 0)).toBeLessThan(1e-12);
    }),
  );
});

test('the swing between two directions reaches the second about an axis perpendicular to both', () => {
  fc.assert(
    fc.property(direction, direction, (from, to) => {
      const q = new Float64Array(4);
      quatBetween(q, 0, from, 0, to, 0);
      const reached = new Float64Array(3);
      rotateVec3(reached, 0, q, 0, from, 0);
      const cosine = dotVec3(reached, 0, to, 0) / (lengthVec3(from, 0) * lengthVec3(to, 0));
      expect(cosine).toBeGreaterThan(1 - 1e-12);
      expect(dotVec3(q, 0, from, 0)).toBeCloseTo(0, 9);
    }),
  );
});

test('the swing stays accurate up to and at 180 degrees, and is exactly nothing between equal vectors', () => {
  const q = new Float64Array(4);
  for (const gap of [1e-3, 1e-6, 1e-9, 1e-13, 0]) {
    for (const from of [
      [1, 0, 0],
      [0, 2, 0],
      [0, 0, 1],
      [0.6, -0.3, 0.2],
    ]) {
      const to = new Float64Array([-from[0] + gap, -from[1] + gap * 0.5, -from[2] - gap]);
      const reached = new Float64Array(3);
      quatBetween(q, 0, from, 0, to, 0);
      rotateVec3(reached, 0, q, 0, from, 0);
      normalizeVec3(reached, 0);
      normalizeVec3(to, 0);
      expect(Math.hypot(reached[0] - to[0], reached[1] - to[1], reached[2] - to[2])).toBeLessThan(1e-8);
    }
  }
  quatBetween(q, 0, [0.1, 0.7, -0.3], 0, [0.1, 0.7, -0.3], 0);
  expect([...q]).toEqual([0, 0, 0, 1]);
});

test('a matrix and back is the same rotation, also at half turns', () => {
  fc.assert(
    fc.property(quat, fc.boolean(), (q, isHalfTurn) => {
      fc.pre(Math.hypot(q[0], q[1], q[2]) > 0.01);
      if (isHalfTurn) q[3] = 0;
      normalizeQuat(q, 0);
      const m = new Float64Array(9);
      const back = new Float64Array(4);
      matrix3FromQuat(m, 0, q, 0);
      quatFromMatrix3(back, 0, m, 0);
      expect(quatAngle(back, 0, q, 0)).toBeLessThan(1e-12);
      // The first column is where +X goes.
      const x = new Float64Array([1, 0, 0]);
      rotateVec3(x, 0, q, 0, x, 0);
      expect(m[3]).toBeCloseTo(x[1], 12);
    }),
  );
});

test('interpolation moves along the shorter arc at constant speed', () => {
  fc.assert(
    fc.property(quat, quat, fc.double({ min: 0, max: 1, noNaN: true }), (a, b, amount) => {
      const whole = quatAngle(a, 0, b, 0);
      fc.pre(whole < 3.1);
      const q = new Float64Array(4);
      slerpQuat(q, 0, a, 0, b, 0, amount);
      expect(quatAngle(a, 0, q, 0)).toBeCloseTo(amount * whole, 7);
      expect(quatAngle(q, 0, b, 0)).toBeCloseTo((1 - amount) * whole, 7);
    }),
  );
});

test('making quaternions continuous flips signs and nothing else', () => {
  const values = new Float64Array([0, 0, 0, 1, 0, 0, -Math.SQRT1_2, -Math.SQRT1_2, 0, 0, 1, 0]);
  makeQuatsContinuous(values, 3, 1);
  const expected = [0, 0, 0, 1, 0, 0, Math.SQRT1_2, Math.SQRT1_2, 0, 0, 1, 0];
  for (let at = 0; at < 12; at++) expect(values[at]).toBeCloseTo(expected[at], 15);
});
