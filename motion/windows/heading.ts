import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';

/**
 * Where a window stands and which way it faces: its own coordinate frame is centred on the mean pelvis, with
 * the mean left-right axis of hips and shoulders on +X, so that the body faces +Z. The path of the root within
 * the window is kept. Written by `findHeading`: [origin x, y, z, cos yaw, sin yaw].
 */
export const HEADING_SIZE = 5;

/** Below this horizontal length (metres, summed over hips and shoulders) the left-right axis says nothing. */
const SHORTEST_AXIS = 1e-6;

/** Finds the frame of a body-17 window, [frame][17][xyz] metres, Y up, at `offset`. */
export function findHeading(
  out: Float64Array,
  window: ArrayLike<number>,
  offset: number,
  frames: number,
): void {
  let x = 0;
  let y = 0;
  let z = 0;
  let acrossX = 0;
  let acrossZ = 0;
  for (let frame = 0; frame < frames; frame++) {
    const first = offset + frame * BODY17_COUNT * 3;
    const at = (joint: number, axis: number): number => window[first + joint * 3 + axis];
    x += at(BODY17.pelvis, 0);
    y += at(BODY17.pelvis, 1);
    z += at(BODY17.pelvis, 2);
    acrossX += at(BODY17.leftHip, 0) - at(BODY17.rightHip, 0);
    acrossX += at(BODY17.leftShoulder, 0) - at(BODY17.rightShoulder, 0);
    acrossZ += at(BODY17.leftHip, 2) - at(BODY17.rightHip, 2);
    acrossZ += at(BODY17.leftShoulder, 2) - at(BODY17.rightShoulder, 2);
  }
  out[0] = x / frames;
  out[1] = y / frames;
  out[2] = z / frames;
  const length = Math.hypot(acrossX, acrossZ) / frames;
  out[3] = length > SHORTEST_AXIS ? acrossX / frames / length : 1;
  out[4] = length > SHORTEST_AXIS ? acrossZ / frames / length : 0;
}

/** World to window coordinates, for `count` points. `out` may be `points`. */
export function toHeading(
  out: Float32Array | Float64Array,
  outOffset: number,
  points: ArrayLike<number>,
  offset: number,
  count: number,
  heading: Float64Array,
): void {
  const [originX, originY, originZ, c, s] = heading;
  for (let point = 0; point < count; point++) {
    const x = points[offset + point * 3] - originX;
    const z = points[offset + point * 3 + 2] - originZ;
    out[outOffset + point * 3] = x * c + z * s;
    out[outOffset + point * 3 + 1] = points[offset + point * 3 + 1] - originY;
    out[outOffset + point * 3 + 2] = z * c - x * s;
  }
}

/** Window to world coordinates, for `count` points. `out` may be `points`. */
export function fromHeading(
  out: Float32Array | Float64Array,
  outOffset: number,
  points: ArrayLike<number>,
  offset: number,
  count: number,
  heading: Float64Array,
): void {
  const [originX, originY, originZ, c, s] = heading;
  for (let point = 0; point < count; point++) {
    const x = points[offset + point * 3];
    const z = points[offset + point * 3 + 2];
    out[outOffset + point * 3] = x * c - z * s + originX;
    out[outOffset + point * 3 + 1] = points[offset + point * 3 + 1] + originY;
    out[outOffset + point * 3 + 2] = x * s + z * c + originZ;
  }
}
