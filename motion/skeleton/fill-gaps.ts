/**
 * Fills missing joints (NaN) so that a network or a filter can read them: linear in time between the frames that
 * saw the joint, held past the first and the last of them, and for a joint no frame saw, its parent's place.
 *
 * @param positions [frame][joint][xyz]; left alone
 * @param parents parent of each joint, -1 for the root; parents precede children
 * @returns a filled copy and how many joint samples were missing
 */
export function fillGaps(
  positions: Float64Array,
  parents: readonly number[],
): { readonly positions: Float64Array; readonly missing: number } {
  const joints = parents.length;
  const channels = joints * 3;
  const out = positions.slice();
  let missing = 0;
  for (let joint = 0; joint < joints; joint++) {
    for (let at = joint * 3; at < out.length; at += channels) {
      if (!(Number.isNaN(out[at]) || Number.isNaN(out[at + 1]) || Number.isNaN(out[at + 2]))) continue;
      out.fill(Number.NaN, at, at + 3);
      missing++;
    }
    for (let axis = 0; axis < 3; axis++) {
      if (fillChannelGaps(out, joint * 3 + axis, channels)) continue;
      const parent = parents[joint];
      for (let at = joint * 3 + axis; at < out.length; at += channels) {
        out[at] = parent < 0 ? 0 : out[at + (parent - joint) * 3];
      }
    }
  }
  return { positions: out, missing };
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
