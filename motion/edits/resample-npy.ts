import type { NpyArray } from '../formats/npy-array.ts';
import { interpolateChannels, isSameRate, sampleFrames } from './frame-rate.ts';
import { columnsPerJoint, type PointColumns } from './point-columns.ts';

/**
 * Positions at another rate, linear between neighbouring frames. A joint that one of the two did not see is
 * not made up: missing (NaN) stays missing, and with a confidence of 0 the nearer frame is taken as it is.
 *
 * @param fromFps frames per second of the array, which does not say itself
 * @param leadFrames calibration frames at the start, which are not blended into the motion
 */
export function resampleNpy(
  array: NpyArray,
  points: PointColumns,
  fromFps: number,
  toFps: number,
  leadFrames = 0,
): NpyArray {
  if (isSameRate(fromFps, toFps)) return array;
  const [frames, ...rest] = array.shape;
  const channels = array.data.length / frames;
  const samples = sampleFrames(frames, fromFps, toFps, leadFrames);
  const data = interpolateChannels(array.data, channels, samples);

  const columns = columnsPerJoint(array, points);
  if (columns > points.dimensions) {
    for (let frame = 0; frame < samples.frameCount; frame++) {
      const part = samples.amount[frame];
      if (part === 0) continue;
      for (let first = 0; first < channels; first += columns) {
        const before = samples.low[frame] * channels + first;
        const after = before + channels;
        const isSeen =
          array.data[before + points.dimensions] > 0 && array.data[after + points.dimensions] > 0;
        if (isSeen) continue;
        const nearer = part < 0.5 ? before : after;
        data.set(array.data.subarray(nearer, nearer + columns), frame * channels + first);
      }
    }
  }
  return { ...array, shape: [samples.frameCount, ...rest], data };
}
