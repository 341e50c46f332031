import type { ExportFormat } from '../../contract/file-kinds.ts';
import { nominalFps } from '../../motion/edits/frame-rate.ts';
import { nameOfUpAxis } from '../../motion/formats/axes.ts';
import { writeNpy } from '../../motion/formats/npy-write.ts';
import { positionArrays } from '../../motion/formats/points/position-arrays.ts';
import { writeCsv } from '../../motion/formats/points/write-csv.ts';
import { writeTrc } from '../../motion/formats/points/write-trc.ts';
import { writeNpz } from '../../motion/formats/python/npz-write.ts';
import { unitOfScale } from '../../motion/formats/unit-guess.ts';
import type { WholeArray } from './whole-clip.ts';

/** The bytes of positions as an NPY, NPZ, CSV or TRC. */
export function writeArray(whole: WholeArray, format: ExportFormat): Uint8Array {
  if (format === 'npy') return writeNpy(whole.array);
  const { names, layout, frameTime, points } = whole;
  const { positions, confidence } = columnsOf(whole);
  const facts = {
    names,
    layout,
    frameTime: 1 / nominalFps(frameTime),
    dimensions: points.dimensions,
    positions,
    confidence,
    unit: points.dimensions === 2 ? 'pixels' : unitOfScale(whole.metresPerUnit),
    up: nameOfUpAxis(whole.up),
  };
  if (format === 'npz') return writeNpz(positionArrays(facts));
  return format === 'csv' ? writeCsv(facts) : writeTrc(facts);
}

/** Coordinates and confidences, which an array holds side by side. */
function columnsOf({ array, points }: WholeArray): {
  readonly positions: Float64Array;
  readonly confidence: Float64Array | null;
} {
  const count = array.shape[0] * points.jointCount;
  const columns = count === 0 ? points.dimensions : array.data.length / count;
  if (columns === points.dimensions) return { positions: array.data, confidence: null };
  const positions = new Float64Array(count * points.dimensions);
  const confidence = new Float64Array(count);
  for (let point = 0; point < count; point++) {
    for (let axis = 0; axis < points.dimensions; axis++)
      positions[point * points.dimensions + axis] = array.data[point * columns + axis];
    confidence[point] = array.data[point * columns + points.dimensions];
  }
  return { positions, confidence };
}
