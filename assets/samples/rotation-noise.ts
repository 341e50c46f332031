/**
 * Estimator-like noise on a clip's own joints: drift and jitter on local rotations and on the root's position,
 * and stretches where one limb is lost. Bone lengths stay exact, as in the output of any rigged estimator.
 */

import { axisAngleToQuat } from '../../motion/math/axis-angle.ts';
import { multiplyQuat } from '../../motion/math/quat.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { AXIS_FACTORS, burstFade, drawDifficulty } from './estimator-noise.ts';
import { type Random, seededRandom, wander } from './random.ts';

/** Spread of the drift of each rotation, degrees; both sides alike. */
const DRIFT_DEGREES: Readonly<Record<string, number>> = {
  Hips: 4,
  Spine: 3,
  Spine1: 3,
  Spine2: 3,
  Neck: 4.5,
  Head: 6,
  Shoulder: 5,
  Arm: 13,
  ForeArm: 17.5,
  Hand: 11.5,
  UpLeg: 7,
  Leg: 8.5,
  Foot: 8.5,
  ToeBase: 4.5,
};
/**
 * Jitter relative to drift. Larger than in the noise on positions (4.5 / 38): positions shake with the sum of the
 * rotations above them, and a third of that cancels against the root.
 */
const JITTER_SHARE = 0.155;
const ROOT_DRIFT_METRES = 0.025;
const DRIFT_POLE_SECONDS = 0.35;

/** A limb that is lost for a while: its rotations are off by this many degrees and shake. */
interface LostLimb {
  readonly joints: readonly string[];
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly offsetDegrees: number;
}
const LOST_LIMBS: readonly LostLimb[] = [
  { joints: ['RightArm', 'RightForeArm'], startSeconds: 3.1, endSeconds: 3.8, offsetDegrees: 45 },
  { joints: ['LeftUpLeg', 'LeftLeg'], startSeconds: 9.3, endSeconds: 9.8, offsetDegrees: 30 },
  { joints: ['LeftArm', 'LeftForeArm'], startSeconds: 14.2, endSeconds: 14.9, offsetDegrees: 40 },
];
const LOST_SHAKE_DEGREES = 7;

/** A noisy copy of the clip. The same seed gives the same noise. */
export function addRotationNoise(clip: SkeletonClip, seed: number): SkeletonClip {
  const random = seededRandom(seed);
  const { frameCount, frameTime, skeleton } = clip;
  const localRotations = Float64Array.from(clip.localRotations);
  const localTranslations = Float64Array.from(clip.localTranslations);
  const nodes = skeleton.names.length;
  const difficulty = drawDifficulty(frameCount, frameTime, PARTS.length, random);

  for (const [joint, name] of skeleton.names.entries()) {
    const degrees = DRIFT_DEGREES[name.replace(/^(Left|Right)/, '')];
    if (degrees === undefined) continue;
    const part = PARTS.findIndex((isIn) => isIn(name));
    const drift = [0, 1, 2].map(() => wander(frameCount, frameTime, DRIFT_POLE_SECONDS, random));
    for (let frame = 0; frame < frameCount; frame++) {
      const turn = drift.map(
        (axis) =>
          degrees *
          (axis[frame] * difficulty.drift[part][frame] +
            JITTER_SHARE * random.gauss() * difficulty.jitter[part][frame]),
      );
      turnBy(localRotations, frame * nodes + joint, turn);
    }
  }
  for (const lost of LOST_LIMBS) loseLimb(localRotations, clip, lost, random);
  for (let axis = 0; axis < 3; axis++) {
    const metres = ROOT_DRIFT_METRES * AXIS_FACTORS[axis];
    const drift = wander(frameCount, frameTime, DRIFT_POLE_SECONDS, random);
    for (let frame = 0; frame < frameCount; frame++) {
      localTranslations[frame * nodes * 3 + axis] +=
        metres *
        (drift[frame] * difficulty.drift[0][frame] +
          JITTER_SHARE * random.gauss() * difficulty.jitter[0][frame]);
    }
  }
  return { ...clip, localRotations, localTranslations };
}

/** Parts that err together: torso with head and shoulders, then each limb. */
const PARTS: readonly ((name: string) => boolean)[] = [
  (name) => /^(Hips|Spine\d?|Neck|Head|(Left|Right)Shoulder)$/.test(name),
  (name) => /^Left(Arm|ForeArm|Hand)/.test(name),
  (name) => /^Right(Arm|ForeArm|Hand)/.test(name),
  (name) => /^Left/.test(name),
  (name) => /^Right/.test(name),
];

function loseLimb(localRotations: Float64Array, clip: SkeletonClip, lost: LostLimb, random: Random): void {
  const start = Math.round(lost.startSeconds / clip.frameTime);
  const end = Math.min(clip.frameCount, Math.round(lost.endSeconds / clip.frameTime));
  for (const name of lost.joints) {
    const joint = clip.skeleton.names.indexOf(name);
    const axis = [random.gauss(), random.gauss(), random.gauss()];
    const perUnit = lost.offsetDegrees / Math.hypot(...axis);
    for (let frame = start; frame < end; frame++) {
      const fade = burstFade(frame, { start, end });
      const turn = axis.map((part) => fade * (part * perUnit + LOST_SHAKE_DEGREES * random.gauss()));
      turnBy(localRotations, frame * clip.skeleton.names.length + joint, turn);
    }
  }
}

/** Turns a local rotation, in the joint's own frame, by a rotation vector in degrees. */
function turnBy(localRotations: Float64Array, at: number, degrees: readonly number[]): void {
  axisAngleToQuat(
    turn,
    0,
    degrees.map((part) => (part * Math.PI) / 180),
    0,
  );
  multiplyQuat(localRotations, at * 4, localRotations, at * 4, turn, 0);
}

const turn = new Float64Array(4);
