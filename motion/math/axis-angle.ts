/** Axis-angle vectors (SMPL's `poses`, "rotation vectors"): the axis times the angle in radians, xyz. */

/** Any angle is accepted; the zero vector is the identity. */
export function axisAngleToQuat(out: Float64Array, o: number, v: ArrayLike<number>, vo: number): void {
  const x = v[vo];
  const y = v[vo + 1];
  const z = v[vo + 2];
  const angle = Math.sqrt(x * x + y * y + z * z);
  // sin(a/2)/a tends to 1/2; its next term a²/48 is below rounding under 1e-7.
  const scale = angle < 1e-7 ? 0.5 : Math.sin(angle / 2) / angle;
  out[o] = x * scale;
  out[o + 1] = y * scale;
  out[o + 2] = z * scale;
  out[o + 3] = Math.cos(angle / 2);
}

/** The vector of a unit quaternion with an angle of 0..π. */
export function quatToAxisAngle(out: Float64Array, o: number, q: ArrayLike<number>, qo: number): void {
  const sign = q[qo + 3] < 0 ? -1 : 1;
  const x = sign * q[qo];
  const y = sign * q[qo + 1];
  const z = sign * q[qo + 2];
  const sine = Math.sqrt(x * x + y * y + z * z);
  const scale = sine < 1e-12 ? 2 : (2 * Math.atan2(sine, sign * q[qo + 3])) / sine;
  out[o] = x * scale;
  out[o + 1] = y * scale;
  out[o + 2] = z * scale;
}

/**
 * Adds whole turns in place so that each joint's vector is the one nearest to the frame before it. The
 * rotations do not change. Shape [frame][joint][xyz].
 */
export function makeAxisAnglesContinuous(values: Float64Array, frameCount: number, jointCount: number): void {
  const stride = jointCount * 3;
  for (let at = stride; at < frameCount * stride; at += 3) {
    const before = at - stride;
    const angle = Math.hypot(values[at], values[at + 1], values[at + 2]);
    const angleBefore = Math.hypot(values[before], values[before + 1], values[before + 2]);
    // Near no rotation the axis is rounding noise: the axis of the frame before stands for it.
    const isTiny = angle < 1e-9;
    const length = isTiny ? angleBefore : angle;
    if (length < 1e-9) continue;
    const source = isTiny ? before : at;
    const x = values[source] / length;
    const y = values[source + 1] / length;
    const z = values[source + 2] / length;
    // The equivalent vectors are (angle + 2πk) · axis; the nearest has the angle closest to the projection.
    const along = values[before] * x + values[before + 1] * y + values[before + 2] * z;
    const own = isTiny ? 0 : angle;
    const turns = Math.round((along - own) / (2 * Math.PI));
    if (turns === 0) continue;
    const wanted = own + turns * 2 * Math.PI;
    values[at] = wanted * x;
    values[at + 1] = wanted * y;
    values[at + 2] = wanted * z;
  }
}
