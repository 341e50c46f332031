import type { Drawing } from '../../../contract/clips.ts';

/**
 * Which body-17 joint speaks for each drawn joint: the one it stands for, or the nearest along the bones (a finger
 * belongs to its wrist). -1 where no bone leads to one.
 */
export function nearestBody17({ names, bones, body17 }: Drawing): Int8Array {
  const nearest = new Int8Array(names.length).fill(-1);
  let ring: number[] = [];
  for (let joint = 0; joint < body17.length; joint++) {
    const drawn = body17[joint];
    if (drawn < 0 || nearest[drawn] >= 0) continue;
    nearest[drawn] = joint;
    ring.push(drawn);
  }
  while (ring.length > 0) {
    const next: number[] = [];
    for (const [from, to] of bones) {
      for (const [known, open] of [
        [from, to],
        [to, from],
      ]) {
        if (!ring.includes(known) || nearest[open] >= 0) continue;
        nearest[open] = nearest[known];
        next.push(open);
      }
    }
    ring = next;
  }
  return nearest;
}
