import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisAngleToQuat, makeAxisAnglesContinuous, quatToAxisAngle } from './axis-angle.ts';
import { quatAngle } from './quat.ts';

const component = fc.double({ min: -4, max: 4, noNaN: true });

test('a quarter turn about Y is (0, π/2, 0)', () => {
  const v = new Float64Array(3);
  quatToAxisAngle(v, 0, [0, -Math.SQRT1_2, 0, -Math.SQRT1_2], 0);
  expect(v[1]).toBeCloseTo(Math.PI / 2, 12);
});

test('a rotation comes back through its vector, of at most half a turn', () => {
  fc.assert(
    fc.property(component, component, component, fc.constantFrom(1, 1e-9), (x, y, z, scale) => {
      const q = new Float64Array(4);
      const v = new Float64Array(3);
      const back = new Float64Array(4);
      axisAngleToQuat(q, 0, [x * scale, y * scale, z * scale], 0);
      quatToAxisAngle(v, 0, q, 0);
      axisAngleToQuat(back, 0, v, 0);
      expect(quatAngle(q, 0, back, 0)).toBeLessThan(1e-12);
      expect(Math.hypot(v[0], v[1], v[2])).toBeLessThan(Math.PI + 1e-9);
    }),
  );
});

test('two turns about one axis stay a straight line once the vectors are continuous', () => {
  const frameCount = 200;
  const values = new Float64Array(frameCount * 3);
  const q = new Float64Array(4);
  for (let frame = 0; frame < frameCount; frame++) {
    const angle = (frame * 4 * Math.PI) / 199;
    axisAngleToQuat(q, 0, [0.6 * angle, 0, 0.8 * angle], 0);
    quatToAxisAngle(values, frame * 3, q, 0);
  }
  makeAxisAnglesContinuous(values, frameCount, 1);
  for (let frame = 0; frame < frameCount; frame++) {
    expect(values[frame * 3 + 2]).toBeCloseTo((0.8 * frame * 4 * Math.PI) / 199, 6);
  }
});
