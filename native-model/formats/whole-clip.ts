import type { ExportFormat } from '../../contract/file-kinds.ts';
import type { PointColumns } from '../../motion/edits/point-columns.ts';
import type { UpAxis } from '../../motion/formats/axes.ts';
import { clipToBvhMotion } from '../../motion/formats/bvh-clip.ts';
import type { BvhDocument } from '../../motion/formats/bvh-document.ts';
import type { BvhUnits } from '../../motion/formats/bvh-skeleton.ts';
import type { NpyArray } from '../../motion/formats/npy-array.ts';
import { parseNpyDtype } from '../../motion/formats/npy-dtype.ts';
import { positionsToNpy } from '../../motion/formats/npy-positions.ts';
import { fromMetresYUp } from '../../motion/formats/position-guess.ts';
import { LAYOUTS, type LayoutName } from '../../motion/skeleton/layouts.ts';
import { bvhOriginal, type PositionSource } from './clip-source.ts';
import { type ExportOptions, isNewRig } from './export-options.ts';
import { namedPoints } from './named-points.ts';
import { newBvh, newRigBvh } from './new-bvh.ts';
import type { OpenedClip } from './open-clip.ts';
import { type ExportVersion, skeletonTakes } from './skeleton-takes.ts';

/** What a file is about to hold, before it is bytes. */
export type WholeClip = WholeBvh | WholeArray;

export interface WholeBvh {
  readonly kind: 'bvh';
  readonly document: BvhDocument;
  readonly units: BvhUnits;
}

/** Positions, as an array in a file's unit and axes. */
export interface WholeArray {
  readonly kind: 'array';
  readonly array: NpyArray;
  readonly points: PointColumns;
  readonly names: readonly string[];
  /** Null for a skeleton's own joints. */
  readonly layout: LayoutName | null;
  /** Seconds per frame, which an NPY does not say. */
  readonly frameTime: number;
  readonly metresPerUnit: number;
  readonly up: UpAxis;
}

/**
 * A version of a clip as a BVH. Of a BVH everything that was not refined is as found: header, channel order, units,
 * axes. Other skeletons keep their joints and rest pose, positions get a skeleton; both in centimetres, Y up.
 *
 * @throws PoseMendError ('usage') for 2D positions
 */
export function wholeBvh(clip: OpenedClip, version: ExportVersion, options: ExportOptions): WholeBvh {
  const { result } = version;
  const original = bvhOriginal(clip.source);
  if (isNewRig(options)) return { kind: 'bvh', ...newRigBvh(clip, version, options) };
  if (original === null) return { kind: 'bvh', ...newBvh(skeletonTakes(clip, [version]).takes[0].clip) };
  const { document, units } = original;
  if (result === null) return { kind: 'bvh', document, units };
  if (result.skeletonClip === null) throw new Error('a BVH result has a skeleton');
  const motion = clipToBvhMotion(document, result.skeletonClip, units);
  return { kind: 'bvh', document: { ...document, motion }, units };
}

/**
 * A version of a clip as positions: of an array or of keypoints the file's own joints, shape, unit and axes; of a
 * skeleton body-17 (NPY, NPZ) or all its joints (CSV, TRC), float32, metres, Y up.
 */
export function wholeArray(
  clip: OpenedClip,
  { result }: Pick<ExportVersion, 'result'>,
  format: ExportFormat,
): WholeArray {
  const { source, frameTime } = clip;
  if (source.kind === 'positions') return ownArray(clip, source, result?.layoutPositions ?? null);
  const { names, layout, positions } = namedPoints(clip, result, format === 'npy' || format === 'npz');
  const shape = [clip.frameCount, names.length, 3];
  return {
    kind: 'array',
    array: { shape, dtype: parseNpyDtype('<f4')!, fortranOrder: false, data: positions, warnings: [] },
    points: { jointCount: names.length, dimensions: 3 },
    names,
    layout,
    frameTime,
    metresPerUnit: 1,
    up: '+y',
  };
}

function ownArray(
  { dimensions, frameTime }: OpenedClip,
  { original, positions, layout, metresPerUnit, up }: PositionSource,
  refined: Float64Array | null,
): WholeArray {
  const own = refined ?? positions;
  const asInFile = dimensions === 3 ? fromMetresYUp(own, metresPerUnit, up, original.positions) : own;
  return {
    kind: 'array',
    array: positionsToNpy(original, asInFile),
    points: original,
    names: LAYOUTS[layout].names,
    layout,
    frameTime,
    metresPerUnit,
    up,
  };
}
