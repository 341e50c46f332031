/** What a perspective camera sees. */
export interface Lens {
  /** Tangent of half the vertical field of view. */
  readonly tanHalfFov: number;
  /** Width over height. */
  readonly aspect: number;
}

/** Where to look, and from how far. Metres. */
export interface CameraFit {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly distance: number;
}

/** Part of the picture's height and width the points may take. */
export interface Fill {
  readonly height: number;
  readonly width: number;
}

/**
 * The nearest camera of a direction that keeps all points within a part of the picture. Null if every point is
 * NaN. A point at height h above the view's axis and depth d towards the camera stays inside a part p of the
 * picture iff distance ≥ |h| / (p · tanHalfFov) + d; likewise across.
 *
 * @param points metres, [point][xyz].
 * @param azimuth radians, 0 looks from +Z, a quarter turn from +X.
 * @param polar radians from +Y: half π is level.
 */
export function fitCamera(
  points: Float32Array,
  azimuth: number,
  polar: number,
  lens: Lens,
  fill: Fill,
): CameraFit | null {
  const back = [Math.sin(polar) * Math.sin(azimuth), Math.cos(polar), Math.sin(polar) * Math.cos(azimuth)];
  const right = [Math.cos(azimuth), 0, -Math.sin(azimuth)];
  const up = [
    back[1] * right[2] - back[2] * right[1],
    back[2] * right[0] - back[0] * right[2],
    back[0] * right[1] - back[1] * right[0],
  ];
  const middle = [right, up, back].map((axis) => middleAlong(points, axis));
  if (middle.some(Number.isNaN)) return null;
  let distance = 0;
  for (let at = 0; at + 2 < points.length; at += 3) {
    const across = Math.abs(along(points, at, right) - middle[0]);
    const height = Math.abs(along(points, at, up) - middle[1]);
    const depth = along(points, at, back) - middle[2];
    const needed =
      depth + Math.max(height / fill.height, across / (fill.width * lens.aspect)) / lens.tanHalfFov;
    if (needed > distance) distance = needed;
  }
  const [x, y, z] = [0, 1, 2].map(
    (axis) => middle[0] * right[axis] + middle[1] * up[axis] + middle[2] * back[axis],
  );
  return { x, y, z, distance };
}

function middleAlong(points: Float32Array, axis: readonly number[]): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at + 2 < points.length; at += 3) {
    const value = along(points, at, axis);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low + (high - low) / 2;
}

function along(points: Float32Array, at: number, axis: readonly number[]): number {
  return points[at] * axis[0] + points[at + 1] * axis[1] + points[at + 2] * axis[2];
}
