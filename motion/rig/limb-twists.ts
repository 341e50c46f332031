import { axisAngleToQuat } from '../math/axis-angle.ts';
import { conjugateQuat, multiplyQuat, rotateVec3 } from '../math/quat.ts';
import { addScaledVec3, crossVec3, dotVec3, lengthVec3, normalizeVec3 } from '../math/vec3.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { solveFk } from '../skeleton/fk.ts';
import { HALVES, NO_NODE, type RigRoles } from './roles.ts';

/** Turns a bone's T-pose rotation about the bone, in place. */
export type TwistCorrection = (rotations: Float64Array, offset: number, bone: readonly number[]) => void;

/** Sine of the bend from which the plane of a limb is clear. */
const CLEAR_BEND = 0.35;
/** Frames looked at, spread over the takes. */
const FRAMES = 240;
/** So many looked-at frames must be clear, and their planes agree so well (1: all the same), to be believed. */
const FEWEST_CLEAR = 10;
const AGREEMENT = 0.6;
/** A rest pose that differs by less is believed: elbows and knees bend that far off the plane of the T-pose. */
const BELIEVED = (60 * Math.PI) / 180;

/**
 * Corrections for thighs and upper arms, from the axes about which knees and elbows bend. In a T-pose knees bend
 * backwards, about +X, and elbows forwards: the left about -Y, the right about +Y.
 */
export function limbTwists(
  takes: readonly SkeletonClip[],
  roles: RigRoles,
): ReadonlyMap<number, TwistCorrection> {
  const corrections = new Map<number, TwistCorrection>();
  for (const half of HALVES) {
    const limb = roles[half];
    const elbow = half === 'left' ? [0, -1, 0] : [0, 1, 0];
    for (const [upper, middle, lower, axis] of [
      [limb.thigh, limb.calf, limb.foot, [1, 0, 0]],
      [limb.upperArm, limb.lowerArm, limb.hand, elbow],
    ] as const) {
      if (upper === NO_NODE || middle === NO_NODE || lower === NO_NODE) continue;
      const hinge = meanHinge(takes, upper, middle, lower);
      if (hinge) corrections.set(upper, twistTowards(hinge, axis));
    }
  }
  return corrections;
}

/** Mean axis of the bend in the upper bone's own frame; undefined where the takes do not show it. */
function meanHinge(
  takes: readonly SkeletonClip[],
  upper: number,
  middle: number,
  lower: number,
): Float64Array | undefined {
  const sum = new Float64Array(3);
  let clear = 0;
  for (const take of takes) {
    const count = take.skeleton.names.length;
    const positions = new Float64Array(count * 3);
    const rotations = new Float64Array(count * 4);
    const bones = [new Float64Array(3), new Float64Array(3)];
    const axis = new Float64Array(3);
    const back = new Float64Array(4);
    const step = Math.max(1, Math.floor((take.frameCount * takes.length) / FRAMES));
    for (let frame = 0; frame < take.frameCount; frame += step) {
      solveFk(take, frame, positions, rotations);
      for (let component = 0; component < 3; component++) {
        const at = positions[middle * 3 + component];
        bones[0][component] = at - positions[upper * 3 + component];
        bones[1][component] = positions[lower * 3 + component] - at;
      }
      crossVec3(axis, 0, bones[0], 0, bones[1], 0);
      const sine = normalizeVec3(axis, 0) / (lengthVec3(bones[0], 0) * lengthVec3(bones[1], 0));
      if (!(sine > CLEAR_BEND)) continue;
      conjugateQuat(back, 0, rotations, upper * 4);
      rotateVec3(axis, 0, back, 0, axis, 0);
      addScaledVec3(sum, 0, sum, 0, axis, 0, 1);
      clear++;
    }
  }
  return clear >= FEWEST_CLEAR && normalizeVec3(sum, 0) > AGREEMENT * clear ? sum : undefined;
}

function twistTowards(hinge: Float64Array, target: readonly number[]): TwistCorrection {
  return (rotations, offset, bone) => {
    const axis = new Float64Array(3);
    const side = new Float64Array(3);
    const turn = new Float64Array(4);
    rotateVec3(axis, 0, rotations, offset, hinge, 0);
    crossVec3(side, 0, axis, 0, target, 0);
    const angle = Math.atan2(dotVec3(side, 0, bone, 0), dotVec3(axis, 0, target, 0));
    if (Math.abs(angle) < BELIEVED) return;
    for (let component = 0; component < 3; component++) side[component] = bone[component] * angle;
    axisAngleToQuat(turn, 0, side, 0);
    multiplyQuat(rotations, offset, turn, 0, rotations, offset);
  };
}
