import { parseNpyDtype } from '../../motion/formats/npy-dtype.ts';
import type { NpyPositions } from '../../motion/formats/npy-positions.ts';
import type { PointTrack } from '../../motion/formats/tracks.ts';
import { layoutJointCount } from '../../motion/skeleton/layouts.ts';

/**
 * A track as the array an NPY of it would be: (frames, joints, 2 | 3), float32, in the file's own unit and axes, with
 * the confidence as a last column where there is one.
 */
export function trackPoints(track: PointTrack): NpyPositions {
  const { frameCount, dimensions, positions, confidence, layouts } = track;
  const jointCount = layoutJointCount(layouts[0]);
  const columns = dimensions + (confidence === null ? 0 : 1);
  let data = positions;
  if (confidence !== null) {
    data = new Float64Array(frameCount * jointCount * columns);
    for (let point = 0; point < frameCount * jointCount; point++) {
      for (let axis = 0; axis < dimensions; axis++)
        data[point * columns + axis] = positions[point * dimensions + axis];
      data[point * columns + dimensions] = confidence[point];
    }
  }
  const shape = [frameCount, jointCount, columns];
  const array = { shape, dtype: parseNpyDtype('<f4')!, fortranOrder: false, data, warnings: [] };
  return { array, frameCount, jointCount, dimensions, layouts, positions, confidence, warnings: [] };
}
