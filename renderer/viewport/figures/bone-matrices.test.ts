import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MATRIX_FLOATS, writeBoneMatrices, writeJointMatrices, writeSegmentMatrix } from './bone-matrices.ts';

/** Where a column-major matrix puts a point. */
function moved(matrix: Float32Array, [x, y, z]: readonly number[]): number[] {
  return [0, 1, 2].map(
    (row) => matrix[row] * x + matrix[4 + row] * y + matrix[8 + row] * z + matrix[12 + row],
  );
}

test('a bone from the hip to the knee has its base at the hip and its tip at the knee', () => {
  const positions = Float32Array.of(9, 9, 9, 0, 1, 0, 0, 0.5, 0.1);
  const out = new Float32Array(MATRIX_FLOATS);
  writeBoneMatrices(positions, 3, Uint16Array.of(0, 1), Float32Array.of(0.02), 1, out, 0);
  expect(moved(out, [0, 0, 0])).toEqual([0, 1, 0]);
  const tip = moved(out, [0, 1, 0]);
  expect(tip[1]).toBeCloseTo(0.5, 6);
  expect(tip[2]).toBeCloseTo(0.1, 6);
});

test('the three axes stay at right angles, right-handed, with the radius across and the length along', () => {
  const part = fc.double({ min: -2, max: 2, noNaN: true });
  fc.assert(
    fc.property(part, part, part, (dx, dy, dz) => {
      const length = Math.hypot(dx, dy, dz);
      fc.pre(length > 0.01);
      const m = new Float32Array(MATRIX_FLOATS);
      writeSegmentMatrix(0, 0, 0, dx, dy, dz, 0.03, m, 0);
      const [side, along, front] = [0, 4, 8].map((at) => [...m.subarray(at, at + 3)]);
      const dot = (a: number[], b: number[]) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
      expect(dot(side, along)).toBeCloseTo(0, 5);
      expect(dot(front, along)).toBeCloseTo(0, 5);
      expect(dot(side, front)).toBeCloseTo(0, 5);
      expect(Math.hypot(...side)).toBeCloseTo(0.03, 5);
      expect(Math.hypot(...front)).toBeCloseTo(0.03, 5);
      expect(Math.hypot(...along)).toBeCloseTo(length, 5);
      const cross = [
        side[1] * along[2] - side[2] * along[1],
        side[2] * along[0] - side[0] * along[2],
        side[0] * along[1] - side[1] * along[0],
      ];
      expect(dot(cross, front)).toBeGreaterThan(0);
    }),
  );
});

test('a bone along the roll direction still has a cross-section', () => {
  const m = new Float32Array(MATRIX_FLOATS);
  writeSegmentMatrix(0, 0, 0, 0.36, 0.48, 0.8, 0.02, m, 0);
  expect(Math.hypot(m[0], m[1], m[2])).toBeCloseTo(0.02, 6);
});

test('an unseen joint draws neither its sphere nor its bones, and the others stay', () => {
  const positions = Float32Array.of(0, 0, 0, Number.NaN, Number.NaN, Number.NaN, 0, 2, 0);
  const bones = new Float32Array(2 * MATRIX_FLOATS).fill(7);
  writeBoneMatrices(positions, 0, Uint16Array.of(0, 1, 0, 2), Float32Array.of(1, 1), 1, bones, 0);
  expect([...bones.subarray(0, 16)]).toEqual(new Array(16).fill(0));
  expect(bones[MATRIX_FLOATS + 5]).toBe(2);
  const joints = new Float32Array(3 * MATRIX_FLOATS).fill(7);
  writeJointMatrices(positions, 0, Float32Array.of(0.1, 0.1, 0.1), 2, joints);
  expect([...joints.subarray(16, 32)]).toEqual(new Array(16).fill(0));
  expect(joints[32]).toBeCloseTo(0.2, 6);
  expect(joints[32 + 13]).toBe(2);
});
