import type { FormatWarning } from '../errors.ts';
import type { NpyDtype } from './npy-dtype.ts';

/** An array of an NPY file. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly dtype: NpyDtype;
  /** Item order in the file; `data` is in C order (last index fastest) either way. */
  readonly fortranOrder: boolean;
  readonly data: Float64Array;
  readonly warnings: readonly FormatWarning[];
}

/**
 * Calls back with the C-order index of each item in Fortran order (first index fastest). One counter per axis;
 * nothing is allocated per item.
 */
export function visitFortranOrder(
  shape: readonly number[],
  visit: (cIndex: number, fileIndex: number) => void,
): void {
  const count = shape.reduce((product, length) => product * length, 1);
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  const position = new Array<number>(shape.length).fill(0);
  let cIndex = 0;
  for (let fileIndex = 0; fileIndex < count; fileIndex++) {
    visit(cIndex, fileIndex);
    for (let axis = 0; axis < shape.length; axis++) {
      position[axis]++;
      cIndex += strides[axis];
      if (position[axis] < shape[axis]) break;
      cIndex -= strides[axis] * shape[axis];
      position[axis] = 0;
    }
  }
}
