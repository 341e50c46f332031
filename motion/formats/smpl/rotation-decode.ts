import { FormatError, type FormatWarning } from '../../errors.ts';
import { writeHornRotation } from '../../math/horn-rotation.ts';
import { quatFromMatrix3 } from '../../math/quat.ts';
import { rotation6dToQuat } from '../../math/rotation-6d.ts';

/** Entries of MᵀM further than this from the identity: no rounding, but a network without orthonormalisation. */
const FAR_FROM_ROTATION = 0.05;
/** Nearer than this a matrix is read as it is. */
const IS_ROTATION = 1e-5;
/** Visits the joints of rows without NaN, by [row][joint]. */
export function forEachSeenJoint(
  nanRows: readonly boolean[],
  jointCount: number,
  visit: (index: number) => void,
): void {
  nanRows.forEach((isLost, row) => {
    if (isLost) return;
    for (let joint = 0; joint < jointCount; joint++) visit(row * jointCount + joint);
  });
}

const nearest = new Float64Array(9);

/** Matrices (row-major, [row][joint][9]) to quaternions; what is no exact rotation becomes the nearest one. */
export function readMatrices(
  data: Float64Array,
  rotations: Float64Array,
  nanRows: readonly boolean[],
  jointCount: number,
  source: string,
  key: string,
  warnings: FormatWarning[],
): void {
  let farCount = 0;
  forEachSeenJoint(nanRows, jointCount, (index) => {
    const m = data.subarray(index * 9, index * 9 + 9);
    const error = orthonormalError(m);
    if (!(determinant(m) > 0.1)) {
      throw new FormatError(
        source,
        key,
        `the matrix of joint ${index % jointCount} in row ${Math.floor(index / jointCount)} is no rotation (determinant ${determinant(m).toFixed(3)})`,
      );
    }
    if (error > FAR_FROM_ROTATION) farCount++;
    if (error < IS_ROTATION) {
      quatFromMatrix3(rotations, index * 4, m, 0);
      return;
    }
    // The nearest rotation: the one that best turns the axes to the matrix's columns.
    writeHornRotation(nearest, m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]);
    quatFromMatrix3(rotations, index * 4, nearest, 0);
  });
  if (farCount > 0) {
    warnings.push({
      place: key,
      message: `${farCount} matrices are far from rotations; the nearest rotation was taken`,
    });
  }
}

function orthonormalError(m: Float64Array): number {
  let worst = 0;
  for (let a = 0; a < 3; a++) {
    for (let b = a; b < 3; b++) {
      const dot = m[a] * m[b] + m[a + 3] * m[b + 3] + m[a + 6] * m[b + 6];
      worst = Math.max(worst, Math.abs(dot - (a === b ? 1 : 0)));
    }
  }
  return worst;
}

function determinant(m: Float64Array): number {
  return (
    m[0] * (m[4] * m[8] - m[5] * m[7]) -
    m[1] * (m[3] * m[8] - m[5] * m[6]) +
    m[2] * (m[3] * m[7] - m[4] * m[6])
  );
}

const columns = new Float64Array(6);

/**
 * HMR 2.0 and TRAM write the two columns one after the other, SPIN and its descendants the rows of the 3x2 matrix. Of
 * true rotations only one of the two gives unit columns at right angles.
 */
export function read6d(
  data: Float64Array,
  rotations: Float64Array,
  nanRows: readonly boolean[],
  jointCount: number,
  source: string,
  key: string,
): void {
  let inColumns = 0;
  let inRows = 0;
  forEachSeenJoint(nanRows, jointCount, (index) => {
    inColumns += pairError(data, index * 6, 1);
    inRows += pairError(data, index * 6, 2);
  });
  forEachSeenJoint(nanRows, jointCount, (index) => {
    for (let row = 0; row < 3; row++) {
      columns[row] = data[index * 6 + (inRows < inColumns ? row * 2 : row)];
      columns[3 + row] = data[index * 6 + (inRows < inColumns ? row * 2 + 1 : row + 3)];
    }
    try {
      rotation6dToQuat(rotations, index * 4, columns, 0);
    } catch {
      throw new FormatError(
        source,
        key,
        `the 6D rotation of joint ${index % jointCount} in row ${Math.floor(index / jointCount)} names no rotation`,
        'its two vectors are parallel or zero',
      );
    }
  });
}

/** How far two vectors, stored in a row (step 1) or alternating (step 2), are from unit length and right angles. */
export function pairError(data: ArrayLike<number>, at: number, step: 1 | 2): number {
  const second = step === 1 ? 3 : 1;
  let a = 0;
  let b = 0;
  let dot = 0;
  for (let row = 0; row < 3; row++) {
    const x = data[at + row * step];
    const y = data[at + second + row * step];
    a += x * x;
    b += y * y;
    dot += x * y;
  }
  return Math.abs(a - 1) + Math.abs(b - 1) + Math.abs(dot);
}
