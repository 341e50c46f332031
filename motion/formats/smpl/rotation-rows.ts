import { FormatError, type FormatWarning } from '../../errors.ts';
import { axisAngleToQuat } from '../../math/axis-angle.ts';
import { shapeText, type Tensor } from './py-tensor.ts';
import { forEachSeenJoint, read6d, readMatrices } from './rotation-decode.ts';

/** Rotations as a file has them, one row per frame. */
export interface RotationRows {
  readonly rowCount: number;
  readonly jointCount: number;
  /** Unit quaternions xyzw, [row][joint][4]; a row with a NaN in it is NaN throughout. */
  readonly rotations: Float64Array;
}

type Form = 'axis-angle' | 'matrix' | '6d';

/** Median angle of a joint, radians: more than a whole turn is degrees, or no rotation at all. */
const LARGEST_ANGLE = 2 * Math.PI;

/**
 * Reads axis-angle vectors (N, 3J) or (N, J, 3), rotation matrices (N, J, 3, 3) or (N, 9J), or 6D rotations (N, J, 6)
 * or (N, 6J). The number of joints decides between flat forms.
 * Throws FormatError for another shape, infinite numbers, angles that are no radians, matrices that are no rotations.
 *
 * @param jointCounts what the key may hold, most usual first
 */
export function readRotationRows(
  tensor: Tensor,
  jointCounts: readonly number[],
  source: string,
  key: string,
  warnings: FormatWarning[],
): RotationRows {
  const layout = rotationLayout(tensor.shape, jointCounts);
  if (layout === null) {
    const expected = jointCounts.map((count) => `(N, ${count * 3})`).join(' or ');
    throw new FormatError(
      source,
      key,
      `has the shape ${shapeText(tensor.shape)}`,
      `expected axis-angle ${expected}, or matrices (N, ${jointCounts[0]}, 3, 3)`,
    );
  }
  for (let at = 0; at < tensor.data.length; at++) {
    if (Math.abs(tensor.data[at]) === Number.POSITIVE_INFINITY) {
      throw new FormatError(source, key, `a rotation is infinite in row ${rowOf(tensor, at)}`);
    }
  }
  const { form, jointCount } = layout;
  const rowCount = tensor.shape[0];
  const rotations = new Float64Array(rowCount * jointCount * 4);
  const nanRows = markNaN(tensor);
  if (form === 'axis-angle') {
    refuseDegrees(tensor, jointCount, source, key);
    forEachSeenJoint(nanRows, jointCount, (index) =>
      axisAngleToQuat(rotations, index * 4, tensor.data, index * 3),
    );
  } else if (form === 'matrix') {
    readMatrices(tensor.data, rotations, nanRows, jointCount, source, key, warnings);
  } else {
    read6d(tensor.data, rotations, nanRows, jointCount, source, key);
  }
  nanRows.forEach((isLost, row) => {
    if (isLost) rotations.fill(Number.NaN, row * jointCount * 4, (row + 1) * jointCount * 4);
  });
  return { rowCount, jointCount, rotations };
}

/** Which rotations a shape holds; null where it fits none of the counts. */
export function rotationLayout(
  shape: readonly number[],
  jointCounts: readonly number[],
): { readonly form: Form; readonly jointCount: number } | null {
  const [, ...rest] = shape;
  for (const jointCount of jointCounts) {
    const is = (...sizes: number[]) => sizes.join() === rest.join();
    if (is(jointCount * 3) || is(jointCount, 3)) return { form: 'axis-angle', jointCount };
    if (is(jointCount, 3, 3) || is(jointCount * 9)) return { form: 'matrix', jointCount };
    if (is(jointCount, 6) || is(jointCount * 6)) return { form: '6d', jointCount };
    if (jointCount === 1 && is(3, 3)) return { form: 'matrix', jointCount };
  }
  return null;
}

/** Joints of several pieces side by side. Throws FormatError where their numbers of rows differ. */
export function joinRotationRows(
  pieces: readonly { readonly key: string; readonly rows: RotationRows }[],
  source: string,
): RotationRows {
  const { rowCount } = pieces[0].rows;
  const jointCount = pieces.reduce((sum, { rows }) => sum + rows.jointCount, 0);
  const rotations = new Float64Array(rowCount * jointCount * 4);
  let first = 0;
  for (const { key, rows } of pieces) {
    if (rows.rowCount !== rowCount) {
      throw new FormatError(
        source,
        key,
        `has ${rows.rowCount} frames, but ${pieces[0].key} has ${rowCount}`,
        'all keys of one motion need the same number of frames',
      );
    }
    const width = rows.jointCount * 4;
    for (let row = 0; row < rowCount; row++) {
      rotations.set(
        rows.rotations.subarray(row * width, (row + 1) * width),
        row * jointCount * 4 + first * 4,
      );
    }
    first += rows.jointCount;
  }
  return { rowCount, jointCount, rotations };
}

/** Rows of no rotation. */
export function restRows(rowCount: number, jointCount: number): RotationRows {
  const rotations = new Float64Array(rowCount * jointCount * 4);
  for (let w = 3; w < rotations.length; w += 4) rotations[w] = 1;
  return { rowCount, jointCount, rotations };
}

function markNaN(tensor: Tensor): boolean[] {
  const rows = tensor.shape[0];
  const stride = rows === 0 ? 0 : tensor.data.length / rows;
  return Array.from({ length: rows }, (_, row) =>
    tensor.data.subarray(row * stride, (row + 1) * stride).some(Number.isNaN),
  );
}

function rowOf(tensor: Tensor, at: number): number {
  return Math.floor((at * tensor.shape[0]) / tensor.data.length);
}

function refuseDegrees({ data }: Tensor, jointCount: number, source: string, key: string): void {
  for (let joint = 0; joint < jointCount; joint++) {
    const angles: number[] = [];
    for (let at = joint * 3; at < data.length; at += jointCount * 3) {
      const angle = Math.hypot(data[at], data[at + 1], data[at + 2]);
      if (!Number.isNaN(angle)) angles.push(angle);
    }
    const median = angles.sort((a, b) => a - b)[angles.length >> 1] ?? 0;
    if (median <= LARGEST_ANGLE) continue;
    throw new FormatError(
      source,
      key,
      `joint ${joint} is turned by ${median.toFixed(1)}, more than a whole turn in radians`,
      'SMPL poses are axis-angle vectors in radians: these are degrees, or positions',
    );
  }
}
