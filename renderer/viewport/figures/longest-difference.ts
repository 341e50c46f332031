/**
 * The joint that two versions of a frame have farthest apart; -1 if no joint is seen in both or none differs. See
 * `distanceOf` for how far. Allocates nothing.
 *
 * @param a metres, [frame][joint][xyz]; `b` alike.
 * @param isCompared which joints count; null for all
 */
export function longestDifference(
  a: Float32Array,
  b: Float32Array,
  frame: number,
  joints: number,
  isCompared: readonly boolean[] | null = null,
): number {
  let longest = 0;
  let found = -1;
  for (let joint = 0; joint < joints; joint++) {
    if (isCompared?.[joint] === false) continue;
    const distance = distanceOf(a, b, frame * joints + joint);
    if (distance > longest) {
      longest = distance;
      found = joint;
    }
  }
  return found;
}

/** Metres between the same point of two versions; NaN if one of them is unseen. */
export function distanceOf(a: Float32Array, b: Float32Array, point: number): number {
  const dx = b[point * 3] - a[point * 3];
  const dy = b[point * 3 + 1] - a[point * 3 + 1];
  const dz = b[point * 3 + 2] - a[point * 3 + 2];
  return Math.sqrt(dx * dx + dy * dy + dz * dz);
}
