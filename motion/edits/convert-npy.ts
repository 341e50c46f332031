import { type AxisTurn, applyTurn } from '../formats/axes.ts';
import type { NpyArray } from '../formats/npy-array.ts';
import { parseNpyDtype } from '../formats/npy-dtype.ts';
import { columnsPerJoint, type PointColumns } from './point-columns.ts';

/**
 * 3D positions in another unit and other axes; a confidence column stays. Half floats become floats of four
 * bytes, because they end at 65 504.
 *
 * @param factor old units in a new one, inverted: new value = factor · old value
 */
export function convertNpy(array: NpyArray, points: PointColumns, factor: number, turn: AxisTurn): NpyArray {
  const columns = columnsPerJoint(array, points);
  const data = array.data.slice();
  for (let first = 0; first < data.length; first += columns) {
    applyTurn(data, first, turn);
    for (let axis = 0; axis < 3; axis++) data[first + axis] *= factor;
  }
  const { itemBytes, isLittleEndian } = array.dtype;
  const dtype = itemBytes < 4 ? parseNpyDtype(isLittleEndian ? '<f4' : '>f4')! : array.dtype;
  return { ...array, dtype, data };
}
