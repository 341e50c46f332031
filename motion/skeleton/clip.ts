import type { LayoutName } from './layouts.ts';
import type { Skeleton } from './skeleton.ts';

/**
 * A take on a skeleton, sampled at a constant rate. Metres, seconds, Y up, right-handed, quaternions xyzw.
 */
export interface SkeletonClip {
  readonly kind: 'skeleton';
  readonly name: string;
  readonly skeleton: Skeleton;
  readonly frameCount: number;
  /** Seconds per frame. */
  readonly frameTime: number;
  /** Rotation relative to the parent joint. Shape [frame][joint][xyzw]; identity for end sites. */
  readonly localRotations: Float64Array;
  /**
   * Translation relative to the parent joint, metres. Shape [frame][joint][xyz]. Equals the rest offset for
   * joints without position channels; for the root it is the world position.
   */
  readonly localTranslations: Float64Array;
}

/** Joint positions without rotations. Metres, Y up, right-handed for 3D; pixels as found for 2D. */
export interface PositionClip {
  readonly kind: 'positions';
  readonly name: string;
  readonly layout: LayoutName;
  readonly frameCount: number;
  /** Seconds per frame. */
  readonly frameTime: number;
  readonly dimensions: 2 | 3;
  /** Shape [frame][joint][dimension]. NaN marks a joint the source did not see. */
  readonly positions: Float64Array;
  /** Shape [frame][joint], 0..1, or undefined where the source has none. */
  readonly confidence?: Float64Array;
}

export type Clip = SkeletonClip | PositionClip;
