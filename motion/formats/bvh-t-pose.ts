import { quatAngle } from '../math/quat.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { NO_PARENT } from '../skeleton/skeleton.ts';
import { countZeroFrames } from './bvh-zero-frames.ts';

const DEGREE = Math.PI / 180;
/** Exporters that correct the trunk or the feet leave a degree or two in a rest frame. */
const REST_ANGLE = 2 * DEGREE;
/** Below this a joint does not move, or stands in the rest pose to the printed digits. */
const STILL_ANGLE = 0.01 * DEGREE;
/**
 * The pose must be left within this time: CMU-native clips leave it in one frame, in CMU-daz clips a smoothing
 * filter has spread the leap over eight frames of 1/120 s.
 */
const LEAVE_SECONDS = 0.1;
/** From a rest pose, 10° in 0.1 s is motion, no sway. */
const LEFT_REST_ANGLE = 10 * DEGREE;
/** From a pose that is only mostly at rest the leap must stand out against the steps of the motion after it. */
const LEAP_ANGLE = 15 * DEGREE;
const LEAP_RATIO = 2;

/**
 * Whether frame 0 is a calibration pose (T-pose or rest pose) put before the motion. Two signs count, both on
 * joints other than the root: all of them stand in the rest pose and the motion leaves it at once; or at least
 * a quarter of the moving joints stand in it exactly and the pose leaps away. The second finds CMU's T-poses, in
 * which thighs and feet are turned to make slanted bones upright.
 */
export function detectTPoseFrame(clip: SkeletonClip): boolean {
  const { skeleton, frameCount, frameTime, localRotations } = clip;
  if (frameCount < 3) return false;
  const nodeCount = skeleton.names.length;
  const leaveFrames = Math.max(
    1,
    Math.min(Math.round(LEAVE_SECONDS / frameTime), Math.floor((frameCount - 1) / 2)),
  );
  const lastFrame = Math.min(frameCount - 1, leaveFrames * 3);
  const stepSums = new Float64Array(lastFrame);
  let farthestFromRest = 0;
  let farthestMove = 0;
  let movingJoints = 0;
  let restingJoints = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (skeleton.isEndSite[node] || skeleton.parents[node] === NO_PARENT) continue;
    const angleBetween = (frame: number, other: number): number =>
      quatAngle(
        localRotations,
        (frame * nodeCount + node) * 4,
        localRotations,
        (other * nodeCount + node) * 4,
      );
    for (let frame = 0; frame < lastFrame; frame++) stepSums[frame] += angleBetween(frame, frame + 1);
    const fromRest = 2 * Math.acos(Math.min(1, Math.abs(localRotations[node * 4 + 3])));
    const moved = angleBetween(0, leaveFrames);
    farthestFromRest = Math.max(farthestFromRest, fromRest);
    farthestMove = Math.max(farthestMove, moved);
    if (moved < STILL_ANGLE) continue;
    movingJoints++;
    if (fromRest < STILL_ANGLE) restingJoints++;
  }
  // Sums over joints: one thumb that flips by 150°, as in CMU clips, is no leap of the pose.
  const leap = stepSums.subarray(0, leaveFrames).reduce((a, b) => Math.max(a, b), 0);
  const later = stepSums.subarray(leaveFrames).reduce((a, b) => Math.max(a, b), 0);
  const standsInRest = farthestFromRest < REST_ANGLE && farthestMove > LEFT_REST_ANGLE;
  const isMostlyPosed = restingJoints > 0 && restingJoints * 4 >= movingJoints;
  const leapsFromPose = isMostlyPosed && farthestMove > LEAP_ANGLE && leap > LEAP_RATIO * later;
  return standsInRest || leapsFromPose;
}

/** A step of the whole pose this many times the motion's own is still the leap out of the T-pose. */
const BLEND_RATIO = 2.5;
/** The motion's own steps are looked at over this time after the leap. */
const SETTLED_SECONDS = 0.4;
/**
 * A pose this much nearer to the T-pose than the motion is still on its way. Jitter makes large steps but takes
 * a pose hardly nearer: arms that hang are 80° away.
 */
const ARRIVED_SHARE = 0.9;
/** A leap that gets this far in its first frame is not spread: what follows it is motion. */
const LEAPT_SHARE = 0.5;

/**
 * How many frames at the start are no motion: frames of zeros, and the T-pose frame with, where a filter has spread
 * the leap out of it over several frames (CMU-daz), those too.
 */
export function countLeadFrames(clip: SkeletonClip): number {
  const zeros = countZeroFrames(clip);
  if (zeros === 0) return countPosedFrames(clip);
  // A T-pose may follow the zeros, and the last of them is one itself.
  const behind = zeros + countPosedFrames(framesFrom(clip, zeros));
  return Math.max(behind, zeros - 1 + countPosedFrames(framesFrom(clip, zeros - 1)));
}

function countPosedFrames(clip: SkeletonClip): number {
  if (!detectTPoseFrame(clip)) return 0;
  const longest = Math.max(1, Math.round(LEAVE_SECONDS / clip.frameTime));
  const last = Math.min(clip.frameCount - 1, longest + Math.round(SETTLED_SECONDS / clip.frameTime));
  if (last <= longest) return 1;
  const steps = Array.from({ length: last }, (_, frame) => poseTurn(clip, frame, frame + 1));
  const away = Array.from({ length: last }, (_, frame) => poseTurn(clip, 0, frame));
  const usualStep = median(steps.slice(longest));
  const settled = median(away.slice(longest));
  const arrived = ARRIVED_SHARE * settled;
  // A motion that goes on leaving the T-pose has no pose to arrive at.
  const arrives = median(away.slice(longest, 2 * longest + 1)) >= arrived;
  const isSpread = arrives && away[1] < LEAPT_SHARE * settled;
  let lead = 1;
  while (lead < longest && (steps[lead] > BLEND_RATIO * usualStep || (isSpread && away[lead] < arrived)))
    lead++;
  return lead;
}

function framesFrom(clip: SkeletonClip, first: number): SkeletonClip {
  const nodeCount = clip.skeleton.names.length;
  return {
    ...clip,
    frameCount: clip.frameCount - first,
    localRotations: clip.localRotations.subarray(first * nodeCount * 4),
    localTranslations: clip.localTranslations.subarray(first * nodeCount * 3),
  };
}

/** Sum over joints of the turn from one frame to another, radians. */
function poseTurn(clip: SkeletonClip, frame: number, other: number): number {
  const { skeleton, localRotations } = clip;
  const nodeCount = skeleton.names.length;
  let sum = 0;
  for (let node = 0; node < nodeCount; node++) {
    if (skeleton.isEndSite[node] || skeleton.parents[node] === NO_PARENT) continue;
    sum += quatAngle(
      localRotations,
      (frame * nodeCount + node) * 4,
      localRotations,
      (other * nodeCount + node) * 4,
    );
  }
  return sum;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
