import type { FormatWarning } from '../errors.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import type { LayoutName } from '../skeleton/layouts.ts';
import type { UpAxis } from './axes.ts';
import type { LengthUnit } from './unit-guess.ts';

/** What a file holds: one motion per person, not yet anyone's clip. Nothing in it is guessed from the numbers. */
export interface ParsedFile {
  /** Who wrote it, as a user knows the program: `AMASS (SMPL-H)`, `WHAM`, `OpenPose`. */
  readonly producer: string;
  /** What tells so, in a few words: `keys poses (N, 156), mocap_framerate`. */
  readonly reason: string;
  /** In the file's order; at least one. */
  readonly tracks: readonly Track[];
  readonly warnings: readonly FormatWarning[];
}

/** One person's motion as a file has it: its own unit and axes, its own gaps. */
export type Track = PointTrack | SmplTrack | RigTrack;

interface TrackFacts {
  /** As the file calls the person or the take, unique in it: `3`, `person 2`, `Armature|walk`. */
  readonly id: string;
  readonly frameCount: number;
  /** Frames per second where the file or its producer's documentation says so, else null. */
  readonly fps: number | null;
  /**
   * Frames in which the person was seen, [frame]; null where all were. In a frame that is a gap positions and
   * rotations are NaN.
   */
  readonly seen: readonly boolean[] | null;
}

/** Joint positions. */
export interface PointTrack extends TrackFacts {
  readonly kind: 'points';
  readonly dimensions: 2 | 3;
  /** Layouts that fit, best first; one where the file or its producer says which. */
  readonly layouts: readonly LayoutName[];
  /** [frame][layout joint][dimension] in the file's unit and axes (pixels, Y down, for 2D); NaN = not seen. */
  readonly positions: Float64Array;
  /** [frame][layout joint], 0..1; null where the file has none. */
  readonly confidence: Float64Array | null;
  /** What the file or its producer says; null: to be guessed from the numbers. */
  readonly unit: LengthUnit | null;
  readonly up: UpAxis | null;
  /** Width and height of the picture, pixels; null where it is not known or the points are 3D. */
  readonly imageSize: readonly [width: number, height: number] | null;
}

export type SmplModel = 'smpl' | 'smplh' | 'smplx';

/** Joint rotations of a body model of the SMPL family. */
export interface SmplTrack extends TrackFacts {
  readonly kind: 'smpl';
  readonly model: SmplModel;
  /** 24 (SMPL), 22 or 52 (SMPL-H), 22 or 55 (SMPL-X): joints that have rotations here. */
  readonly jointCount: number;
  /** Relative to the parent joint, quaternion xyzw, [frame][joint][4], the model's order; root in the file's axes. */
  readonly rotations: Float64Array;
  /** The model's `trans`, metres, the file's axes, [frame][xyz]; null where the file has none. */
  readonly translations: Float64Array | null;
  /** Shape coefficients, one set for the clip (their median over frames where a file has one set per frame). */
  readonly betas: Float64Array | null;
  readonly gender: 'neutral' | 'male' | 'female' | null;
  /** The direction in the file's axes that points up. */
  readonly up: UpAxis;
  /** Whether nothing says so but the body, which stands along it. */
  readonly isUpGuessed?: boolean;
  /** `camera` where the producer says nothing of the world: the camera's tilt then stays in the motion. */
  readonly space: 'world' | 'camera';
}

/** A skeleton with its animation, from a 3D file: metres, Y up. */
export interface RigTrack extends TrackFacts {
  readonly kind: 'rig';
  readonly clip: SkeletonClip;
}
