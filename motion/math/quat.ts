/**
 * Quaternions xyzw (Hamilton product, active rotations) inside longer arrays: `array[offset..offset+3]`.
 * Inputs are unit quaternions unless said otherwise. `out` may alias an input.
 */

/** out = a · b: the rotation b first, then a. */
export function multiplyQuat(
  out: Float64Array,
  o: number,
  a: ArrayLike<number>,
  ao: number,
  b: ArrayLike<number>,
  bo: number,
): void {
  const ax = a[ao];
  const ay = a[ao + 1];
  const az = a[ao + 2];
  const aw = a[ao + 3];
  const bx = b[bo];
  const by = b[bo + 1];
  const bz = b[bo + 2];
  const bw = b[bo + 3];
  out[o] = aw * bx + ax * bw + ay * bz - az * by;
  out[o + 1] = aw * by - ax * bz + ay * bw + az * bx;
  out[o + 2] = aw * bz + ax * by - ay * bx + az * bw;
  out[o + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

/** out = conj(a) · b: the rotation that takes a to b in a's own frame (b = a · out). */
export function multiplyConjugateQuat(
  out: Float64Array,
  o: number,
  a: ArrayLike<number>,
  ao: number,
  b: ArrayLike<number>,
  bo: number,
): void {
  const ax = -a[ao];
  const ay = -a[ao + 1];
  const az = -a[ao + 2];
  const aw = a[ao + 3];
  const bx = b[bo];
  const by = b[bo + 1];
  const bz = b[bo + 2];
  const bw = b[bo + 3];
  out[o] = aw * bx + ax * bw + ay * bz - az * by;
  out[o + 1] = aw * by - ax * bz + ay * bw + az * bx;
  out[o + 2] = aw * bz + ax * by - ay * bx + az * bw;
  out[o + 3] = aw * bw - ax * bx - ay * by - az * bz;
}

/** Rotates the vector v by q. */
export function rotateVec3(
  out: Float64Array,
  o: number,
  q: ArrayLike<number>,
  qo: number,
  v: ArrayLike<number>,
  vo: number,
): void {
  const x = q[qo];
  const y = q[qo + 1];
  const z = q[qo + 2];
  const w = q[qo + 3];
  const vx = v[vo];
  const vy = v[vo + 1];
  const vz = v[vo + 2];
  // v + 2w (u × v) + 2u × (u × v), with u the vector part.
  const tx = 2 * (y * vz - z * vy);
  const ty = 2 * (z * vx - x * vz);
  const tz = 2 * (x * vy - y * vx);
  out[o] = vx + w * tx + y * tz - z * ty;
  out[o + 1] = vy + w * ty + z * tx - x * tz;
  out[o + 2] = vz + w * tz + x * ty - y * tx;
}

export function conjugateQuat(out: Float64Array, o: number, q: ArrayLike<number>, qo: number): void {
  out[o] = -q[qo];
  out[o + 1] = -q[qo + 1];
  out[o + 2] = -q[qo + 2];
  out[o + 3] = q[qo + 3];
}

export function copyQuat(out: Float64Array, o: number, q: ArrayLike<number>, qo: number): void {
  out[o] = q[qo];
  out[o + 1] = q[qo + 1];
  out[o + 2] = q[qo + 2];
  out[o + 3] = q[qo + 3];
}

export function setIdentityQuat(out: Float64Array, o: number): void {
  out[o] = 0;
  out[o + 1] = 0;
  out[o + 2] = 0;
  out[o + 3] = 1;
}

/** Scales to length 1 in place; a zero quaternion becomes the identity. */
export function normalizeQuat(q: Float64Array, o: number): void {
  const length = Math.sqrt(dotQuat(q, o, q, o));
  if (!(length > 0)) {
    setIdentityQuat(q, o);
    return;
  }
  q[o] /= length;
  q[o + 1] /= length;
  q[o + 2] /= length;
  q[o + 3] /= length;
}

export function dotQuat(a: ArrayLike<number>, ao: number, b: ArrayLike<number>, bo: number): number {
  return a[ao] * b[bo] + a[ao + 1] * b[bo + 1] + a[ao + 2] * b[bo + 2] + a[ao + 3] * b[bo + 3];
}

/** Angle of the rotation that takes a to b, radians, 0..π; q and -q are the same rotation. */
export function quatAngle(a: ArrayLike<number>, ao: number, b: ArrayLike<number>, bo: number): number {
  // atan2 of |a - b| and |a + b| keeps full accuracy near 0, where acos of the dot product has half the digits.
  const sign = dotQuat(a, ao, b, bo) < 0 ? -1 : 1;
  let difference = 0;
  let sum = 0;
  for (let component = 0; component < 4; component++) {
    const p = a[ao + component];
    const q = sign * b[bo + component];
    difference += (p - q) * (p - q);
    sum += (p + q) * (p + q);
  }
  return 4 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
}

/**
 * The smallest rotation that takes the direction `from` to the direction `to` (lengths do not matter).
 * Opposite directions turn about an axis perpendicular to `from` that depends on `from` only; a zero vector
 * gives the identity.
 */
export function quatBetween(
  out: Float64Array,
  o: number,
  from: ArrayLike<number>,
  fo: number,
  to: ArrayLike<number>,
  to_: number,
): void {
  let fx = from[fo];
  let fy = from[fo + 1];
  let fz = from[fo + 2];
  let tx = to[to_];
  let ty = to[to_ + 1];
  let tz = to[to_ + 2];
  const fromLength = Math.sqrt(fx * fx + fy * fy + fz * fz);
  const toLength = Math.sqrt(tx * tx + ty * ty + tz * tz);
  if (!(fromLength > 0) || !(toLength > 0)) {
    setIdentityQuat(out, o);
    return;
  }
  fx /= fromLength;
  fy /= fromLength;
  fz /= fromLength;
  tx /= toLength;
  ty /= toLength;
  tz /= toLength;
  // With unit vectors f, t the rotation is (f × t, 1 + f·t), normalised; 1 + f·t = |f + t|² / 2 does not
  // cancel near 180°.
  const sx = fx + tx;
  const sy = fy + ty;
  const sz = fz + tz;
  let x = fy * tz - fz * ty;
  let y = fz * tx - fx * tz;
  let z = fx * ty - fy * tx;
  let w = (sx * sx + sy * sy + sz * sz) / 2;
  let length = Math.sqrt(x * x + y * y + z * z + w * w);
  // Below this the cross product is rounding noise (each component carries about 1e-16).
  if (length < 1e-12) {
    const ax = Math.abs(fx);
    const ay = Math.abs(fy);
    const az = Math.abs(fz);
    // Perpendicular to f: the cross product with the coordinate axis that f has least of.
    x = ax <= ay && ax <= az ? 0 : ay <= az ? -fz : fy;
    y = ax <= ay && ax <= az ? fz : ay <= az ? 0 : -fx;
    z = ax <= ay && ax <= az ? -fy : ay <= az ? fx : 0;
    w = 0;
    length = Math.sqrt(x * x + y * y + z * z);
  }
  out[o] = x / length;
  out[o + 1] = y / length;
  out[o + 2] = z / length;
  out[o + 3] = w / length;
}

/** Spherical interpolation along the shorter arc; amount 0 gives a, 1 gives b (or -b). */
export function slerpQuat(
  out: Float64Array,
  o: number,
  a: ArrayLike<number>,
  ao: number,
  b: ArrayLike<number>,
  bo: number,
  amount: number,
): void {
  const sign = dotQuat(a, ao, b, bo) < 0 ? -1 : 1;
  const half = quatAngle(a, ao, b, bo) / 2;
  const sine = Math.sin(half);
  // For tiny angles sin(s·h)/sin(h) is s to within h², below rounding at 1e-8.
  const toB = sign * (sine > 1e-8 ? Math.sin(amount * half) / sine : amount);
  const toA = sine > 1e-8 ? Math.sin((1 - amount) * half) / sine : 1 - amount;
  for (let component = 0; component < 4; component++) {
    out[o + component] = toA * a[ao + component] + toB * b[bo + component];
  }
  normalizeQuat(out, o);
}

/**
 * Quaternion of a rotation matrix, row-major 3x3 (Shepperd 1978: divide by the largest component). The
 * component with the largest magnitude comes out positive.
 */
export function quatFromMatrix3(out: Float64Array, o: number, m: ArrayLike<number>, mo: number): void {
  const m00 = m[mo];
  const m11 = m[mo + 4];
  const m22 = m[mo + 8];
  const trace = m00 + m11 + m22;
  if (trace >= m00 && trace >= m11 && trace >= m22) {
    out[o] = m[mo + 7] - m[mo + 5];
    out[o + 1] = m[mo + 2] - m[mo + 6];
    out[o + 2] = m[mo + 3] - m[mo + 1];
    out[o + 3] = 1 + trace;
  } else if (m00 >= m11 && m00 >= m22) {
    out[o] = 1 + m00 - m11 - m22;
    out[o + 1] = m[mo + 1] + m[mo + 3];
    out[o + 2] = m[mo + 2] + m[mo + 6];
    out[o + 3] = m[mo + 7] - m[mo + 5];
  } else if (m11 >= m22) {
    out[o] = m[mo + 1] + m[mo + 3];
    out[o + 1] = 1 + m11 - m00 - m22;
    out[o + 2] = m[mo + 5] + m[mo + 7];
    out[o + 3] = m[mo + 2] - m[mo + 6];
  } else {
    out[o] = m[mo + 2] + m[mo + 6];
    out[o + 1] = m[mo + 5] + m[mo + 7];
    out[o + 2] = 1 + m22 - m00 - m11;
    out[o + 3] = m[mo + 3] - m[mo + 1];
  }
  normalizeQuat(out, o);
}

/** Rotation matrix of q, row-major 3x3. */
export function matrix3FromQuat(out: Float64Array, o: number, q: ArrayLike<number>, qo: number): void {
  const x = q[qo];
  const y = q[qo + 1];
  const z = q[qo + 2];
  const w = q[qo + 3];
  out[o] = 1 - 2 * (y * y + z * z);
  out[o + 1] = 2 * (x * y - z * w);
  out[o + 2] = 2 * (x * z + y * w);
  out[o + 3] = 2 * (x * y + z * w);
  out[o + 4] = 1 - 2 * (x * x + z * z);
  out[o + 5] = 2 * (y * z - x * w);
  out[o + 6] = 2 * (x * z - y * w);
  out[o + 7] = 2 * (y * z + x * w);
  out[o + 8] = 1 - 2 * (x * x + y * y);
}

/**
 * Flips signs in place so that each joint's quaternion stays on the side of the frame before it. The
 * rotations do not change. Shape [frame][joint][xyzw].
 */
export function makeQuatsContinuous(values: Float64Array, frameCount: number, jointCount: number): void {
  const stride = jointCount * 4;
  for (let at = stride; at < frameCount * stride; at += 4) {
    if (dotQuat(values, at, values, at - stride) >= 0) continue;
    values[at] = -values[at];
    values[at + 1] = -values[at + 1];
    values[at + 2] = -values[at + 2];
    values[at + 3] = -values[at + 3];
  }
}
