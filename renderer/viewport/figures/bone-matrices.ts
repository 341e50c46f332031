/** Floats of a 4 × 4 matrix. */
export const MATRIX_FLOATS = 16;

/**
 * A direction few bones ever have: the roll of a bone about its length follows from it, and would jump where a bone
 * swings through it. Unit length.
 */
const ROLL_X = 0.36;
const ROLL_Y = 0.48;
const ROLL_Z = 0.8;

/**
 * Places a unit bone (base at the origin, tip at +Y, radius 1) along every pair of joints: column-major matrices,
 * one per bone, from `outStart` on in `out`. Bones with an unseen (NaN) end or without length become zero matrices,
 * which draw nothing. Allocates nothing.
 *
 * @param positions metres, [joint][xyz] from `start` on.
 * @param bones pairs of joint indices, flat.
 * @param radii metres, one per bone.
 */
export function writeBoneMatrices(
  positions: Float32Array,
  start: number,
  bones: Uint16Array,
  radii: Float32Array,
  radiusScale: number,
  out: Float32Array,
  outStart: number,
): void {
  for (let bone = 0; bone < radii.length; bone++) {
    const from = start + bones[bone * 2] * 3;
    const to = start + bones[bone * 2 + 1] * 3;
    writeSegmentMatrix(
      positions[from],
      positions[from + 1],
      positions[from + 2],
      positions[to] - positions[from],
      positions[to + 1] - positions[from + 1],
      positions[to + 2] - positions[from + 2],
      radii[bone] * radiusScale,
      out,
      outStart + bone * MATRIX_FLOATS,
    );
  }
}

/** One unit bone from (x, y, z) along (dx, dy, dz), metres; a zero matrix where that is no length. */
export function writeSegmentMatrix(
  x: number,
  y: number,
  z: number,
  dx: number,
  dy: number,
  dz: number,
  radius: number,
  out: Float32Array,
  at: number,
): void {
  const length = Math.sqrt(dx * dx + dy * dy + dz * dz);
  // False for NaN too.
  if (!(length > 1e-6)) {
    out.fill(0, at, at + MATRIX_FLOATS);
    return;
  }
  // side = roll × direction, a vector across the bone; front completes the right-handed frame.
  let sideX = ROLL_Y * dz - ROLL_Z * dy;
  let sideY = ROLL_Z * dx - ROLL_X * dz;
  let sideZ = ROLL_X * dy - ROLL_Y * dx;
  let sideLength = Math.sqrt(sideX * sideX + sideY * sideY + sideZ * sideZ);
  if (sideLength < 1e-6 * length) {
    sideX = dy;
    sideY = -dx;
    sideZ = 0;
    sideLength = Math.sqrt(sideX * sideX + sideY * sideY);
  }
  const toSide = radius / sideLength;
  sideX *= toSide;
  sideY *= toSide;
  sideZ *= toSide;
  out[at] = sideX;
  out[at + 1] = sideY;
  out[at + 2] = sideZ;
  out[at + 3] = 0;
  out[at + 4] = dx;
  out[at + 5] = dy;
  out[at + 6] = dz;
  out[at + 7] = 0;
  out[at + 8] = (sideY * dz - sideZ * dy) / length;
  out[at + 9] = (sideZ * dx - sideX * dz) / length;
  out[at + 10] = (sideX * dy - sideY * dx) / length;
  out[at + 11] = 0;
  out[at + 12] = x;
  out[at + 13] = y;
  out[at + 14] = z;
  out[at + 15] = 1;
}

/** Places a unit sphere at every joint; unseen (NaN) joints become zero matrices. Allocates nothing. */
export function writeJointMatrices(
  positions: Float32Array,
  start: number,
  radii: Float32Array,
  radiusScale: number,
  out: Float32Array,
): void {
  for (let joint = 0; joint < radii.length; joint++) {
    writeSphereMatrix(
      positions[start + joint * 3],
      positions[start + joint * 3 + 1],
      positions[start + joint * 3 + 2],
      radii[joint] * radiusScale,
      out,
      joint * MATRIX_FLOATS,
    );
  }
}

/** One unit sphere, scaled and moved; a zero matrix where a coordinate is NaN. */
export function writeSphereMatrix(
  x: number,
  y: number,
  z: number,
  radius: number,
  out: Float32Array,
  at: number,
): void {
  out.fill(0, at, at + MATRIX_FLOATS);
  if (Number.isNaN(x + y + z)) return;
  out[at] = radius;
  out[at + 5] = radius;
  out[at + 10] = radius;
  out[at + 12] = x;
  out[at + 13] = y;
  out[at + 14] = z;
  out[at + 15] = 1;
}
