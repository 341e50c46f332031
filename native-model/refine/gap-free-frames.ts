import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';

const POSE = BODY17_COUNT * 3;

/**
 * Frames `first` to `last` (inclusive) of `fillGaps(body17)`, without filling the rest of the clip: only as far to
 * both sides as the frames a gap is filled from.
 */
export function gapFreeFrames(body17: Float64Array, first: number, last: number): Float64Array {
  const frameCount = body17.length / POSE;
  let from = first;
  let to = last;
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    const earlier = nearestSeen(body17, joint, first, -1);
    const later = nearestSeen(body17, joint, last, 1);
    if (earlier >= 0) from = Math.min(from, earlier);
    if (later < frameCount) to = Math.max(to, later);
  }
  const { positions } = fillGaps(body17.subarray(from * POSE, (to + 1) * POSE), BODY17_PARENTS);
  return positions.slice((first - from) * POSE, (last + 1 - from) * POSE);
}

/** The nearest frame from `frame` on in the direction of `step` that saw the joint; -1 or the frame count for none. */
function nearestSeen(body17: Float64Array, joint: number, frame: number, step: 1 | -1): number {
  const frameCount = body17.length / POSE;
  let seen = frame;
  for (; seen >= 0 && seen < frameCount; seen += step) {
    const at = seen * POSE + joint * 3;
    if (!Number.isNaN(body17[at] + body17[at + 1] + body17[at + 2])) break;
  }
  return seen;
}
