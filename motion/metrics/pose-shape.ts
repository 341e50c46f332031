/** Size of a position array with shape [frame][joint][xyz]. */
export interface PoseShape {
  readonly frames: number;
  readonly joints: number;
}

/** The joint whose position is taken off every joint of its frame first, or null to compare in the world. */
export interface RootedPoseShape extends PoseShape {
  readonly root: number | null;
}

export const MM_PER_METRE = 1000;

/**
 * Throws RangeError unless `positions` has the shape, with at least one frame and joint, and every number in it
 * is finite: a metric that skipped missing joints would reward missing them.
 */
export function checkPositions(
  name: string,
  positions: ArrayLike<number>,
  { frames, joints }: PoseShape,
): void {
  if (!(Number.isInteger(frames) && frames >= 1 && Number.isInteger(joints) && joints >= 1)) {
    throw new RangeError(`${frames} frames of ${joints} joints leave nothing to measure`);
  }
  if (positions.length !== frames * joints * 3) {
    throw new RangeError(
      `${name} holds ${positions.length} numbers, not ${frames} frames of ${joints} joints xyz`,
    );
  }
  for (let k = 0; k < positions.length; k++) {
    if (Number.isFinite(positions[k])) continue;
    const joint = Math.floor(k / 3);
    throw new RangeError(
      `${name} has ${positions[k]} at frame ${Math.floor(joint / joints)}, joint ${joint % joints}`,
    );
  }
}

/** Throws RangeError unless `joint` is an index below `joints`. */
export function checkJoint(name: string, joint: number, joints: number): void {
  if (Number.isInteger(joint) && joint >= 0 && joint < joints) return;
  throw new RangeError(`${name} is ${joint}, expected a joint from 0 to ${joints - 1}`);
}
