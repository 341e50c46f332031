import type { SmplModel } from '../../formats/tracks.ts';

/**
 * Joints of the body models of the SMPL family, in the models' own order. The first 22 are the same in all of them
 * and bear the names of the `smpl24` layout.
 */

/** Joint name to parent name, in order. */
type Tree = readonly (readonly [name: string, parent: string])[];

const BODY: Tree = [
  ['pelvis', ''],
  ['leftHip', 'pelvis'],
  ['rightHip', 'pelvis'],
  ['spine1', 'pelvis'],
  ['leftKnee', 'leftHip'],
  ['rightKnee', 'rightHip'],
  ['spine2', 'spine1'],
  ['leftAnkle', 'leftKnee'],
  ['rightAnkle', 'rightKnee'],
  ['spine3', 'spine2'],
  ['leftFoot', 'leftAnkle'],
  ['rightFoot', 'rightAnkle'],
  ['neck', 'spine3'],
  ['leftCollar', 'spine3'],
  ['rightCollar', 'spine3'],
  ['head', 'neck'],
  ['leftShoulder', 'leftCollar'],
  ['rightShoulder', 'rightCollar'],
  ['leftElbow', 'leftShoulder'],
  ['rightElbow', 'rightShoulder'],
  ['leftWrist', 'leftElbow'],
  ['rightWrist', 'rightElbow'],
];

/** The fingers of a hand in the order of MANO, three joints each, from the palm outwards. */
export const FINGERS = ['Index', 'Middle', 'Pinky', 'Ring', 'Thumb'] as const;

const HANDS: Tree = (['left', 'right'] as const).flatMap((side) =>
  FINGERS.flatMap((finger) => [
    [`${side}${finger}1`, `${side}Wrist`] as const,
    [`${side}${finger}2`, `${side}${finger}1`] as const,
    [`${side}${finger}3`, `${side}${finger}2`] as const,
  ]),
);

const TREES: Readonly<Record<SmplModel, Tree>> = {
  smpl: [...BODY, ['leftHand', 'leftWrist'], ['rightHand', 'rightWrist']],
  smplh: [...BODY, ...HANDS],
  smplx: [...BODY, ['jaw', 'head'], ['leftEye', 'head'], ['rightEye', 'head'], ...HANDS],
};

/** Joints that all models share: the body without hands and face. */
export const SMPL_BODY_JOINTS = BODY.length;

/** 24 (SMPL), 52 (SMPL-H), 55 (SMPL-X). */
export function smplJointCount(model: SmplModel): number {
  return TREES[model].length;
}

export function smplJointNames(model: SmplModel): readonly string[] {
  return TREES[model].map(([name]) => name);
}

/** Index of each joint's parent, -1 for the pelvis; parents precede children. */
export function smplParents(model: SmplModel): readonly number[] {
  const names = smplJointNames(model);
  return TREES[model].map(([, parent]) => names.indexOf(parent));
}

/** The joint's index, the same in each model that has it. Throws RangeError for a joint the model lacks. */
export function smplJoint(model: SmplModel, name: string): number {
  const joint = TREES[model].findIndex(([own]) => own === name);
  if (joint < 0) throw new RangeError(`${model} has no joint ${name}`);
  return joint;
}
