import { quatAngle } from '../math/quat.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { applyTurn, invertTurn } from './axes.ts';
import type { BvhDocument } from './bvh-document.ts';
import { readBvhRotations, readBvhTranslations } from './bvh-frames.ts';
import { type BvhJointColumns, bvhJointColumns, readBvhRotation, writeBvhRotation } from './bvh-rotation.ts';
import { type BvhUnits, buildBvhSkeleton, bvhTurn } from './bvh-skeleton.ts';

/** Rotations closer than this are the same: rounding of a quaternion product is about 1e-15. Radians. */
const SAME_ANGLE = 1e-9;
/** Translations closer than this are the same. Metres. */
const SAME_DISTANCE = 1e-9;

export interface BvhClip {
  readonly clip: SkeletonClip;
  /** Node of the clip for each joint of the document; -1 for joints under another ROOT. */
  readonly nodeOfJoint: Int32Array;
}

/**
 * The hierarchy under the document's root as a clip: metres, Y up, quaternions.
 */
export function bvhToClip(document: BvhDocument, options: BvhUnits & { readonly name?: string }): BvhClip {
  const { frameCount, frameTime } = document;
  const { skeleton, nodeOfJoint } = buildBvhSkeleton(document, options);
  const nodeCount = skeleton.names.length;
  const localRotations = new Float64Array(frameCount * nodeCount * 4);
  const localTranslations = new Float64Array(frameCount * nodeCount * 3);
  for (let frame = 0; frame < frameCount; frame++)
    localTranslations.set(skeleton.restOffsets, frame * nodeCount * 3);
  for (let w = 3; w < localRotations.length; w += 4) localRotations[w] = 1;

  readBvhRotations(localRotations, document, nodeOfJoint, nodeCount, options);
  readBvhTranslations(localTranslations, document, nodeOfJoint, nodeCount, options);
  const name = options.name ?? document.joints[document.root].uniqueName;
  const clip: SkeletonClip = {
    kind: 'skeleton',
    name,
    skeleton,
    frameCount,
    frameTime,
    localRotations,
    localTranslations,
  };
  return { clip, nodeOfJoint };
}

export interface ClipToBvhOptions extends BvhUnits {
  /**
   * The channel values the clip came from, frame for frame. Joints and frames that still have their rotation
   * (translation) keep these numbers bit for bit, as do unknown channels and other roots. `null`: there are
   * none, start from zeros. Default: the document's own motion.
   */
  readonly base?: Float64Array | null;
  /** Node of the clip for each joint; by default in the order of `bvhToClip`. */
  readonly nodeOfJoint?: Int32Array;
}

/**
 * Channel values of a clip on the document's hierarchy: file units, degrees, shape [frame][channel]. Angles
 * take the representation nearest to the frame before, in the first frame nearest to the base.
 */
export function clipToBvhMotion(
  document: BvhDocument,
  clip: SkeletonClip,
  options: ClipToBvhOptions,
): Float64Array {
  const { channelCount } = document;
  const base = options.base === undefined ? document.motion : options.base;
  if (base !== null && base.length !== clip.frameCount * channelCount) {
    throw new RangeError(
      `the base has ${base.length} values, the clip needs ${clip.frameCount} frames of ${channelCount} channels`,
    );
  }
  const { skeleton } = clip;
  const nodeCount = skeleton.names.length;
  const nodeOfJoint = options.nodeOfJoint ?? buildBvhSkeleton(document, options).nodeOfJoint;
  const turnBack = invertTurn(bvhTurn(options));
  const motion = base === null ? new Float64Array(clip.frameCount * channelCount) : base.slice();
  const wanted = new Float64Array(4);
  const original = new Float64Array(4);

  document.joints.forEach((joint, index) => {
    const node = nodeOfJoint[index];
    if (node < 0) return;
    if (node >= nodeCount)
      throw new RangeError(`the clip has ${nodeCount} nodes, joint ${index} asks for node ${node}`);
    const columns = bvhJointColumns(joint);
    for (let frame = 0; frame < clip.frameCount; frame++) {
      const row = frame * channelCount;
      const rotation = (frame * nodeCount + node) * 4;
      for (let component = 0; component < 4; component++)
        wanted[component] = clip.localRotations[rotation + component];
      applyTurn(wanted, 0, turnBack);
      if (base !== null) readBvhRotation(original, 0, base, row, columns);
      // Negated, so that a NaN rotation is written, and then refused by the writer, instead of kept from the base.
      if (base === null || !(quatAngle(original, 0, wanted, 0) < SAME_ANGLE)) {
        writeBvhRotation(motion, row, columns, wanted, 0, motion, frame === 0 ? row : row - channelCount);
      }

      const translation = (frame * nodeCount + node) * 3;
      if (base !== null) readTranslation(original, 0, base, row, columns, joint.offset, options);
      const known = base === null ? null : original;
      writeTranslation(
        motion,
        row,
        columns,
        joint.offset,
        clip.localTranslations,
        translation,
        known,
        options,
      );
    }
  });
  return motion;
}

/** Translation from the parent in metres, Y up. */
function readTranslation(
  out: Float64Array,
  outOffset: number,
  motion: Float64Array,
  row: number,
  { positions }: BvhJointColumns,
  offset: readonly [number, number, number],
  units: BvhUnits,
): void {
  for (let axis = 0; axis < 3; axis++) {
    const column = positions[axis];
    const added = units.positionMode === 'add' ? offset[axis] : 0;
    const value = column < 0 ? offset[axis] : motion[row + column] + added;
    out[outOffset + axis] = value * units.metresPerUnit;
  }
  applyTurn(out, outOffset, bvhTurn(units));
}

/** Writes the position channels whose translation differs from the original's. */
function writeTranslation(
  motion: Float64Array,
  row: number,
  { positions }: BvhJointColumns,
  offset: readonly [number, number, number],
  translations: Float64Array,
  at: number,
  original: Float64Array | null,
  units: BvhUnits,
): void {
  const turn = bvhTurn(units);
  for (let axis = 0; axis < 3; axis++) {
    const fileAxis = turn.source[axis];
    const column = positions[fileAxis];
    const metres = translations[at + axis];
    if (column < 0 || (original !== null && Math.abs(metres - original[axis]) < SAME_DISTANCE)) continue;
    const value = (turn.sign[axis] * metres) / units.metresPerUnit;
    motion[row + column] = units.positionMode === 'add' ? value - offset[fileAxis] : value;
  }
}
