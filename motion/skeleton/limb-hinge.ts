import { axisAngleToQuat } from '../math/axis-angle.ts';
import { quatBetween, rotateVec3 } from '../math/quat.ts';
import { addScaledVec3, crossVec3, dotVec3, lengthVec3, normalizeVec3 } from '../math/vec3.ts';

/** Sines of 10° and 30°: less bent, the plane of a limb is noise; more bent, it is trusted fully. */
const STRAIGHT = Math.sin(Math.PI / 18);
const BENT = 0.5;
/** Seconds in which the axis of a straight limb forgets about two thirds of where it was. */
const MEMORY = 1;
/** rad/s about the upper bone: about the fastest that people turn a forearm or an upper arm. */
const FASTEST_TWIST = 20;
/** Cosines between which a knee's plane is taken to be bent the wrong way, or the right way. */
const BACKWARD = -0.3;
const FORWARD = 0.2;

export interface HingeOptions {
  readonly frameTime: number;
  /** Knees: a plane whose axis opposes the neutral one is an error of the positions and is not followed. */
  readonly isOneWay: boolean;
}

/**
 * The axis of a knee or elbow in each frame: unit, perpendicular to the upper bone, the one about which the
 * lower bone turns when it bends (right-handed from upper to lower). Shape of all arrays: [frame][xyz].
 *
 * Twist rule: a limb bent by more than 30° has its plane's normal. As it straightens, the normal fades out
 * and the axis of the frame before is carried along with the upper bone, drifting towards `neutral` (where the
 * axis is when the limb swings there from the T-pose without twist). After the first frame it turns about the
 * upper bone by 20 rad/s at most, so it stays continuous when a limb straightens and bends to the other side.
 */
export function hingeAxes(
  upper: Float64Array,
  lower: Float64Array,
  neutral: Float64Array,
  frameCount: number,
  options: HingeOptions,
): Float64Array {
  const axes = new Float64Array(frameCount * 3);
  const normal = new Float64Array(3);
  const side = new Float64Array(3);
  const turn = new Float64Array(4);
  const keep = Math.exp(-options.frameTime / MEMORY);
  for (let frame = 0; frame < frameCount; frame++) {
    const at = frame * 3;
    carryAxis(axes, upper, neutral, at, keep);
    crossVec3(normal, 0, upper, at, lower, at);
    const sine = lengthVec3(normal, 0) / (lengthVec3(upper, at) * lengthVec3(lower, at));
    let trust = smoothstep(STRAIGHT, BENT, sine);
    if (!(trust > 0)) continue;
    normalizeVec3(normal, 0);
    if (options.isOneWay) trust *= smoothstep(BACKWARD, FORWARD, dotVec3(normal, 0, neutral, at));
    // The normal is at a signed angle from the axis about the upper bone; turn by the trusted share of it.
    crossVec3(side, 0, axes, at, normal, 0);
    const length = lengthVec3(upper, at);
    const angle = Math.atan2(dotVec3(side, 0, upper, at) / length, dotVec3(axes, at, normal, 0));
    const limit = frame === 0 ? Math.PI : FASTEST_TWIST * options.frameTime;
    const twist = Math.min(limit, Math.max(-limit, angle * trust));
    for (let axis = 0; axis < 3; axis++) side[axis] = (upper[at + axis] / length) * twist;
    axisAngleToQuat(turn, 0, side, 0);
    rotateVec3(axes, at, turn, 0, axes, at);
  }
  return axes;
}

/** The axis of the frame before, moved by the swing of the upper bone and drawn towards the neutral one. */
function carryAxis(
  axes: Float64Array,
  upper: Float64Array,
  neutral: Float64Array,
  at: number,
  keep: number,
): void {
  if (at === 0) {
    for (let axis = 0; axis < 3; axis++) axes[axis] = neutral[axis];
  } else {
    const swing = new Float64Array(4);
    quatBetween(swing, 0, upper, at - 3, upper, at);
    rotateVec3(axes, at, swing, 0, axes, at - 3);
    // An axis on the far side of the neutral one stays: pulling it through zero would be a leap.
    const weight = (1 - keep) * Math.max(0, dotVec3(axes, at, neutral, at));
    addScaledVec3(axes, at, axes, at, neutral, at, weight);
  }
  const length2 = dotVec3(upper, at, upper, at);
  if (length2 > 0) addScaledVec3(axes, at, axes, at, upper, at, -dotVec3(axes, at, upper, at) / length2);
  normalizeVec3(axes, at);
}

function smoothstep(low: number, high: number, value: number): number {
  const share = Math.min(1, Math.max(0, (value - low) / (high - low)));
  return share * share * (3 - 2 * share);
}
