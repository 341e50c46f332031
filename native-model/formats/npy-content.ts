import { FormatError } from '../../motion/errors.ts';
import type { NpyArray } from '../../motion/formats/npy-array.ts';
import { type NpyPositions, npyToPositions } from '../../motion/formats/npy-positions.ts';
import { guessLayout, type LayoutGuess } from '../../motion/skeleton/guess-layout.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';

/** An NPY file has no frame rate; most pose estimators' videos have this one. */
export const ASSUMED_FPS = 30;

/** @throws FormatError for an array that holds no joint positions, or no frames. */
export function readPositions(array: NpyArray, path: string, layout: LayoutName | undefined): NpyPositions {
  const npy = npyToPositions(array, path, layout === undefined ? {} : { layout });
  if (npy.frameCount === 0) {
    throw new FormatError(path, 'shape', 'the array has no frames', 'export the clip again');
  }
  return npy;
}

/** The layout of positions as given, by their number of joints, or by where the joints are. */
export function pickLayout(npy: NpyPositions, given: LayoutName | undefined): LayoutGuess {
  if (given !== undefined) return { layout: given, reason: 'as given', confidence: 'high' };
  return guessLayout(npy.positions, npy.layouts, npy.dimensions);
}
