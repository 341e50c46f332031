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
  const frameCount = positions.length / (joints * 3);
  const out = positions.slice();
  let missing = 0;
  for (let joint = 0; joint < joints; joint++) {
    const at = (frame: number): number => (frame * joints + joint) * 3;
    const isSeen = (frame: number): boolean =>
      !(Number.isNaN(out[at(frame)]) || Number.isNaN(out[at(frame) + 1]) || Number.isNaN(out[at(frame) + 2]));
    let last = -1;
    for (let frame = 0; frame <= frameCount; frame++) {
      if (frame < frameCount && !isSeen(frame)) {
        missing++;
        continue;
      }
      const next = frame < frameCount ? frame : -1;
      for (let gap = last + 1; gap < frame; gap++) fillOne(out, at, gap, last, next, parents[joint], joints);
      last = frame;
    }
  }
  return { positions: out, missing };
}

function fillOne(
  out: Float64Array,
  at: (frame: number) => number,
  frame: number,
  last: number,
  next: number,
  parent: number,
  joints: number,
): void {
  for (let axis = 0; axis < 3; axis++) {
    const target = at(frame) + axis;
    if (last >= 0 && next >= 0) {
      const part = (frame - last) / (next - last);
      out[target] = out[at(last) + axis] * (1 - part) + out[at(next) + axis] * part;
    } else if (last >= 0 || next >= 0) {
      out[target] = out[at(Math.max(last, next)) + axis];
    } else {
      out[target] = parent < 0 ? 0 : out[(frame * joints + parent) * 3 + axis];
    }
  }
}
