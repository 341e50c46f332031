import { PoseMendError } from '../../contract/errors.ts';
import type { PointColumns } from '../../motion/edits/point-columns.ts';
import type { UpAxis } from '../../motion/formats/axes.ts';
import { clipToBvhMotion } from '../../motion/formats/bvh-clip.ts';
import type { BvhDocument } from '../../motion/formats/bvh-document.ts';
import { bvhFromSkeleton } from '../../motion/formats/bvh-from-skeleton.ts';
import type { BvhUnits } from '../../motion/formats/bvh-skeleton.ts';
import { writeBvh } from '../../motion/formats/bvh-write.ts';
import type { NpyArray } from '../../motion/formats/npy-array.ts';
import { parseNpyDtype } from '../../motion/formats/npy-dtype.ts';
import { positionsToNpy } from '../../motion/formats/npy-positions.ts';
import { writeNpy } from '../../motion/formats/npy-write.ts';
import { fromMetresYUp } from '../../motion/formats/position-guess.ts';
import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import { skeletonFromPositions } from '../../motion/skeleton/skeleton-from-positions.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import type { Format, OpenedClip } from './open-clip.ts';

/** What a file of a format is about to hold, before it is bytes. */
export type WholeClip =
  | { readonly format: 'bvh'; readonly document: BvhDocument; readonly units: BvhUnits }
  | {
      readonly format: 'npy';
      readonly array: NpyArray;
      readonly points: PointColumns;
      /** Seconds per frame, which the array does not say. */
      readonly frameTime: number;
      readonly metresPerUnit: number;
      readonly up: UpAxis;
    };

/** New BVH files are in centimetres, as most tools expect of one. */
export const NEW_BVH_UNITS: BvhUnits = { metresPerUnit: 0.01, upAxis: 'y' };

/**
 * A clip with its result, or as it was opened, in a format. In the clip's own format everything that was not
 * refined is as found: header, channel order, units, axes, dtype, confidence. Across formats: NPY becomes a BVH
 * in centimetres on a fitted skeleton; BVH becomes body-17 positions (frames, 17, 3) float32, metres, Y up.
 *
 * @throws PoseMendError ('usage') for a BVH of 2D positions.
 */
export function wholeClip(clip: OpenedClip, result: SolvedResult | null, format: Format): WholeClip {
  const { source, frameTime } = clip;
  if (source.kind === 'skeleton') {
    const { document, units } = source.original!;
    if (format === 'npy') return body17Array(result?.body17 ?? clip.body17, frameTime);
    if (result === null) return { format, document, units };
    if (result.skeletonClip === null) throw new Error('a BVH result has a skeleton');
    const motion = clipToBvhMotion(document, result.skeletonClip, units);
    return { format, document: { ...document, motion }, units };
  }
  if (format === 'bvh') return { format, ...fittedBvh(clip, result?.body17 ?? clip.body17) };

  const { original: npy, metresPerUnit, up } = source;
  const positions = result === null ? source.positions : result.layoutPositions;
  if (positions === null) throw new Error('an NPY result has positions');
  const asInFile =
    clip.dimensions === 3 ? fromMetresYUp(positions, metresPerUnit, up, npy.positions) : positions;
  return { format, array: positionsToNpy(npy, asInFile), points: npy, frameTime, metresPerUnit, up };
}

/** The bytes of a file. */
export function writeWholeClip(whole: WholeClip): Uint8Array {
  return whole.format === 'bvh' ? writeBvh(whole.document) : writeNpy(whole.array);
}

/** Positions on a skeleton of their own. */
function fittedBvh(
  clip: OpenedClip,
  body17: Float64Array,
): { readonly document: BvhDocument; readonly units: BvhUnits } {
  if (clip.dimensions === 2) {
    throw new PoseMendError(
      'usage',
      `${clip.path}: 2D positions cannot become a BVH, which is 3D; write .npy`,
    );
  }
  const units = NEW_BVH_UNITS;
  const { positions } = fillGaps(body17, BODY17_PARENTS);
  const { clip: fitted } = skeletonFromPositions(positions, clip.frameTime);
  const { document, nodeOfJoint } = bvhFromSkeleton(fitted.skeleton, {
    ...units,
    frameTime: clip.frameTime,
  });
  const motion = clipToBvhMotion(document, fitted, { ...units, nodeOfJoint, base: null });
  return { document: { ...document, frameCount: clip.frameCount, motion }, units };
}

function body17Array(positions: Float64Array, frameTime: number): WholeClip {
  const shape = [positions.length / (BODY17_COUNT * 3), BODY17_COUNT, 3];
  return {
    format: 'npy',
    array: { shape, dtype: parseNpyDtype('<f4')!, fortranOrder: false, data: positions, warnings: [] },
    points: { jointCount: BODY17_COUNT, dimensions: 3 },
    frameTime,
    metresPerUnit: 1,
    up: '+y',
  };
}
