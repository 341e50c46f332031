/** Motion of kinds that no captured clip shows: made by hand, on body-17, 6 s at 30 frames a second. */
import { BODY17, BODY17_COUNT } from '../motion/skeleton/body17.ts';

export const UNSEEN_FRAME_TIME = 1 / 30;
const FRAMES = 180;

type Vector = readonly [number, number, number];

/** Directions in the world. */
interface Axes {
  readonly left: Vector;
  readonly up: Vector;
  readonly forward: Vector;
}

/** Bone lengths of an adult, metres. */
const HALF_HIPS = 0.1;
const THIGH = 0.43;
const SHIN = 0.42;
const HALF_TRUNK = 0.25;
const HALF_SHOULDERS = 0.18;
const UPPER_ARM = 0.28;
const FOREARM = 0.26;

export const UNSEEN_MOTION: Readonly<Record<string, () => Float64Array>> = {
  'crawling on hands and knees': () => animate(crawl),
  cartwheels: () => animate(cartwheel),
};

/** Directions of the limbs, in the body's own left, up (along the trunk), forward. */
interface Limbs {
  readonly thighs: readonly [left: Vector, right: Vector];
  readonly shins: readonly [left: Vector, right: Vector];
  readonly upperArms: readonly [left: Vector, right: Vector];
  readonly forearms: readonly [left: Vector, right: Vector];
}

function animate(pose: (out: Float64Array, offset: number, seconds: number) => void): Float64Array {
  const out = new Float64Array(FRAMES * BODY17_COUNT * 3);
  for (let frame = 0; frame < FRAMES; frame++) pose(out, frame * BODY17_COUNT * 3, frame * UNSEEN_FRAME_TIME);
  return out;
}

/** The trunk lies level, the knees and the hands are on the ground; opposite limbs move together. */
function crawl(out: Float64Array, offset: number, seconds: number): void {
  const swing = Math.sin(2 * Math.PI * 0.8 * seconds);
  const heading = 0.4 * Math.sin(0.5 * seconds);
  const ahead: Vector = [Math.sin(heading), 0, Math.cos(heading)];
  const left: Vector = [Math.cos(heading), 0, -Math.sin(heading)];
  // Along the trunk is ahead; the chest looks down.
  const axes: Axes = { left, up: ahead, forward: [0, -1, 0] };
  const leg = (share: number): Vector => inPlane(0.35 * share);
  const arm = (share: number): Vector => inPlane(0.3 * share);
  placeBody(out, offset, [0.2 * Math.sin(0.5 * seconds), 0.46, 0.35 * seconds], axes, {
    thighs: [leg(swing), leg(-swing)],
    shins: [
      [0, -0.98, 0.2 - 0.15 * Math.max(0, swing)],
      [0, -0.98, 0.2 - 0.15 * Math.max(0, -swing)],
    ],
    upperArms: [arm(-swing), arm(swing)],
    forearms: [arm(-1.4 * swing), arm(1.4 * swing)],
  });
}

/** Stands with raised arms, wheels over to the left, stands, and wheels back. */
function cartwheel(out: Float64Array, offset: number, seconds: number): void {
  const there = ease((seconds - 0.8) / 1.4);
  const back = ease((seconds - 3.6) / 1.4);
  const angle = 2 * Math.PI * (there - back);
  const spread = 0.15 + 0.45 * (1 - Math.cos(angle)) * 0.5 + 0.2 * Math.abs(Math.sin(angle));
  // Falls to the side: up goes to the left.
  const axes: Axes = {
    left: [Math.cos(angle), -Math.sin(angle), 0],
    up: [Math.sin(angle), Math.cos(angle), 0],
    forward: [0, 0, 1],
  };
  const legs = [aside(spread, -1), aside(-spread, -1)] as const;
  const arms = [aside(0.35, 1), aside(-0.35, 1)] as const;
  const height = 0.92 + 0.06 * Math.cos(angle);
  placeBody(out, offset, [2.2 * (there - back), height, 0], axes, {
    thighs: legs,
    shins: legs,
    upperArms: arms,
    forearms: arms,
  });
}

/** A limb that hangs down from the level trunk, swung along it. */
function inPlane(angle: number): Vector {
  return [0, Math.sin(angle), Math.cos(angle)];
}

function aside(angle: number, up: 1 | -1): Vector {
  return [Math.sin(angle), up * Math.cos(angle), 0];
}

function ease(share: number): number {
  const x = Math.min(1, Math.max(0, share));
  return x * x * (3 - 2 * x);
}

function placeBody(out: Float64Array, offset: number, pelvis: Vector, axes: Axes, limbs: Limbs): void {
  const put = (joint: number, from: number | null, direction: Vector, metres: number): void => {
    const length = Math.hypot(...direction);
    for (let axis = 0; axis < 3; axis++) {
      const along =
        direction[0] * axes.left[axis] + direction[1] * axes.up[axis] + direction[2] * axes.forward[axis];
      const start = from === null ? pelvis[axis] : out[offset + from * 3 + axis];
      out[offset + joint * 3 + axis] = start + (length === 0 ? 0 : (along / length) * metres);
    }
  };
  const B = BODY17;
  put(B.pelvis, null, [0, 0, 0], 0);
  put(B.spine, B.pelvis, [0, 1, 0.05], HALF_TRUNK);
  put(B.thorax, B.spine, [0, 1, -0.05], HALF_TRUNK);
  put(B.neck, B.thorax, [0, 1, 0.2], 0.1);
  put(B.head, B.neck, [0, 1, 0.3], 0.13);
  put(B.leftHip, B.pelvis, [1, 0, 0], HALF_HIPS);
  put(B.rightHip, B.pelvis, [-1, 0, 0], HALF_HIPS);
  put(B.leftShoulder, B.thorax, [1, -0.1, 0], HALF_SHOULDERS);
  put(B.rightShoulder, B.thorax, [-1, -0.1, 0], HALF_SHOULDERS);
  put(B.leftKnee, B.leftHip, limbs.thighs[0], THIGH);
  put(B.rightKnee, B.rightHip, limbs.thighs[1], THIGH);
  put(B.leftAnkle, B.leftKnee, limbs.shins[0], SHIN);
  put(B.rightAnkle, B.rightKnee, limbs.shins[1], SHIN);
  put(B.leftElbow, B.leftShoulder, limbs.upperArms[0], UPPER_ARM);
  put(B.rightElbow, B.rightShoulder, limbs.upperArms[1], UPPER_ARM);
  put(B.leftWrist, B.leftElbow, limbs.forearms[0], FOREARM);
  put(B.rightWrist, B.rightElbow, limbs.forearms[1], FOREARM);
}
