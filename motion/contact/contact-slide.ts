import { BODY17_COUNT } from '../skeleton/body17.ts';
import { FOOT_JOINTS, type FootContact } from './foot-contacts.ts';

/**
 * Foot slide in given contacts, mm/frame: how far a standing ankle travels over the ground (the XZ plane) from one
 * frame to the next, averaged over all steps within contacts; 0 without any. With the same contacts, versions of a
 * clip compare: a shaking ankle seldom looks like standing, which would hide its own sliding. Positions are metres,
 * [frame][17][xyz].
 */
export function contactSlideMmPerFrame(positions: Float64Array, contacts: readonly FootContact[]): number {
  const pose = BODY17_COUNT * 3;
  let travel = 0;
  let steps = 0;
  for (const { foot, start, end } of contacts) {
    for (let frame = start; frame < end; frame++) {
      const here = frame * pose + FOOT_JOINTS[foot].ankle * 3;
      travel += Math.hypot(
        positions[here + pose] - positions[here],
        positions[here + pose + 2] - positions[here + 2],
      );
      steps++;
    }
  }
  return steps === 0 ? 0 : (1000 * travel) / steps;
}
