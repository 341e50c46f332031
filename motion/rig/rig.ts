import type { Skeleton } from '../skeleton/skeleton.ts';

/** Names of joints in a written rig; `as-input` keeps the clip's own. */
export const RIG_NAMES = ['as-input', 'mixamo', 'humanik', 'unreal'] as const;
export type RigNames = (typeof RIG_NAMES)[number];

/**
 * Where the path over the floor goes: `hips` keeps it in the hips, `root` moves a joint on the floor (X, Z and
 * heading) with the hips relative to it, `in-place` drops X and Z of the path.
 */
export const ROOT_MOTIONS = ['hips', 'root', 'in-place'] as const;
export type RootMotion = (typeof ROOT_MOTIONS)[number];

/**
 * A skeleton with its takes, ready for a 3D file. Metres, Y up, right-handed. At rest all rotations are the
 * identity, the body stands in a T-pose on the floor, faces +Z and has its left towards +X. Parents precede children.
 */
export interface Rig {
  readonly name: string;
  /** End sites are nodes: their bones have a length and are seen. Names are unique ASCII below 63 bytes. */
  readonly skeleton: Skeleton;
  /** Where the root joint stands at rest, metres; its rest offset says the same. */
  readonly takes: readonly RigTake[];
  /** Frames per second of all takes. */
  readonly fps: number;
  readonly figure: FigureMesh;
  /**
   * The most that leaving out keys moves any node in any frame, millimetres; absent where every frame is a key.
   * A format that does not interpolate by slerp finds keys of its own for it (`reduceKeys`).
   */
  readonly keyErrorMm?: number;
}

/** One animation of a rig: `raw`, `refined`. */
export interface RigTake {
  /** Unique in the rig. */
  readonly name: string;
  readonly frameCount: number;
  /** Relative to the parent, quaternion xyzw with continuous signs, [frame][node][4]; identity for end sites. */
  readonly localRotations: Float64Array;
  /** Relative to the parent, metres, [frame][node][xyz]; the rest offset for all nodes but those that move. */
  readonly localTranslations: Float64Array;
  /** Nodes with a moving translation: the root, the hips below a root joint, joints with position channels. */
  readonly movingNodes: readonly number[];
  /**
   * Frames kept as keys per node, rising, first and last included; null: every frame is a key. Between keys
   * rotations are interpolated by slerp and translations linearly.
   */
  readonly rotationKeys: readonly (Int32Array | null)[] | null;
  readonly translationKeys: readonly (Int32Array | null)[] | null;
}

/** A small figure that shows the skeleton and keeps the bind pose in programs that drop bare skeletons. */
export interface FigureMesh {
  /** World positions at rest, metres, [vertex][xyz]. */
  readonly positions: Float32Array;
  /** Unit normals, [vertex][xyz]. */
  readonly normals: Float32Array;
  /** Counter-clockwise from outside, [triangle][3]. */
  readonly triangles: Uint32Array;
  /** The one node each vertex moves with, weight 1, [vertex]. */
  readonly nodes: Uint16Array;
}
