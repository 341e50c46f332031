import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type EulerOrder, eulerToQuat, quatToEuler } from './euler.ts';
import { multiplyQuat, quatAngle } from './quat.ts';

const ORDERS: readonly EulerOrder[] = ['XYZ', 'XZY', 'YXZ', 'YZX', 'ZXY', 'ZYX'];
const angle = fc.double({ min: -12, max: 12, noNaN: true });
const order = fc.constantFrom(...ORDERS);

function axisQuat(axis: string, radians: number): Float64Array {
  const q = new Float64Array([0, 0, 0, Math.cos(radians / 2)]);
  q['XYZ'.indexOf(axis)] = Math.sin(radians / 2);
  return q;
}

function quatOf(first: number, second: number, third: number, eulerOrder: EulerOrder): Float64Array {
  const q = new Float64Array(4);
  eulerToQuat(q, 0, first, second, third, eulerOrder);
  return q;
}

test('the quaternion is the product of the three axis rotations in channel order', () => {
  fc.assert(
    fc.property(angle, angle, angle, order, (first, second, third, eulerOrder) => {
      const product = axisQuat(eulerOrder[0], first);
      multiplyQuat(product, 0, product, 0, axisQuat(eulerOrder[1], second), 0);
      multiplyQuat(product, 0, product, 0, axisQuat(eulerOrder[2], third), 0);
      expect(quatAngle(quatOf(first, second, third, eulerOrder), 0, product, 0)).toBeLessThan(1e-12);
    }),
  );
});

test('angles come back exactly when the near triple is within a quarter turn of them', () => {
  const offset = fc.double({ min: -0.4, max: 0.4, noNaN: true });
  fc.assert(
    fc.property(
      fc.tuple(angle, angle, angle),
      fc.tuple(offset, offset, offset),
      order,
      (angles, offsets, eulerOrder) => {
        // Where the two branches are closer to each other than to `near`, either is a right answer.
        fc.pre(Math.abs(Math.cos(angles[1])) > 0.6);
        const out = new Float64Array(3);
        const near = angles.map((value, channel) => value + offsets[channel]);
        quatToEuler(out, 0, quatOf(...angles, eulerOrder), 0, eulerOrder, near);
        for (let channel = 0; channel < 3; channel++) expect(out[channel]).toBeCloseTo(angles[channel], 9);
      },
    ),
  );
});

test('whatever the near triple, the angles mean the same rotation and no equivalent triple is nearer', () => {
  fc.assert(
    fc.property(
      fc.tuple(angle, angle, angle),
      fc.tuple(angle, angle, angle),
      order,
      (angles, near, eulerOrder) => {
        const q = quatOf(...angles, eulerOrder);
        const out = new Float64Array(3);
        quatToEuler(out, 0, q, 0, eulerOrder, near);
        expect(quatAngle(quatOf(out[0], out[1], out[2], eulerOrder), 0, q, 0)).toBeLessThan(3e-8);
        const found = distance(out, near);
        for (let turns = 0; turns < 125; turns++) {
          const shift = [turns % 5, Math.floor(turns / 5) % 5, Math.floor(turns / 25)].map(
            (t) => (t - 2) * 2 * Math.PI,
          );
          const same = [out[0] + shift[0], out[1] + shift[1], out[2] + shift[2]];
          const other = [
            out[0] + Math.PI + shift[0],
            Math.PI - out[1] + shift[1],
            out[2] + Math.PI + shift[2],
          ];
          expect(distance(same, near)).toBeGreaterThan(found - 1e-9);
          expect(distance(other, near)).toBeGreaterThan(found - 1e-9);
        }
      },
    ),
  );
});

test('at gimbal lock the split between first and third stays that of the near triple', () => {
  fc.assert(
    fc.property(angle, angle, fc.constantFrom(1, -1), order, (first, third, side, eulerOrder) => {
      const second = (side * Math.PI) / 2;
      const q = quatOf(first, second, third, eulerOrder);
      const out = new Float64Array(3);
      quatToEuler(out, 0, q, 0, eulerOrder, [first, second, third]);
      expect(out[0]).toBeCloseTo(first, 7);
      expect(out[1]).toBeCloseTo(second, 7);
      expect(out[2]).toBeCloseTo(third, 7);
      // Without a near triple it is still the same rotation.
      quatToEuler(out, 0, q, 0, eulerOrder);
      expect(quatAngle(quatOf(out[0], out[1], out[2], eulerOrder), 0, q, 0)).toBeLessThan(3e-8);
    }),
  );
});

test('a curve through gimbal lock and past a whole turn is followed without a jump', () => {
  for (const eulerOrder of ORDERS) {
    const out = new Float64Array([0.3, 0, -0.2]);
    for (let frame = 0; frame <= 400; frame++) {
      // The second angle crosses 90° and the first passes 360°.
      const angles = [0.3 + frame * 0.02, frame * 0.005, -0.2 - frame * 0.01] as const;
      quatToEuler(out, 0, quatOf(...angles, eulerOrder), 0, eulerOrder, out);
      for (let channel = 0; channel < 3; channel++) expect(out[channel]).toBeCloseTo(angles[channel], 6);
    }
  }
});

function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}
