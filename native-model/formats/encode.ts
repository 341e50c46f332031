import { PoseMendError } from '../../contract/errors.ts';
import { clipToBvhMotion } from '../../motion/formats/bvh-clip.ts';
import { bvhFromSkeleton } from '../../motion/formats/bvh-from-skeleton.ts';
import { writeBvh } from '../../motion/formats/bvh-write.ts';
import { parseNpyDtype } from '../../motion/formats/npy-dtype.ts';
import { positionsToNpy } from '../../motion/formats/npy-positions.ts';
import { writeNpy } from '../../motion/formats/npy-write.ts';
import { fromMetresYUp } from '../../motion/formats/position-guess.ts';
import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import { skeletonFromPositions } from '../../motion/skeleton/skeleton-from-positions.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import type { Format, OpenedClip } from './open-clip.ts';

/** New BVH files are in centimetres, as most tools expect of one. */
const METRES_PER_CENTIMETRE = 0.01;

/**
 * The bytes of a result in a format. In the input's own format everything that was not refined is as it was:
 * header, channel order, units, axes, dtype, confidence. Across formats: NPY becomes a BVH in centimetres on a
 * fitted skeleton; BVH becomes body-17 positions (frames, 17, 3) float32, metres, Y up.
 */
export function encodeResult(clip: OpenedClip, result: SolvedResult, format: Format): Uint8Array {
  const { source } = clip;
  if (source.format === 'bvh') {
    if (format === 'npy') return encodeBody17(result.body17);
    if (result.skeletonClip === null) throw new Error('a BVH result has a skeleton');
    return writeBvh(source.document, clipToBvhMotion(source.document, result.skeletonClip, source.units));
  }
  if (format === 'npy') {
    if (result.layoutPositions === null) throw new Error('an NPY result has positions');
    const original = source.npy.positions;
    const positions =
      clip.dimensions === 3
        ? fromMetresYUp(result.layoutPositions, source.metresPerUnit, source.up, original)
        : result.layoutPositions;
    return writeNpy(positionsToNpy(source.npy, positions));
  }
  if (clip.dimensions === 2) {
    throw new PoseMendError(
      'usage',
      `${clip.path}: 2D positions cannot become a BVH, which is 3D; write .npy`,
    );
  }
  const { positions } = fillGaps(result.body17, BODY17_PARENTS);
  const { clip: fitted } = skeletonFromPositions(positions, clip.frameTime);
  const units = { metresPerUnit: METRES_PER_CENTIMETRE };
  const { document, nodeOfJoint } = bvhFromSkeleton(fitted.skeleton, {
    ...units,
    frameTime: clip.frameTime,
  });
  const motion = clipToBvhMotion(document, fitted, { ...units, nodeOfJoint, base: null });
  return writeBvh({ ...document, frameCount: clip.frameCount, motion }, motion);
}

/** The clip itself in another format, or written again in its own. */
export function encodeClip(clip: OpenedClip, format: Format): Uint8Array {
  const { source } = clip;
  const isBvh = source.format === 'bvh';
  return encodeResult(
    clip,
    {
      skeletonClip: isBvh ? source.clip : null,
      layoutPositions: isBvh ? null : source.positions,
      body17: clip.body17,
    },
    format,
  );
}

function encodeBody17(positions: Float64Array): Uint8Array {
  const shape = [positions.length / (BODY17_COUNT * 3), BODY17_COUNT, 3];
  return writeNpy({ shape, dtype: parseNpyDtype('<f4')!, fortranOrder: false, data: positions });
}
