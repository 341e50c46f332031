import type { Rig } from '../../rig/rig.ts';
import { NO_PARENT } from '../../skeleton/skeleton.ts';

/** Far enough for Blender's comparison, too little to see. Metres. */
const ASIDE = 1e-4;

/**
 * The rig with joints that move set a tenth of a millimetre aside at rest where they stand straight along Y from
 * their parent. Blender draws a parent's bone along its Y axis, ties a child that starts at its end to it, and then
 * drops the child's translation. In motion nothing changes: what moves has its translation from the take.
 */
export function withLooseBones(rig: Rig): Rig {
  const { parents, restOffsets } = rig.skeleton;
  const moving = new Set(rig.takes.flatMap(({ movingNodes }) => movingNodes));
  const loose = Float64Array.from(restOffsets);
  for (const node of moving) {
    const isAside = Math.hypot(loose[node * 3], loose[node * 3 + 2]) >= ASIDE;
    if (parents[node] !== NO_PARENT && !isAside) loose[node * 3 + 2] += ASIDE;
  }
  // A joint that moves in one take only keeps its old rest offset in the others by curves of its own.
  const movingNodes = [...moving].sort((a, b) => a - b);
  const takes = rig.takes.map((take) => ({ ...take, movingNodes }));
  return { ...rig, skeleton: { ...rig.skeleton, restOffsets: loose }, takes };
}
