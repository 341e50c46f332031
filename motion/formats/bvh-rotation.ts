import { type EulerOrder, eulerToQuat, quatToEuler } from '../math/euler.ts';
import type { BvhJoint } from './bvh-document.ts';

const RADIANS = Math.PI / 180;
const TURN = 2 * Math.PI;

/** Where a joint's values stand in a motion row. */
export interface BvhJointColumns {
  /** Column of the X, Y and Z position; -1 where the joint has none. */
  readonly positions: readonly [number, number, number];
  /** Columns of the 0 to 3 rotations, in channel order. */
  readonly rotations: readonly number[];
  /** The rotation axes in channel order, filled up with the axes that have no channel. */
  readonly order: EulerOrder;
}

export function bvhJointColumns(joint: BvhJoint): BvhJointColumns {
  const positions: [number, number, number] = [-1, -1, -1];
  const rotations: number[] = [];
  let order = '';
  joint.channels.forEach(({ kind, axis }, index) => {
    const column = joint.firstChannel + index;
    if (kind === 'position') positions[axis] = column;
    if (kind === 'rotation') {
      rotations.push(column);
      order += 'XYZ'[axis];
    }
  });
  for (const axis of 'XYZ') if (!order.includes(axis)) order += axis;
  return { positions, rotations, order: order as EulerOrder };
}

/** The rotation (xyzw) that a motion row's values, in degrees, give a joint; no channels mean none. */
export function readBvhRotation(
  out: Float64Array,
  outOffset: number,
  motion: Float64Array,
  row: number,
  { rotations, order }: BvhJointColumns,
): void {
  const first = rotations.length > 0 ? motion[row + rotations[0]] * RADIANS : 0;
  const second = rotations.length > 1 ? motion[row + rotations[1]] * RADIANS : 0;
  const third = rotations.length > 2 ? motion[row + rotations[2]] * RADIANS : 0;
  eulerToQuat(out, outOffset, first, second, third, order);
}

/**
 * Writes the degrees that express the unit quaternion `q`, nearest to the values at `nearRow` of `near`. With
 * fewer than three channels they give the rotation of least angle to `q` that the channels can express.
 */
export function writeBvhRotation(
  motion: Float64Array,
  row: number,
  { rotations, order }: BvhJointColumns,
  q: ArrayLike<number>,
  qOffset: number,
  near: Float64Array,
  nearRow: number,
): void {
  const count = rotations.length;
  for (let index = 0; index < count; index++) target[index] = near[nearRow + rotations[index]] * RADIANS;
  if (count === 3) quatToEuler(angles, 0, q, qOffset, order, target);
  else if (count === 2) nearestTwoAngles(q, qOffset, order);
  else if (count === 1)
    angles[0] = nearestTurn(2 * Math.atan2(q[qOffset + axisAt(order, 0)], q[qOffset + 3]), 0);
  for (let index = 0; index < count; index++) motion[row + rotations[index]] = angles[index] / RADIANS;
}

const target = new Float64Array(3);
const angles = new Float64Array(3);

/**
 * Maximises the dot product of q with q_i(a) q_j(b). In half angles it is the sum of a term in a - b and one
 * in a + b, s being the sign of the axis triple ijk:
 * ½ [(w + s q_k) cos(a-b) + (q_i - q_j) sin(a-b) + (w - s q_k) cos(a+b) + (q_i + q_j) sin(a+b)].
 */
function nearestTwoAngles(q: ArrayLike<number>, qOffset: number, order: EulerOrder): void {
  const i = axisAt(order, 0);
  const j = axisAt(order, 1);
  const sign = (i + 1) % 3 === j ? 1 : -1;
  const w = q[qOffset + 3];
  const qi = q[qOffset + i];
  const qj = q[qOffset + j];
  const qk = sign * q[qOffset + axisAt(order, 2)];
  const halfDifference = Math.atan2(qi - qj, w + qk);
  const halfSum = Math.atan2(qi + qj, w - qk);
  angles[0] = nearestTurn(halfSum + halfDifference, 0);
  angles[1] = nearestTurn(halfSum - halfDifference, 1);
}

function nearestTurn(angle: number, index: number): number {
  return angle + TURN * Math.round((target[index] - angle) / TURN);
}

function axisAt(order: EulerOrder, index: number): number {
  return order.charCodeAt(index) - 88;
}
