/** Marks the root's parent in `Skeleton.parents`. */
export const NO_PARENT = -1;

/**
 * A hierarchy and its rest pose. Structure of arrays; parents precede children. End sites are nodes too
 * (with `isEndSite`), because a head top or a toe tip is often one; they carry no rotation of their own.
 */
export interface Skeleton {
  /** Unique; end sites are named `<parent>.end`. */
  readonly names: readonly string[];
  readonly parents: Int32Array;
  /** Offset from the parent in the rest pose, metres. Shape [joint][xyz]. */
  readonly restOffsets: Float64Array;
  readonly isEndSite: readonly boolean[];
}

/** Number of nodes: joints and end sites. */
export function jointCount(skeleton: Skeleton): number {
  return skeleton.names.length;
}
