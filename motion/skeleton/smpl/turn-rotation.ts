import {
  type AxisTurn,
  applyTurn,
  chainTurns,
  invertTurn,
  turnToYUp,
  type UpAxis,
} from '../../formats/axes.ts';
import { multiplyQuat, quatFromMatrix3 } from '../../math/quat.ts';

const product = new Float64Array(4);

/** Rotation of the axes by quarter turns that brings what points up along `from` to point up along `to`. */
export function turnUp(from: UpAxis, to: UpAxis): AxisTurn {
  return chainTurns(turnToYUp(from), invertTurn(turnToYUp(to)));
}

/** The turn as a quaternion. */
export function turnQuat(turn: AxisTurn): Float64Array {
  const matrix = new Float64Array(9);
  for (let row = 0; row < 3; row++) matrix[row * 3 + turn.source[row]] = turn.sign[row];
  const out = new Float64Array(4);
  quatFromMatrix3(out, 0, matrix, 0);
  return out;
}

/**
 * Turns the pose of a root in place: the quaternion at `qo` (out = turn · rotation) and the place at `po` together.
 * `turn` and `quat` are one rotation.
 */
export function turnRoot(
  rotations: Float64Array,
  qo: number,
  positions: Float64Array,
  po: number,
  turn: AxisTurn,
  quat: Float64Array,
): void {
  // No turn is no rounding.
  if (Math.abs(quat[3]) === 1) return;
  multiplyQuat(product, 0, quat, 0, rotations, qo);
  rotations.set(product, qo);
  applyTurn(positions, po, turn);
}
