import type { UpAxis } from '../../motion/formats/axes.ts';
import type { BvhDocument } from '../../motion/formats/bvh-document.ts';
import type { BvhUnits } from '../../motion/formats/bvh-skeleton.ts';
import type { NpyPositions } from '../../motion/formats/npy-positions.ts';
import type { SmplTrack } from '../../motion/formats/tracks.ts';
import type { Body17Map } from '../../motion/skeleton/body17.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';
import type { SmplBody } from '../../motion/skeleton/smpl/smpl-body.ts';

/** What a clip was opened from, so that a result converts back exactly. */
export type ClipSource = SkeletonSource | PositionSource;

/** Rotations on a skeleton. */
export interface SkeletonSource {
  readonly kind: 'skeleton';
  readonly clip: SkeletonClip;
  readonly map: Body17Map;
  /** What a file of the same format is written from; null for 3D files, which are written anew. */
  readonly original: BvhOriginal | SmplOriginal | null;
}

export interface BvhOriginal {
  readonly format: 'bvh';
  readonly document: BvhDocument;
  readonly units: BvhUnits;
}

export interface SmplOriginal {
  readonly format: 'smpl';
  readonly track: SmplTrack;
  readonly body: SmplBody;
}

/** Joint positions. */
export interface PositionSource {
  readonly kind: 'positions';
  readonly layout: LayoutName;
  readonly metresPerUnit: number;
  readonly up: UpAxis;
  /** Metres, Y up for 3D, [frame][layout joint][xyz]; as found for 2D. */
  readonly positions: Float64Array;
  /** The same as an array of the file's own unit, axes and shape: what an NPY is written from. */
  readonly original: NpyPositions;
}

/** The BVH a clip was read from; null where it is from another kind of file. */
export function bvhOriginal(source: ClipSource): BvhOriginal | null {
  return source.kind === 'skeleton' && source.original?.format === 'bvh' ? source.original : null;
}

/** The SMPL motion a clip was read from; null where it is from another kind of file. */
export function smplOriginal(source: ClipSource): SmplOriginal | null {
  return source.kind === 'skeleton' && source.original?.format === 'smpl' ? source.original : null;
}
