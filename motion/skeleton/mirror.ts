import { BODY17, BODY17_COUNT } from './body17.ts';

/** The joint on the other side of each body-17 joint; itself in the middle. */
export const OTHER_SIDE: readonly number[] = otherSides();

function otherSides(): number[] {
  const sides = Array.from({ length: BODY17_COUNT }, (_, joint) => joint);
  for (const [name, joint] of Object.entries(BODY17)) {
    if (!name.startsWith('left')) continue;
    const other = BODY17[`right${name.slice('left'.length)}` as keyof typeof BODY17];
    sides[joint] = other;
    sides[other] = joint;
  }
  return sides;
}

/**
 * Left and right exchanged, in `frames` frames of `channels` numbers per joint, [frame][17][channel]: 3 are a place,
 * which is reflected in the plane x = 0, and 1 is any number of the joint. `out` may not be `values`.
 */
export function mirrorJoints(
  out: Float32Array,
  outOffset: number,
  values: Float32Array,
  offset: number,
  frames: number,
  channels: 1 | 3,
): void {
  for (let frame = 0; frame < frames; frame++) {
    for (let joint = 0; joint < BODY17_COUNT; joint++) {
      const to = outOffset + (frame * BODY17_COUNT + joint) * channels;
      const from = offset + (frame * BODY17_COUNT + OTHER_SIDE[joint]) * channels;
      for (let channel = 0; channel < channels; channel++) out[to + channel] = values[from + channel];
      if (channels === 3) out[to] = -out[to];
    }
  }
}
