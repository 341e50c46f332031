import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { worldPositions } from '../random-clip.ts';
import type { BlenderTake } from './run-blender.ts';

/** Largest distance of a bone's head from our forward kinematics, metres. All joints must be there. */
export function farthest(take: BlenderTake, clip: SkeletonClip, withEndSites: boolean) {
  let worst = { joint: '', metres: 0 };
  for (const [joint, row] of worldPositions(clip)) {
    if (!withEndSites && clip.skeleton.isEndSite[clip.skeleton.names.indexOf(joint)]) continue;
    const heads = take.heads[joint];
    if (heads === undefined) return { joint: `${joint} is missing`, metres: Number.POSITIVE_INFINITY };
    take.frames.forEach((frame, at) => {
      const [x, y, z] = row.slice((frame - take.first) * 3, (frame - take.first) * 3 + 3);
      // Y up and facing +Z becomes Z up and facing -Y.
      const metres = Math.hypot(heads[at][0] - x, heads[at][1] + z, heads[at][2] - y);
      if (!(metres <= worst.metres)) worst = { joint: `${joint} in frame ${frame}`, metres };
    });
  }
  return worst;
}
