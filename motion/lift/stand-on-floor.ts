import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';

/** An ankle of a standing foot is this far above the floor, metres. */
const ANKLE_HEIGHT = 0.08;
/** Share of the frames whose lower ankle lies under the floor that is looked for: feet in the air do not lift it. */
const BELOW_FLOOR = 0.12;
const ROUNDS = 30;
/** How far a slope is to be believed, as a standard deviation: what the lens and the tilt leave, in rise over run. */
const SLOPE_SPREAD = 0.06;
/** How far the lower ankle strays from its floor, metres. */
const ANKLE_SPREAD = 0.04;
/** Steeper than this it is a staircase, and stays one. */
const STEEPEST = 0.25;
const POSE = BODY17_COUNT * 3;

/** What was done to stand a figure on its floor. */
export interface FloorFit {
  /** Rise over run along x and z that was taken out of the path. */
  readonly slope: readonly [number, number];
}

/**
 * Puts the lower ankle's floor at its height above y = 0, in place. The floor is a plane: a small slope, which a wrong
 * focal length or tilt puts under a walk, is taken out of the path by moving whole poses up or down, so that every
 * pose stays as upright as it is. Then the pelvis of the first frame is moved to x = z = 0.
 *
 * @param body17 metres, Y up, [frame][17][xyz]; frames that hold NaN are left out
 */
export function standOnFloor(body17: Float64Array): FloorFit {
  const frames: number[] = [];
  for (let at = 0; at < body17.length; at += POSE) {
    if (body17.subarray(at, at + POSE).every((value) => !Number.isNaN(value))) frames.push(at);
  }
  if (frames.length === 0) return { slope: [0, 0] };
  const [originX, originZ] = [body17[frames[0]], body17[frames[0] + 2]];
  const plane = lowPlane(
    frames.map((at) => [
      body17[at] - originX,
      body17[at + 2] - originZ,
      Math.min(body17[at + BODY17.leftAnkle * 3 + 1], body17[at + BODY17.rightAnkle * 3 + 1]),
    ]),
  );
  for (const at of frames) {
    const x = body17[at] - originX;
    const z = body17[at + 2] - originZ;
    const drop = plane[0] * x + plane[1] * z + plane[2] - ANKLE_HEIGHT;
    for (let joint = at; joint < at + POSE; joint += 3) {
      body17[joint] -= originX;
      body17[joint + 1] -= drop;
      body17[joint + 2] -= originZ;
    }
  }
  return { slope: [plane[0], plane[1]] };
}

/**
 * A low plane y = a x + b z + c under points (x, z, y): asymmetric least squares, in which points below it weigh more
 * (expectiles), with the slopes drawn to 0.
 */
function lowPlane(points: readonly (readonly number[])[]): [a: number, b: number, c: number] {
  let plane: [number, number, number] = [0, 0, Math.min(...points.slice(0, 1).map((point) => point[2]))];
  const ridge = (ANKLE_SPREAD / SLOPE_SPREAD) ** 2;
  for (let round = 0; round < ROUNDS; round++) {
    const sums = { w: 0, x: 0, z: 0, xx: 0, xz: 0, zz: 0, y: 0, xy: 0, zy: 0 };
    for (const [x, z, y] of points) {
      const weight = y < plane[0] * x + plane[1] * z + plane[2] ? 1 - BELOW_FLOOR : BELOW_FLOOR;
      sums.w += weight;
      sums.x += weight * x;
      sums.z += weight * z;
      sums.xx += weight * x * x;
      sums.xz += weight * x * z;
      sums.zz += weight * z * z;
      sums.y += weight * y;
      sums.xy += weight * x * y;
      sums.zy += weight * z * y;
    }
    // c eliminated; neighbouring frames repeat each other, so the slopes' own knowledge counts as ten of them.
    const { w } = sums;
    const xx = sums.xx - (sums.x * sums.x) / w + 10 * ridge;
    const zz = sums.zz - (sums.z * sums.z) / w + 10 * ridge;
    const xz = sums.xz - (sums.x * sums.z) / w;
    const xy = sums.xy - (sums.x * sums.y) / w;
    const zy = sums.zy - (sums.z * sums.y) / w;
    const determinant = xx * zz - xz * xz;
    let a = (xy * zz - zy * xz) / determinant;
    let b = (zy * xx - xy * xz) / determinant;
    if (Math.hypot(a, b) > STEEPEST) [a, b] = [0, 0];
    plane = [a, b, (sums.y - a * sums.x - b * sums.z) / w];
  }
  return plane;
}
