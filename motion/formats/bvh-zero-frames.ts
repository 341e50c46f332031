import type { SkeletonClip } from '../skeleton/clip.ts';
import { NO_PARENT } from '../skeleton/skeleton.ts';

/** Further than a root goes in one frame, and less than hips stand above the floor. Metres. */
const ROOT_LEAP = 0.25;
/** A joint that turns so far in one frame leaps: at 120 frames a second it would be three turns a second. Radians. */
const JOINT_LEAP = (10 * Math.PI) / 180;

/**
 * How many frames at the start hold nothing but zeros, as Vicon Shogun pads a take that begins later than its
 * video: the root at the origin and no joint turned, until root or joints leap to where the motion begins. None
 * where a motion sets out from there.
 */
export function countZeroFrames(clip: SkeletonClip): number {
  const { skeleton, frameCount, localRotations, localTranslations } = clip;
  const nodeCount = skeleton.names.length;
  const root = skeleton.parents.indexOf(NO_PARENT);
  const rootDistance = (frame: number): number => {
    const at = (frame * nodeCount + root) * 3;
    return Math.hypot(...localTranslations.subarray(at, at + 3));
  };
  const farthestTurn = (frame: number): number => {
    let farthest = 0;
    for (let node = 0; node < nodeCount; node++) {
      const w = Math.abs(localRotations[(frame * nodeCount + node) * 4 + 3]);
      farthest = Math.max(farthest, 2 * Math.acos(Math.min(1, w)));
    }
    return farthest;
  };
  let zeros = 0;
  while (zeros < frameCount && rootDistance(zeros) === 0 && farthestTurn(zeros) === 0) zeros++;
  if (zeros === 0 || zeros === frameCount) return 0;
  // One zero frame under a root that stays at the origin is a T-pose frame, which is told by other signs.
  const isLeap = rootDistance(zeros) > ROOT_LEAP || (zeros > 1 && farthestTurn(zeros) > JOINT_LEAP);
  return isLeap ? zeros : 0;
}
