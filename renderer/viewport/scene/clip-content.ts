import type { ClipInfo, Drawing } from '../../../contract/clips.ts';
import type { TakeQuality } from '../../../contract/takes.ts';
import { BODY17, BODY17_COUNT, BODY17_NAMES, BODY17_PARENTS } from '../../../motion/skeleton/body17.ts';
import type { Poses } from '../../state/poses.ts';

/** The clip on show: its drawing and the frames of its two versions, as far as they have arrived. */
export interface ClipContent {
  readonly info: ClipInfo;
  readonly a: Poses | undefined;
  readonly b: Poses | undefined;
  readonly quality: TakeQuality | undefined;
}

/** How a library window is drawn. */
export const BODY17_DRAWING: Drawing = {
  names: BODY17_NAMES,
  bones: BODY17_PARENTS.flatMap((parent, joint) => (parent < 0 ? [] : [[parent, joint] as const])),
  body17: BODY17_NAMES.map((_, joint) => joint),
};

/** An array of frames and where one joint stands in it. */
export interface JointTrack {
  readonly positions: Float32Array;
  /** Floats per frame. */
  readonly stride: number;
  /** Of the joint's xyz in a frame. */
  readonly offset: number;
}

/** Where a body-17 joint is found: as drawn, or as derived where the file does not have it; null if in neither. */
export function trackOf(drawing: Drawing, poses: Poses, joint: number): JointTrack | null {
  const drawn = drawing.body17[joint] ?? -1;
  if (drawn >= 0) return { positions: poses.positions, stride: drawing.names.length * 3, offset: drawn * 3 };
  if (poses.body17.length === 0) return null;
  return { positions: poses.body17, stride: BODY17_COUNT * 3, offset: joint * 3 };
}

/** What stands for the figure's place: the pelvis, or the first joint. */
export function rootTrackOf(drawing: Drawing, poses: Poses): JointTrack {
  const fallback = { positions: poses.positions, stride: drawing.names.length * 3, offset: 0 };
  return trackOf(drawing, poses, BODY17.pelvis) ?? fallback;
}

/** Metres below the origin (or above it) from which the floor is taken to be where the feet are. */
const FLOOR_BELOW = -0.25;
const FLOOR_ABOVE = 0.5;

/**
 * Height of the floor, metres: 0, unless the clip's lowest point lies clearly elsewhere, as it does in clips
 * without a path (pelvis at the origin).
 */
export function floorHeight(positions: Float32Array, joints: number): number {
  const frames = Math.floor(positions.length / (joints * 3));
  const stride = Math.max(1, Math.floor(frames / 200));
  let lowest = Number.POSITIVE_INFINITY;
  for (let frame = 0; frame < frames; frame += stride) {
    for (let joint = 0; joint < joints; joint++) {
      const height = positions[(frame * joints + joint) * 3 + 1];
      if (height < lowest) lowest = height;
    }
  }
  if (!Number.isFinite(lowest)) return 0;
  return lowest < FLOOR_BELOW || lowest > FLOOR_ABOVE ? lowest : 0;
}

/**
 * The drawn points of the frames `first`..`last`, thinned out to some 60 frames, metres, [point][xyz]. With
 * `path` ([frame][xyz]) relative to it, else relative to `anchor`.
 */
export function pointsOf(
  positions: Float32Array,
  joints: number,
  first: number,
  last: number,
  anchor: { readonly x: number; readonly y: number; readonly z: number },
  path: Float32Array | null,
): Float32Array {
  const stride = Math.max(1, Math.ceil((last - first + 1) / 60));
  const frames = Math.floor((last - first) / stride) + 1;
  const points = new Float32Array(frames * joints * 3);
  for (let index = 0; index < frames; index++) {
    const frame = first + index * stride;
    const x = path === null ? anchor.x : path[frame * 3];
    const y = path === null ? anchor.y : path[frame * 3 + 1];
    const z = path === null ? anchor.z : path[frame * 3 + 2];
    for (let joint = 0; joint < joints; joint++) {
      const from = (frame * joints + joint) * 3;
      const to = (index * joints + joint) * 3;
      points[to] = positions[from] - x;
      points[to + 1] = positions[from + 1] - y;
      points[to + 2] = positions[from + 2] - z;
    }
  }
  return points;
}
