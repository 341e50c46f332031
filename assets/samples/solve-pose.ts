/** From what a frame asks of the body to the rotations of its joints: two-bone legs, shared spine, neck. */
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import type { ArmPose, PoseTargets } from './performance.ts';
import { RIG, RIG_INDEX, SHANK, THIGH } from './rig.ts';
import {
  aboutX,
  aboutY,
  aboutZ,
  add,
  compose,
  cross,
  dot,
  fractionOf,
  fromAxes,
  inverse,
  normalise,
  type Quat,
  rotate,
  scale,
  subtract,
  type Vec3,
} from './rotation.ts';

const SPINE = ['Spine', 'Spine1', 'Spine2'] as const;

/** The performance as a clip on the rig. */
export function solvePerformance(
  name: string,
  frames: readonly PoseTargets[],
  frameTime: number,
): SkeletonClip {
  const jointCount = RIG.names.length;
  const localRotations = new Float64Array(frames.length * jointCount * 4);
  const localTranslations = new Float64Array(frames.length * jointCount * 3);
  for (const [frame, targets] of frames.entries()) {
    for (let joint = 0; joint < jointCount; joint++) localRotations[(frame * jointCount + joint) * 4 + 3] = 1;
    localTranslations.set(RIG.restOffsets, frame * jointCount * 3);
    localTranslations.set(targets.root, frame * jointCount * 3);
    for (const [joint, rotation] of solvePose(targets)) {
      localRotations.set(rotation, (frame * jointCount + RIG_INDEX[joint]) * 4);
    }
  }
  return {
    kind: 'skeleton',
    name,
    skeleton: RIG,
    frameCount: frames.length,
    frameTime,
    localRotations,
    localTranslations,
  };
}

/** Local rotation of every joint that is not at rest. */
function solvePose(targets: PoseTargets): Map<string, Quat> {
  const pose = new Map<string, Quat>([['Hips', targets.pelvis]]);
  const { yaw, pitch, roll } = targets.spine;
  const share = 1 / SPINE.length;
  const bend = compose(aboutY(yaw * share), aboutX(pitch * share), aboutZ(roll * share));
  for (const joint of SPINE) pose.set(joint, bend);
  const chest = compose(targets.pelvis, bend, bend, bend);

  const gaze = compose(aboutY(targets.gaze.heading), aboutX(targets.gaze.down));
  const nod = fractionOf(compose(inverse(chest), gaze), 0.92);
  const neck = fractionOf(nod, 0.4);
  pose.set('Neck', neck);
  pose.set('Head', compose(inverse(neck), nod));

  solveLeg(pose, targets, 'Left');
  solveLeg(pose, targets, 'Right');
  solveArm(pose, targets.left.arm, 'Left', 1);
  solveArm(pose, targets.right.arm, 'Right', -1);
  return pose;
}

/** Two bones of known length between hip and ankle, knee towards where pelvis and foot face. */
function solveLeg(pose: Map<string, Quat>, targets: PoseTargets, side: 'Left' | 'Right'): void {
  const { foot } = side === 'Left' ? targets.left : targets.right;
  const upLeg = RIG_INDEX[`${side}UpLeg`] * 3;
  const offset = RIG.restOffsets.subarray(upLeg, upLeg + 3);
  const hip = add(targets.root, rotate(targets.pelvis, [offset[0], offset[1], offset[2]]));
  const toAnkle = subtract([foot.x, foot.y, foot.z], hip);
  const distance = Math.hypot(...toAnkle);
  const down = scale(toAnkle, 1 / distance);
  const footForward: Vec3 = [Math.sin(foot.heading), 0, Math.cos(foot.heading)];
  const facing = add(rotate(targets.pelvis, [0, 0, 1]), footForward);
  const ahead = normalise(subtract(facing, scale(down, dot(facing, down))));

  // Law of cosines at the hip and at the knee.
  const atHip = Math.acos(clampCosine((THIGH ** 2 + distance ** 2 - SHANK ** 2) / (2 * THIGH * distance)));
  const atKnee = Math.acos(clampCosine((THIGH ** 2 + SHANK ** 2 - distance ** 2) / (2 * THIGH * SHANK)));
  const up = scale(add(scale(down, Math.cos(atHip)), scale(ahead, Math.sin(atHip))), -1);
  const sideways = cross(ahead, down);
  const thigh = fromAxes(sideways, up, cross(sideways, up));
  const knee = aboutX(Math.PI - atKnee);
  const sole = compose(aboutY(foot.heading), aboutX(foot.pitch));

  pose.set(`${side}UpLeg`, compose(inverse(targets.pelvis), thigh));
  pose.set(`${side}Leg`, knee);
  pose.set(`${side}Foot`, compose(inverse(compose(thigh, knee)), sole));
  // While the heel is up the toes stay level.
  pose.set(`${side}ToeBase`, aboutX(-Math.max(0, foot.pitch)));
}

/** `sign` mirrors: turns about x are the same on both sides, turns about y and z are opposite. */
function solveArm(pose: Map<string, Quat>, arm: ArmPose, side: 'Left' | 'Right', sign: 1 | -1): void {
  pose.set(`${side}Shoulder`, aboutZ(sign * arm.shrug));
  pose.set(`${side}Arm`, compose(aboutX(-arm.forward), aboutZ(-sign * arm.lowered), aboutX(arm.twist)));
  pose.set(`${side}ForeArm`, aboutY(-sign * arm.elbow));
  pose.set(`${side}Hand`, aboutY(-sign * 0.12));
}

const clampCosine = (value: number): number => Math.min(1, Math.max(-1, value));
