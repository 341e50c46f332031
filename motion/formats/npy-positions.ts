import { FormatError, type FormatWarning } from '../errors.ts';
import { type LayoutName, layoutJointCount } from '../skeleton/layouts.ts';
import type { NpyArray } from './npy-array.ts';
import { parseNpyDtype } from './npy-dtype.ts';
import { readNpyHeader } from './npy-header.ts';
import { describeForeignShape, isUsuallyRotations, layoutsOfJointCount, listLayouts } from './npy-shapes.ts';

export interface NpyPositionOptions {
  /** Needed for flat rows (frames, joints * 3) and where several layouts have the joint count. */
  readonly layout?: LayoutName;
  /** Tells (x, y, z) from (x, y, confidence); guessed from the numbers by default. */
  readonly dimensions?: 2 | 3;
}

/** Joint positions of an NPY array, in the file's units and axes. */
export interface NpyPositions {
  /** What `positionsToNpy` starts from. */
  readonly array: NpyArray;
  readonly frameCount: number;
  readonly jointCount: number;
  readonly dimensions: 2 | 3;
  /** Layouts with this joint count: one where a layout was given or the count decides. */
  readonly layouts: readonly LayoutName[];
  /** Shape [frame][joint][dimension]; NaN marks a joint the source did not see. */
  readonly positions: Float64Array;
  /** Shape [frame][joint], 0..1, or null where there is no such column. */
  readonly confidence: Float64Array | null;
  readonly warnings: readonly FormatWarning[];
}

/** Pixels: a 2D body spans at least this much where its third column is a confidence of 0..1. */
const SMALLEST_PIXEL_SPAN = 10;

/**
 * Reads (frames, joints, 2 | 3 | 4) or flat rows as joint positions; a fourth column is a confidence, and so is
 * the third of 2D keypoints.
 * @throws FormatError with what the shape usually is and the way out; also for infinite coordinates.
 */
export function npyToPositions(
  array: NpyArray,
  source: string,
  options: NpyPositionOptions = {},
): NpyPositions {
  const warnings: FormatWarning[] = [...array.warnings];
  const { jointCount, columns } = readShape(array, source, options, warnings);
  const { data } = array;
  const frameCount = array.shape[0];
  const hasPixelsAndConfidence =
    columns === 3 && options.dimensions === undefined && looksLikeKeypoints2d(data);
  if (hasPixelsAndConfidence) {
    warnings.push({
      place: 'data',
      message: 'the third column is within 0..1: read as 2D points with confidence',
    });
  }
  const natural = columns === 2 || hasPixelsAndConfidence ? 2 : 3;
  const dimensions = options.dimensions ?? natural;
  if (dimensions > columns) {
    throw new FormatError(
      source,
      'shape',
      `each joint has ${columns} numbers, asked for 3D`,
      'read it as 2D',
    );
  }
  if (columns - dimensions > 1) {
    throw new FormatError(
      source,
      'shape',
      `each joint has ${columns} numbers, asked for 2D`,
      'read it as 3D',
    );
  }
  const points = frameCount * jointCount;
  const positions = new Float64Array(points * dimensions);
  const confidence = columns > dimensions ? new Float64Array(points) : null;
  let clamped = 0;
  for (let point = 0; point < points; point++) {
    for (let axis = 0; axis < dimensions; axis++) {
      const value = data[point * columns + axis];
      if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
        const place = `frame ${Math.floor(point / jointCount)}, joint ${point % jointCount}`;
        throw new FormatError(
          source,
          place,
          'a coordinate is infinite',
          'write NaN for joints that were not seen',
        );
      }
      positions[point * dimensions + axis] = value;
    }
    if (confidence === null) continue;
    const value = data[point * columns + dimensions];
    // NaN counts as unseen.
    confidence[point] = value >= 0 ? Math.min(1, value) : 0;
    if (confidence[point] !== value) clamped++;
  }
  if (clamped > 0)
    warnings.push({ place: 'data', message: `${clamped} confidences outside 0..1 are clamped` });
  const layouts = options.layout === undefined ? layoutsOfJointCount(jointCount) : [options.layout];
  return { array, frameCount, jointCount, dimensions, layouts, positions, confidence, warnings };
}

