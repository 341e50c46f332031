import type { NpyArray } from '../formats/npy-array.ts';

/** How the rows of an array hold joints. */
export interface PointColumns {
  readonly jointCount: number;
  /** The first columns of each joint; one more is a confidence. */
  readonly dimensions: 2 | 3;
}

/** Numbers per joint: 2, 3 or 4. */
export function columnsPerJoint({ shape, data }: NpyArray, { jointCount }: PointColumns): number {
  return data.length / (shape[0] * jointCount);
}
