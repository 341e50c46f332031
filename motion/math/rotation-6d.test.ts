import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeQuat, quatAngle } from './quat.ts';
import { quatToRotation6d, rotation6dToQuat } from './rotation-6d.ts';

const component = fc.double({ min: -1, max: 1, noNaN: true });

test('a quarter turn about Z has the columns +Y and -X', () => {
  const sixD = new Float64Array(6);
  quatToRotation6d(sixD, 0, [0, 0, Math.SQRT1_2, Math.SQRT1_2], 0);
  const expected = [0, 1, 0, -1, 0, 0];
  for (let at = 0; at < 6; at++) expect(sixD[at]).toBeCloseTo(expected[at], 12);
});

test('a rotation comes back, also when its columns were scaled and the second leans on the first', () => {
  fc.assert(
    fc.property(fc.tuple(component, component, component, component), component, (values, lean) => {
      fc.pre(Math.hypot(...values) > 0.1);
      const q = new Float64Array(values);
      normalizeQuat(q, 0);
      const sixD = new Float64Array(6);
      const back = new Float64Array(4);
      quatToRotation6d(sixD, 0, q, 0);
      for (let row = 0; row < 3; row++) {
        sixD[3 + row] = 0.3 * sixD[3 + row] + lean * sixD[row];
        sixD[row] *= 2;
      }
      rotation6dToQuat(back, 0, sixD, 0);
      expect(quatAngle(q, 0, back, 0)).toBeLessThan(1e-9);
    }),
  );
});

test('parallel columns name no rotation and are refused', () => {
  expect(() => rotation6dToQuat(new Float64Array(4), 0, [1, 0, 0, 2, 0, 0], 0)).toThrow(RangeError);
  expect(() => rotation6dToQuat(new Float64Array(4), 0, [0, 0, 0, 0, 1, 0], 0)).toThrow(RangeError);
});
