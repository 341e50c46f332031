import { FormatError, type FormatWarning } from '../../errors.ts';
import type { C3dNumbers } from './c3d-numbers.ts';
import type { C3dParameters } from './c3d-parameters.ts';

export interface C3dPointData {
  readonly pointCount: number;
  /** Frames per second; null where the file has none. */
  readonly rate: number | null;
  /** In the file's unit and axes, [frame][point][xyz]; NaN = not measured. */
  readonly positions: Float64Array;
}

const BLOCK = 512;
/** What a 16-bit count says when there are more. */
const SATURATED = 65_535;
/** 512 MB of positions. */
const MAX_NUMBERS = 2 ** 26;
const ADVICE = 'export it again';

/** Words of the header, bytes from the start. */
const HEADER = {
  points: 2,
  analogs: 4,
  firstFrame: 6,
  lastFrame: 8,
  scale: 12,
  dataBlock: 16,
  rate: 20,
} as const;

/**
 * The points of all frames: integers or floats, as the sign of POINT:SCALE says. A negative residual, and the origin itself,
 * mean that a point was not measured. Frames that the file claims but does not hold are left out with a warning.
 */
export function c3dPoints(
  numbers: C3dNumbers,
  parameters: C3dParameters,
  source: string,
  warnings: FormatWarning[],
): C3dPointData {
  const one = (name: string): number | undefined => parameters.get(name)?.values[0];
  const pointCount = one('POINT:USED') ?? numbers.uint16(HEADER.points);
  if (pointCount === 0) throw noPoints(parameters, source);
  const scale = one('POINT:SCALE') ?? numbers.float32(HEADER.scale);
  const isFloat = scale < 0;
  const analogs = numbers.uint16(HEADER.analogs);
  const start = ((one('POINT:DATA_START') || numbers.uint16(HEADER.dataBlock)) - 1) * BLOCK;
  const pointBytes = isFloat ? 16 : 8;
  const stride = pointCount * pointBytes + analogs * (isFloat ? 4 : 2);
  const held = start < BLOCK ? 0 : Math.max(0, Math.floor((numbers.length - start) / stride));
  const claimed = claimedFrames(numbers, parameters);
  const frames = claimed === SATURATED ? held : Math.min(claimed, held);
  if (frames === 0)
    throw new FormatError(source, 'data', `the file claims ${claimed} frames and holds ${held}`, ADVICE);
  if (held < claimed)
    warnings.push({ place: 'data', message: `the file claims ${claimed} frames and holds ${held}` });
  if (frames * pointCount * 3 > MAX_NUMBERS)
    throw new FormatError(
      source,
      'data',
      `${frames} frames of ${pointCount} points are too many`,
      'split the clip',
    );
  const positions = new Float64Array(frames * pointCount * 3);
  const residuals = new Float64Array(frames * pointCount);
  for (let frame = 0; frame < frames; frame++) {
    for (let point = 0; point < pointCount; point++) {
      const at = start + frame * stride + point * pointBytes;
      const to = frame * pointCount + point;
      for (let axis = 0; axis < 3; axis++)
        positions[to * 3 + axis] = isFloat
          ? numbers.float32(at + axis * 4)
          : numbers.int16(at + axis * 2) * scale;
      residuals[to] = isFloat ? numbers.float32(at + 12) : numbers.int16(at + 6);
    }
  }
  markMissing(positions, residuals, warnings);
  const rate = one('POINT:RATE') ?? numbers.float32(HEADER.rate);
  return { pointCount, rate: rate > 0 && rate <= 100_000 ? rate : null, positions };
}

/** The header counts to 65535; longer clips say so in one of several parameters. */
function claimedFrames(numbers: C3dNumbers, parameters: C3dParameters): number {
  const field = (name: string): number | undefined => {
    const [low, high = 0] = parameters.get(name)?.values ?? [];
    return low === undefined ? undefined : low + high * 65_536;
  };
  const first = field('TRIAL:ACTUAL_START_FIELD');
  const last = field('TRIAL:ACTUAL_END_FIELD');
  if (first !== undefined && last !== undefined && last >= first) return last - first + 1;
  const long = parameters.get('POINT:LONG_FRAMES')?.values[0];
  if (long !== undefined && long >= 1) return Math.floor(long);
  const [short] = parameters.get('POINT:FRAMES')?.values ?? [];
  const inHeader = numbers.uint16(HEADER.lastFrame) - numbers.uint16(HEADER.firstFrame) + 1;
  if (short === SATURATED || numbers.uint16(HEADER.lastFrame) === SATURATED) return SATURATED;
  return short !== undefined && short > 0 ? short : Math.max(0, inHeader);
}

function markMissing(positions: Float64Array, residuals: Float64Array, warnings: FormatWarning[]): void {
  // Some programs mark every point as not measured.
  const isMarked = residuals.some((residual) => residual >= 0);
  if (!isMarked)
    warnings.push({
      place: 'data',
      message: 'every point is marked as not measured: the marks are not believed',
    });
  for (const [point, residual] of residuals.entries()) {
    const at = point * 3;
    const [x, y, z] = positions.subarray(at, at + 3);
    const isOrigin = x === 0 && y === 0 && z === 0;
    const isNumber = Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(z);
    if (isOrigin || !isNumber || (isMarked && !(residual >= 0))) positions.fill(Number.NaN, at, at + 3);
  }
}

function noPoints(parameters: C3dParameters, source: string): FormatError {
  const hasRotations = [...parameters.keys()].some((key) => key.startsWith('ROTATION:'));
  const problem = hasRotations
    ? 'the file holds rotations of segments (Theia) and no points'
    : 'there are no points';
  const advice = hasRotations ? 'export joint centres as points, or FBX or BVH' : ADVICE;
  return new FormatError(source, 'POINT:USED', problem, advice);
}
