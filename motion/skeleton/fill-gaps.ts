/**
 * Fills missing joints (NaN) so that a network or a filter can read them: linear in time between the frames that
 * saw the joint, held past the first and the last of them, and for a joint no frame saw, its parent's place; for a root
 * no frame saw, the middle of its children or, without them, of all joints.
 *
 * @param positions [frame][joint][xyz]; left alone
 * @param parents parent of each joint, -1 for the root; parents precede children
 * @returns a filled copy and how many joint samples were missing
 */
export function fillGaps(
  positions: Float64Array,
  parents: readonly number[],
): { readonly positions: Float64Array; readonly missing: number } {
  const out = positions.slice();
  const { isSeen, missing } = fillSeenJoints(out, parents.length);
  parents.forEach((parent, joint) => {
    if (isSeen[joint]) return;
    const all = parents.flatMap((_, other) => (isSeen[other] ? [other] : []));
    const children = all.filter((other) => parents[other] === joint);
    const sources = parent >= 0 ? [parent] : children.length > 0 ? children : all;
    placeBetween(out, parents.length, joint, sources);
  });
  return { positions: out, missing };
}

/**
 * Fills the gaps of joints that some frame saw, in place.
 * @param out [frame][joint][xyz]
 * @returns which joints that are, and how many joint samples were missing
 */
export function fillSeenJoints(
  out: Float64Array,
  joints: number,
): { readonly isSeen: readonly boolean[]; readonly missing: number } {
  const channels = joints * 3;
  let missing = 0;
  for (let joint = 0; joint < joints; joint++) {
    for (let at = joint * 3; at < out.length; at += channels) {
      if (!(Number.isNaN(out[at]) || Number.isNaN(out[at + 1]) || Number.isNaN(out[at + 2]))) continue;
      out.fill(Number.NaN, at, at + 3);
      missing++;
    }
  }
  const isSeen = Array.from({ length: joints }, (_, joint) =>
    [0, 1, 2].map((axis) => fillChannelGaps(out, joint * 3 + axis, channels)).every(Boolean),
  );
  return { isSeen, missing };
}

/** Puts a joint at the mean of others in every frame, [frame][joint][xyz]; at the origin where there are none. */
export function placeBetween(
  out: Float64Array,
  joints: number,
  joint: number,
  sources: readonly number[],
): void {
  for (let first = 0; first < out.length; first += joints * 3) {
    for (let axis = 0; axis < 3; axis++) {
      const sum = sources.reduce((total, source) => total + out[first + source * 3 + axis], 0);
      out[first + joint * 3 + axis] = sources.length === 0 ? 0 : sum / sources.length;
    }
  }
}

/**
 * Fills one channel of [frame][channel] in place: linear between the frames that have it, held past the first and
 * the last of them. Returns whether any frame has it; if none does, it stays NaN.
 */
export function fillChannelGaps(values: Float64Array, channel: number, channels: number): boolean {
  const frames = values.length / channels;
  let last = -1;
  for (let frame = 0; frame <= frames; frame++) {
    const isEnd = frame === frames;
    if (!isEnd && Number.isNaN(values[frame * channels + channel])) continue;
    if (isEnd && last < 0) return false;
    for (let gap = last + 1; gap < frame; gap++) {
      const low = values[(last < 0 ? frame : last) * channels + channel];
      const high = values[(isEnd ? last : frame) * channels + channel];
      const part = (gap - last) / (frame - last);
      values[gap * channels + channel] = low === high ? low : low * (1 - part) + high * part;
    }
    last = frame;
  }
  return true;
}