/**
 * The array again with other positions: same shape, dtype and item order; the confidence column stays as it
 * was. An integer array becomes floats of at least four bytes, because positions have fractions.
 */
export function positionsToNpy(source: NpyPositions, positions: Float64Array): NpyArray {
  const { array, dimensions, frameCount, jointCount } = source;
  const points = frameCount * jointCount;
  if (positions.length !== points * dimensions) {
    throw new RangeError(`expected ${points * dimensions} coordinates, got ${positions.length}`);
  }
  const columns = points === 0 ? dimensions : array.data.length / points;
  const data = array.data.slice();
  for (let point = 0; point < points; point++) {
    for (let axis = 0; axis < dimensions; axis++)
      data[point * columns + axis] = positions[point * dimensions + axis];
  }
  const { kind, itemBytes, isLittleEndian } = array.dtype;
  const floats = `${isLittleEndian ? '<' : '>'}f${Math.max(4, itemBytes)}`;
  const dtype = kind === 'f' ? array.dtype : parseNpyDtype(floats)!;
  return { ...array, dtype, data, warnings: [] };
}

/**
 * Whether an NPY is to be read as joint positions, by its header. Others are looked into further: pickled objects,
 * rows of rotations unless a layout is given, rotation matrices, rotations in 6D, several people.
 */
export function isPositionArray(bytes: Uint8Array, source: string, layout?: LayoutName): boolean {
  const { shape, descr } = readNpyHeader(bytes, source);
  if (descr?.includes('O')) return false;
  if (shape.length === 2) return layout !== undefined || !isUsuallyRotations(shape[1]);
  if (shape.length === 3) return shape[2] !== 6;
  return shape.length !== 4;
}

interface JointShape {
  readonly jointCount: number;
  /** Numbers per joint: 2, 3 or 4. */
  readonly columns: number;
}

function readShape(
  { shape }: NpyArray,
  source: string,
  { layout, dimensions }: NpyPositionOptions,
  warnings: FormatWarning[],
): JointShape {
  const shown = `(${shape.join(', ')})`;
  const refuse = (): never => {
    const [meaning, advice] = describeForeignShape(shape);
    throw new FormatError(source, 'shape', `shape ${shown}: ${meaning}`, advice);
  };
  if (shape.length === 3 && shape[2] >= 2 && shape[2] <= 4) {
    const jointCount = shape[1];
    if (layout !== undefined && layoutJointCount(layout) !== jointCount) {
      const fits = layoutsOfJointCount(jointCount).join(' or ') || `none of ${listLayouts()}`;
      const found = `shape ${shown} has ${jointCount} joints, ${layout} has ${layoutJointCount(layout)}`;
      throw new FormatError(source, 'shape', found, `the layouts with ${jointCount} joints: ${fits}`);
    }
    if (layoutsOfJointCount(jointCount).length === 0) refuse();
    return { jointCount, columns: shape[2] };
  }
  if (shape.length !== 2 || layout === undefined) return refuse();
  const jointCount = layoutJointCount(layout);
  const columns = shape[1] / jointCount;
  const fitsDimensions = dimensions === undefined || columns === dimensions;
  if ((columns !== 2 && columns !== 3) || !fitsDimensions) {
    const expected = `${layout} has ${jointCount} joints, so ${jointCount * (dimensions ?? 3)} columns were expected`;
    throw new FormatError(source, 'shape', `shape ${shown}: ${expected}`, describeForeignShape(shape)[1]);
  }
  if (isUsuallyRotations(shape[1])) {
    const message = `${shape[1]} columns are often ${describeForeignShape(shape)[0]}; read as positions of ${layout}`;
    warnings.push({ place: 'shape', message });
  }
  return { jointCount, columns };
}

/** Third column all within 0..1 beside coordinates that spread like pixels. */
export function looksLikeKeypoints2d(data: Float64Array): boolean {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < data.length; at += 3) {
    if (data[at + 2] < 0 || data[at + 2] > 1) return false;
    low = Math.min(low, Number.isNaN(data[at]) ? low : data[at]);
    high = Math.max(high, Number.isNaN(data[at]) ? high : data[at]);
  }
  return high - low > SMALLEST_PIXEL_SPAN;
}
