/**
 * Euler angles in the channel order of BVH files. Conversion from quaternions follows Bernardes & Viollet
 * 2022, "Quaternion to Euler angles conversion: a direct, general and computationally efficient method".
 */

import { normalizeQuat } from './quat.ts';

/** Order of the channels: R = R_first · R_second · R_third, rotations about the moving axes in turn. */
export type EulerOrder = 'XYZ' | 'XZY' | 'YXZ' | 'YZX' | 'ZXY' | 'ZYX';

/** Below this distance from ±90° (about 1.4e-8 rad) only the sum or difference of first and third is known. */
const LOCK = 1e-8;
const TURN = 2 * Math.PI;

/** Angles in radians, in channel order, to a quaternion xyzw. */
export function eulerToQuat(
  out: Float64Array,
  outOffset: number,
  first: number,
  second: number,
  third: number,
  order: EulerOrder,
): void {
  const i = order.charCodeAt(0) - 88;
  const j = order.charCodeAt(1) - 88;
  const k = order.charCodeAt(2) - 88;
  const parity = axisParity(i, j);
  const sa = Math.sin(first / 2);
  const ca = Math.cos(first / 2);
  const sb = Math.sin(second / 2);
  const cb = Math.cos(second / 2);
  const sc = Math.sin(third / 2);
  const cc = Math.cos(third / 2);
  out[outOffset + i] = sa * cb * cc + parity * ca * sb * sc;
  out[outOffset + j] = ca * sb * cc - parity * sa * cb * sc;
  out[outOffset + k] = ca * cb * sc + parity * sa * sb * cc;
  out[outOffset + 3] = ca * cb * cc - parity * sa * sb * sc;
  normalizeQuat(out, outOffset);
}

/**
 * A unit quaternion to angles in radians, in channel order. Of all triples that mean the same rotation (both
 * branches of the second angle, any whole turns) the one nearest to `near` is written; `near` defaults to
 * zeros. At gimbal lock (second angle ±90°) the difference or sum of first and third that the rotation leaves
 * open is taken from `near`. `near` may be `out` itself.
 */
export function quatToEuler(
  out: Float64Array,
  outOffset: number,
  q: ArrayLike<number>,
  qOffset: number,
  order: EulerOrder,
  near?: ArrayLike<number>,
  nearOffset = 0,
): void {
  const i = order.charCodeAt(0) - 88;
  const j = order.charCodeAt(1) - 88;
  const k = order.charCodeAt(2) - 88;
  // A left-handed axis triple is a right-handed one with all angles negated.
  const parity = axisParity(i, j);
  const x = parity * q[qOffset + i];
  const y = parity * q[qOffset + j];
  const z = parity * q[qOffset + k];
  const w = q[qOffset + 3];
  const nearFirst = near ? near[nearOffset] : 0;
  const nearSecond = near ? near[nearOffset + 1] : 0;
  const nearThird = near ? near[nearOffset + 2] : 0;

  // With half angles a, b, c of the right-handed triple:
  // (w + y, x + z) = (cos b + sin b) · (cos, sin)(a + c), (w - y, x - z) = (cos b - sin b) · (cos, sin)(a - c).
  const plus = Math.hypot(w + y, x + z);
  const minus = Math.hypot(w - y, x - z);
  const second = parity * 2 * Math.atan2(plus - minus, plus + minus);
  let sum = parity * 2 * Math.atan2(x + z, w + y);
  let difference = parity * 2 * Math.atan2(x - z, w - y);

  if (minus < LOCK * plus || plus < LOCK * minus) {
    if (minus < plus) {
      difference = nearFirst - nearThird;
      sum += TURN * Math.round((nearFirst + nearThird - sum) / TURN);
    } else {
      sum = nearFirst + nearThird;
      difference += TURN * Math.round((nearFirst - nearThird - difference) / TURN);
    }
    out[outOffset] = (sum + difference) / 2;
    out[outOffset + 1] = nearest(second, nearSecond);
    out[outOffset + 2] = (sum - difference) / 2;
    return;
  }

  const first = (sum + difference) / 2;
  const third = (sum - difference) / 2;
  const first0 = nearest(first, nearFirst);
  const second0 = nearest(second, nearSecond);
  const third0 = nearest(third, nearThird);
  const first1 = nearest(first + Math.PI, nearFirst);
  const second1 = nearest(Math.PI - second, nearSecond);
  const third1 = nearest(third + Math.PI, nearThird);
  const distance0 = (first0 - nearFirst) ** 2 + (second0 - nearSecond) ** 2 + (third0 - nearThird) ** 2;
  const distance1 = (first1 - nearFirst) ** 2 + (second1 - nearSecond) ** 2 + (third1 - nearThird) ** 2;
  const isOtherBranch = distance1 < distance0;
  out[outOffset] = isOtherBranch ? first1 : first0;
  out[outOffset + 1] = isOtherBranch ? second1 : second0;
  out[outOffset + 2] = isOtherBranch ? third1 : third0;
}

/** +1 if the axes turn X→Y→Z→X, -1 if backwards. */
function axisParity(i: number, j: number): number {
  return (i + 1) % 3 === j ? 1 : -1;
}

function nearest(angle: number, target: number): number {
  return angle + TURN * Math.round((target - angle) / TURN);
}
