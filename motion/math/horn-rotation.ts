/**
 * The rotation that best turns one centred point set into another, as Horn's unit quaternion ("Closed-form
 * solution of absolute orientation using unit quaternions", JOSA A 4(4), 1987): the top eigenvector of a
 * symmetric 4x4 matrix. The search is over proper rotations only, so no reflection can come out of it and
 * rank-deficient sets need no special case.
 */

/** Scratch of the eigenvalue problem, so that a fit allocates nothing but its result. */
const matrix = new Float64Array(16);
const vectors = new Float64Array(16);

/**
 * Writes the best rotation into `out` (3x3, row-major), given the sums of products over the points (`xy` is
 * the sum of from.x * to.y). Returns the sum of rotated-from . to that it reaches, which is never negative
 * (Umeyama's tr(DS)). Where several rotations reach it, it is the one nearest to no rotation. With all sums
 * zero it returns 0 and leaves `out` alone.
 */
export function writeHornRotation(
  out: Float64Array,
  xx: number,
  xy: number,
  xz: number,
  yx: number,
  yy: number,
  yz: number,
  zx: number,
  zy: number,
  zz: number,
): number {
  const m = matrix;
  m[0] = xx + yy + zz;
  m[5] = xx - yy - zz;
  m[10] = yy - xx - zz;
  m[15] = zz - xx - yy;
  m[1] = m[4] = yz - zy;
  m[2] = m[8] = zx - xz;
  m[3] = m[12] = xy - yx;
  m[6] = m[9] = xy + yx;
  m[7] = m[13] = zx + xz;
  m[11] = m[14] = yz + zy;
  const size = diagonalise();
  if (size === 0) return 0;

  let best = 0;
  for (let k = 1; k < 4; k++) if (m[k * 5] > m[best * 5]) best = k;
  const top = m[best * 5];

  // The projection of "no rotation" (w = 1) on the space of equally good quaternions is the least turn.
  // 1e-12: eigenvalues closer than their own rounding error are one.
  let w = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let k = 0; k < 4; k++) {
    if (top - m[k * 5] > 1e-12 * size) continue;
    const share = vectors[k];
    w += share * vectors[k];
    x += share * vectors[4 + k];
    y += share * vectors[8 + k];
    z += share * vectors[12 + k];
  }
  let norm = Math.hypot(w, x, y, z);
  if (norm < 1e-3) {
    // A half turn: hardly any w to project on, every vector of the space is as near.
    w = vectors[best];
    x = vectors[4 + best];
    y = vectors[8 + best];
    z = vectors[12 + best];
    norm = Math.hypot(w, x, y, z);
  }
  w /= norm;
  x /= norm;
  y /= norm;
  z /= norm;

  out[0] = 1 - 2 * (y * y + z * z);
  out[1] = 2 * (x * y - w * z);
  out[2] = 2 * (x * z + w * y);
  out[3] = 2 * (x * y + w * z);
  out[4] = 1 - 2 * (x * x + z * z);
  out[5] = 2 * (y * z - w * x);
  out[6] = 2 * (x * z - w * y);
  out[7] = 2 * (y * z + w * x);
  out[8] = 1 - 2 * (x * x + y * y);
  return Math.max(0, top);
}

/**
 * Cyclic Jacobi on the symmetric `matrix`: leaves eigenvalues on its diagonal and unit eigenvectors in the
 * columns of `vectors`. Returns the matrix's Frobenius norm.
 */
function diagonalise(): number {
  const m = matrix;
  vectors.fill(0);
  for (let k = 0; k < 4; k++) vectors[k * 5] = 1;
  let squared = 0;
  for (let k = 0; k < 16; k++) squared += m[k] * m[k];

  // Converges quadratically: 3 to 6 sweeps are usual, 30 is out of reach for a finite matrix.
  for (let sweep = 0; sweep < 30; sweep++) {
    const off = m[1] * m[1] + m[2] * m[2] + m[3] * m[3] + m[6] * m[6] + m[7] * m[7] + m[11] * m[11];
    if (off <= 1e-33 * squared) break;
    for (let p = 0; p < 3; p++) for (let q = p + 1; q < 4; q++) rotatePlane(p, q);
  }
  return Math.sqrt(squared);
}

/** One Jacobi rotation: makes entry (p, q) of `matrix` zero. */
function rotatePlane(p: number, q: number): void {
  const m = matrix;
  const entry = m[p * 4 + q];
  if (entry === 0) return;
  const theta = (m[q * 5] - m[p * 5]) / (2 * entry);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  m[p * 5] -= t * entry;
  m[q * 5] += t * entry;
  m[p * 4 + q] = 0;
  m[q * 4 + p] = 0;
  for (let k = 0; k < 4; k++) {
    if (k !== p && k !== q) {
      const mp = m[k * 4 + p];
      const mq = m[k * 4 + q];
      m[k * 4 + p] = m[p * 4 + k] = c * mp - s * mq;
      m[k * 4 + q] = m[q * 4 + k] = s * mp + c * mq;
    }
    const vp = vectors[k * 4 + p];
    const vq = vectors[k * 4 + q];
    vectors[k * 4 + p] = c * vp - s * vq;
    vectors[k * 4 + q] = s * vp + c * vq;
  }
}
