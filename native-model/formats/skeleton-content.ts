import { countLeadFrames } from '../../motion/formats/bvh-t-pose.ts';
import { countZeroFrames } from '../../motion/formats/bvh-zero-frames.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { parseJointMap } from '../../motion/skeleton/joint-map.ts';
import { matchSkeleton, type SkeletonMatch } from '../../motion/skeleton/match-skeleton.ts';
import type { BvhOriginal } from './clip-source.ts';
import type { ClipContent, OpenOptions } from './open-clip.ts';
import { sideNotices } from './open-positions.ts';

/**
 * A clip on a skeleton whose joints have names: which of them is whose, and the clip of it. Its notices
 * are about what stands before the motion and what looks odd; those of the match are the match's.
 */
export function skeletonContent(
  clip: SkeletonClip,
  path: string,
  { jointMap }: OpenOptions,
  original: BvhOriginal | null,
): { readonly match: SkeletonMatch; readonly content: Omit<ClipContent, 'facts'> } {
  const map = jointMap === undefined ? undefined : parseJointMap(jointMap.text, jointMap.source);
  const match = matchSkeleton(clip.skeleton, map, path);
  const leadFrames = countLeadFrames(clip);
  const body17 = body17Positions(clip, match.map);
  const content: Omit<ClipContent, 'facts'> = {
    frameCount: clip.frameCount,
    frameTime: clip.frameTime,
    leadFrames,
    dimensions: 3,
    layout: null,
    gaps: [],
    body17,
    derived: match.derived,
    notices: [...leadNotice(leadFrames, countZeroFrames(clip)), ...sideNotices(body17)],
    source: { kind: 'skeleton', clip, map: match.map, original },
  };
  return { match, content };
}

/** What stands before the motion, and what becomes of it. */
function leadNotice(leadFrames: number, zeroFrames: number): string[] {
  if (leadFrames === 0) return [];
  const frames = leadFrames === 1 ? 'frame 0 is' : `frames 0 to ${leadFrames - 1} are`;
  const stay = leadFrames === 1 ? 'it stays as it is' : 'they stay as they are';
  if (zeroFrames >= leadFrames) return [`${frames} all zero, before the motion: ${stay}`];
  if (leadFrames > 1) return [`${frames} a T-pose and the leap out of it: ${stay}`];
  return [`${frames} a T-pose: ${stay} and is not part of the motion`];
}
