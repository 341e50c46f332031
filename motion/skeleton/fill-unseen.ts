import { BODY17, BODY17_COUNT, BODY17_PARENTS } from './body17.ts';
import { fillSeenJoints, placeBetween } from './fill-gaps.ts';

/**
 * From parent to joint in an average adult who stands with hanging arms and faces +Z, metres: for joints that no frame
 * has. Lengths are parts of 1.7 m (Drillis & Contini 1966).
 */
const STANDING: Readonly<Record<number, readonly [number, number, number]>> = {
  [BODY17.rightHip]: [-0.1, 0, 0],
  [BODY17.rightKnee]: [0, -0.42, 0.01],
  [BODY17.rightAnkle]: [0, -0.42, -0.01],
  [BODY17.leftHip]: [0.1, 0, 0],
  [BODY17.leftKnee]: [0, -0.42, 0.01],
  [BODY17.leftAnkle]: [0, -0.42, -0.01],
  [BODY17.spine]: [0, 0.23, 0],
  [BODY17.thorax]: [0, 0.26, 0],
  [BODY17.neck]: [0, 0.12, 0.02],
  [BODY17.head]: [0, 0.13, 0],
  [BODY17.leftShoulder]: [0.18, 0, 0],
  [BODY17.leftElbow]: [0, -0.3, -0.01],
  [BODY17.leftWrist]: [0, -0.26, 0.02],
  [BODY17.rightShoulder]: [-0.18, 0, 0],
  [BODY17.rightElbow]: [0, -0.3, -0.01],
  [BODY17.rightWrist]: [0, -0.26, 0.02],
};

const CHANNELS = BODY17_COUNT * 3;

/**
 * Positions without gaps for a skeleton, which has all 17 joints whatever was seen: gaps are bridged, and a joint that no
 * frame has hangs from its parent as in a standing body. A pelvis that no frame has lies between the hips. Null where no
 * frame has any joint.
 *
 * @param body17 metres, Y up, [frame][17][xyz]
 */
export function fillUnseen(body17: Float64Array): Float64Array | null {
  if (body17.every(Number.isNaN)) return null;
  const out = body17.slice();
  const { isSeen } = fillSeenJoints(out, BODY17_COUNT);
  if (!isSeen[BODY17.pelvis]) {
    const anchors = isSeen.flatMap((seen, joint) => (seen ? [joint] : []));
    const hips = anchors.filter((joint) => joint === BODY17.leftHip || joint === BODY17.rightHip);
    placeBetween(out, BODY17_COUNT, BODY17.pelvis, hips.length > 0 ? hips : anchors);
  }
  for (let joint = 1; joint < BODY17_COUNT; joint++) {
    if (isSeen[joint]) continue;
    const parent = BODY17_PARENTS[joint];
    for (let at = 0; at < out.length; at += CHANNELS) {
      for (let axis = 0; axis < 3; axis++)
        out[at + joint * 3 + axis] = out[at + parent * 3 + axis] + STANDING[joint][axis];
    }
  }
  return out;
}
