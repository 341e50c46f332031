import type { UpAxis } from '../../formats/axes.ts';
import type { SmplTrack } from '../../formats/tracks.ts';
import { makeQuatsContinuous, multiplyConjugateQuat } from '../../math/quat.ts';
import type { SkeletonClip } from '../clip.ts';
import { bridgeGaps, type FittedName, fittedNode } from '../fitted-skeleton.ts';
import { solveFk } from '../fk.ts';
import { solveIk } from '../ik/solve-ik.ts';
import { NO_PARENT } from '../skeleton.ts';
import { skeletonFromPositions } from '../skeleton-from-positions.ts';
import { averagePelvisOffset } from './average-smpl.ts';
import { fitSmplBody } from './fit-smpl-body.ts';
import { type SmplBody, smplBody17Map } from './smpl-body.ts';
import { SMPL_BODY_JOINTS } from './smpl-joints.ts';
import { turnQuat, turnRoot, turnUp } from './turn-rotation.ts';

export interface RetargetOptions {
  /** The track's id. Default `1`. */
  readonly id?: string;
  /** The track's axes; default `+z`, as AMASS has them. */
  readonly up?: UpAxis;
  /** Trust in each body-17 joint, >= 0; joints that were derived deserve less. Default 1. */
  readonly weights?: ArrayLike<number>;
}

export interface RetargetedTrack {
  /** SMPL-H with 22 joints: the hands are at rest. Translations are those of SMPL's own average body. */
  readonly track: SmplTrack;
  /** The average body with the clip's bone lengths; `smplToClip(track, body)` meets the positions. */
  readonly body: SmplBody;
  /** Mean distance of the body-17 joints to the positions, millimetres. */
  readonly residualMm: number;
}

/** SMPL joint to the fitted joint whose world rotation it starts from: both rest in the same T-pose. */
const STARTS: Readonly<Record<string, FittedName>> = {
  pelvis: 'Hips',
  // Pelvis to spine2 is one bone of body-17.
  spine1: 'Hips',
  spine2: 'Spine',
  spine3: 'Spine1',
  neck: 'Neck',
  head: 'Head',
  leftHip: 'LeftUpLeg',
  leftKnee: 'LeftLeg',
  leftAnkle: 'LeftFoot',
  rightHip: 'RightUpLeg',
  rightKnee: 'RightLeg',
  rightAnkle: 'RightFoot',
  leftCollar: 'LeftShoulder',
  leftShoulder: 'LeftArm',
  leftElbow: 'LeftForeArm',
  leftWrist: 'LeftHand',
  rightCollar: 'RightShoulder',
  rightShoulder: 'RightArm',
  rightElbow: 'RightForeArm',
  rightWrist: 'RightHand',
};

/**
 * Poses SMPL by joint positions of any body: the average SMPL-H body takes the positions' bone lengths and is
 * solved by IK. Where hips, shoulders and head sit on the trunk is taken from the positions too, so that the trunk turns
 * as theirs does and not so as to make up for another build.
 *
 * Twist rule: positions say nothing of the twist about a bone. Limbs twist so that the knee or elbow bends in the plane
 * of the limb (`hingeAxes`), the pelvis turns with the hips, the upper spine with the shoulders, hands, feet and
 * head add no twist of their own (`skeletonFromPositions`); from there bones swing the shortest way. Gaps (NaN) are
 * bridged. Throws RangeError where a joint is in no frame.
 *
 * @param body17 metres, Y up, [frame][17][xyz]
 * @param frameTime seconds per frame
 */
export function retargetToSmpl(
  body17: Float64Array,
  frameTime: number,
  options: RetargetOptions = {},
): RetargetedTrack {
  const { id = '1', up = '+z', weights } = options;
  const fitted = skeletonFromPositions(body17, frameTime, id).clip;
  const body = fitSmplBody(fitted.skeleton, 'smplh', SMPL_BODY_JOINTS);
  const start = startPose(fitted, body);
  const { clip, residualMm } = solveIk(start, smplBody17Map(body), bridgeGaps(body17, fitted.frameCount), {
    ...(weights ? { weights } : {}),
  });

  const { frameCount } = clip;
  const nodeCount = body.skeleton.names.length;
  const turn = turnUp('+y', up);
  const quat = turnQuat(turn);
  const pelvisOffset = averagePelvisOffset('smplh');
  const rotations = new Float64Array(frameCount * SMPL_BODY_JOINTS * 4);
  const translations = new Float64Array(frameCount * 3);
  for (let frame = 0; frame < frameCount; frame++) {
    const node = frame * nodeCount;
    const first = frame * SMPL_BODY_JOINTS * 4;
    rotations.set(clip.localRotations.subarray(node * 4, (node + SMPL_BODY_JOINTS) * 4), first);
    translations.set(clip.localTranslations.subarray(node * 3, node * 3 + 3), frame * 3);
    turnRoot(rotations, first, translations, frame * 3, turn, quat);
    for (let axis = 0; axis < 3; axis++) translations[frame * 3 + axis] -= pelvisOffset[axis];
  }
  makeQuatsContinuous(rotations, frameCount, SMPL_BODY_JOINTS);
  const track: SmplTrack = {
    kind: 'smpl',
    id,
    model: 'smplh',
    jointCount: SMPL_BODY_JOINTS,
    frameCount,
    fps: 1 / frameTime,
    seen: null,
    rotations,
    translations,
    betas: null,
    gender: null,
    up,
    space: 'world',
  };
  return { track, body, residualMm };
}

/** The body with the fitted skeleton's world rotations, its pelvis where that one's is. */
function startPose(fitted: SkeletonClip, body: SmplBody): SkeletonClip {
  const { skeleton } = body;
  const { frameCount } = fitted;
  const nodeCount = skeleton.names.length;
  const localRotations = new Float64Array(frameCount * nodeCount * 4);
  const localTranslations = new Float64Array(frameCount * nodeCount * 3);
  const fittedPositions = new Float64Array(fitted.skeleton.names.length * 3);
  const fittedRotations = new Float64Array(fitted.skeleton.names.length * 4);
  const world = new Float64Array(nodeCount * 4);
  for (let frame = 0; frame < frameCount; frame++) {
    solveFk(fitted, frame, fittedPositions, fittedRotations);
    localTranslations.set(skeleton.restOffsets, frame * nodeCount * 3);
    localTranslations.set(fittedPositions.subarray(0, 3), frame * nodeCount * 3);
    for (let node = 0; node < nodeCount; node++) {
      const parent = skeleton.parents[node];
      const at = (frame * nodeCount + node) * 4;
      const start = STARTS[skeleton.names[node]];
      if (start === undefined) {
        localRotations[at + 3] = 1;
        if (parent !== NO_PARENT) world.copyWithin(node * 4, parent * 4, parent * 4 + 4);
        continue;
      }
      const from = fittedNode(start) * 4;
      world.set(fittedRotations.subarray(from, from + 4), node * 4);
      if (parent === NO_PARENT) localRotations.set(world.subarray(0, 4), at);
      else multiplyConjugateQuat(localRotations, at, world, parent * 4, world, node * 4);
    }
  }
  const { frameTime, name } = fitted;
  return { kind: 'skeleton', name, skeleton, frameCount, frameTime, localRotations, localTranslations };
}
