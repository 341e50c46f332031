/**
 * What counts as seen where gaps were bridged: a joint that is missing for no longer than `longest` frames, between two
 * frames that have it, lies close to the line between them. Longer gaps, and those at the ends, stay.
 *
 * @param seen 1 where a joint was seen, [frame][joint]
 */
export function countShortGapsAsSeen(seen: Uint8Array, joints: number, longest: number): Uint8Array {
  const out = seen.slice();
  const frames = seen.length / joints;
  for (let joint = 0; joint < joints; joint++) {
    let last = -1;
    for (let frame = 0; frame < frames; frame++) {
      if (seen[frame * joints + joint] === 0) continue;
      if (last >= 0 && frame - last - 1 <= longest) {
        for (let gap = last + 1; gap < frame; gap++) out[gap * joints + joint] = 1;
      }
      last = frame;
    }
  }
  return out;
}
