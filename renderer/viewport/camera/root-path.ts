/** Seconds; below it the camera does not follow what the root does: footsteps and jitter, not a walk. */
const FOLLOW_TIME = 0.3;

/**
 * The path a following camera takes: the root's own, low-passed forwards and backwards in time, so that it neither
 * trembles nor lags, and is the same however the playhead got there. Unseen (NaN) frames hold the last seen place.
 *
 * @param positions metres, [frame][stride floats]; the root's xyz begins at `offset`.
 * @returns metres, [frame][xyz].
 */
export function smoothRootPath(
  positions: Float32Array,
  stride: number,
  offset: number,
  frameTime: number,
): Float32Array {
  const frames = Math.floor(positions.length / stride);
  const path = new Float32Array(frames * 3);
  // One pole run in both directions: each pass alone has the time constant FOLLOW_TIME.
  const keep = Math.exp(-frameTime / FOLLOW_TIME);
  for (let axis = 0; axis < 3; axis++) {
    let value = firstSeen(positions, stride, offset + axis);
    let seen = value;
    for (let frame = 0; frame < frames; frame++) {
      const found = positions[frame * stride + offset + axis];
      if (!Number.isNaN(found)) seen = found;
      value = keep * value + (1 - keep) * seen;
      path[frame * 3 + axis] = value;
    }
    for (let frame = frames - 1; frame >= 0; frame--) {
      value = keep * value + (1 - keep) * path[frame * 3 + axis];
      path[frame * 3 + axis] = value;
    }
  }
  return path;
}

function firstSeen(positions: Float32Array, stride: number, offset: number): number {
  for (let at = offset; at < positions.length; at += stride) {
    if (!Number.isNaN(positions[at])) return positions[at];
  }
  return 0;
}
