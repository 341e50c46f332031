import { BODY17_NAMES, BODY17_PARENTS } from './body17.ts';

/** Joint layouts of position arrays. `h36m17` has the right leg first, `h36m17-left` the left leg. */
export type LayoutName =
  | 'h36m17'
  | 'h36m17-left'
  | 'coco17'
  | 'smpl24'
  | 'lsp14'
  | 'body25'
  | 'halpe26'
  | 'mediapipe33';

/** The joints of a position array, in its order. */
export interface JointLayout {
  /** Unique within the layout. A sided joint starts with `left` or `right`. */
  readonly names: readonly string[];
  /** Index of each joint's parent; -1 for roots and for joints whose parent the layout does not hold (COCO hips). */
  readonly parents: readonly number[];
  /** Joints that swap when the body is mirrored, each as [left, right]. */
  readonly sidePairs: readonly (readonly [left: number, right: number])[];
}

/** Joint name to parent name in layout order; '' where the layout holds no parent. */
type ParentNames = Readonly<Record<string, string>>;

const SMPL24: ParentNames = {
  pelvis: '',
  leftHip: 'pelvis',
  rightHip: 'pelvis',
  spine1: 'pelvis',
  leftKnee: 'leftHip',
  rightKnee: 'rightHip',
  spine2: 'spine1',
  leftAnkle: 'leftKnee',
  rightAnkle: 'rightKnee',
  spine3: 'spine2',
  leftFoot: 'leftAnkle',
  rightFoot: 'rightAnkle',
  neck: 'spine3',
  leftCollar: 'spine3',
  rightCollar: 'spine3',
  head: 'neck',
  leftShoulder: 'leftCollar',
  rightShoulder: 'rightCollar',
  leftElbow: 'leftShoulder',
  rightElbow: 'rightShoulder',
  leftWrist: 'leftElbow',
  rightWrist: 'rightElbow',
  leftHand: 'leftWrist',
  rightHand: 'rightWrist',
};

const COCO17: ParentNames = {
  nose: '',
  leftEye: 'nose',
  rightEye: 'nose',
  leftEar: 'leftEye',
  rightEar: 'rightEye',
  leftShoulder: '',
  rightShoulder: '',
  leftElbow: 'leftShoulder',
  rightElbow: 'rightShoulder',
  leftWrist: 'leftElbow',
  rightWrist: 'rightElbow',
  leftHip: '',
  rightHip: '',
  leftKnee: 'leftHip',
  rightKnee: 'rightHip',
  leftAnkle: 'leftKnee',
  rightAnkle: 'rightKnee',
};

const LSP14: ParentNames = {
  rightAnkle: 'rightKnee',
  rightKnee: 'rightHip',
  rightHip: '',
  leftHip: '',
  leftKnee: 'leftHip',
  leftAnkle: 'leftKnee',
  rightWrist: 'rightElbow',
  rightElbow: 'rightShoulder',
  rightShoulder: 'neck',
  leftShoulder: 'neck',
  leftElbow: 'leftShoulder',
  leftWrist: 'leftElbow',
  neck: '',
  headTop: 'neck',
};

const BODY25: ParentNames = {
  nose: 'neck',
  neck: 'midHip',
  rightShoulder: 'neck',
  rightElbow: 'rightShoulder',
  rightWrist: 'rightElbow',
  leftShoulder: 'neck',
  leftElbow: 'leftShoulder',
  leftWrist: 'leftElbow',
  midHip: '',
  rightHip: 'midHip',
  rightKnee: 'rightHip',
  rightAnkle: 'rightKnee',
  leftHip: 'midHip',
  leftKnee: 'leftHip',
  leftAnkle: 'leftKnee',
  rightEye: 'nose',
  leftEye: 'nose',
  rightEar: 'rightEye',
  leftEar: 'leftEye',
  leftBigToe: 'leftAnkle',
  leftSmallToe: 'leftBigToe',
  leftHeel: 'leftAnkle',
  rightBigToe: 'rightAnkle',
  rightSmallToe: 'rightBigToe',
  rightHeel: 'rightAnkle',
};

const HALPE26: ParentNames = {
  ...COCO17,
  nose: 'headTop',
  leftShoulder: 'neck',
  rightShoulder: 'neck',
  leftHip: 'midHip',
  rightHip: 'midHip',
  headTop: 'neck',
  neck: 'midHip',
  midHip: '',
  leftBigToe: 'leftAnkle',
  rightBigToe: 'rightAnkle',
  leftSmallToe: 'leftBigToe',
  rightSmallToe: 'rightBigToe',
  leftHeel: 'leftAnkle',
  rightHeel: 'rightAnkle',
};

const MEDIAPIPE33: ParentNames = {
  nose: '',
  leftEyeInner: 'nose',
  leftEye: 'leftEyeInner',
  leftEyeOuter: 'leftEye',
  rightEyeInner: 'nose',
  rightEye: 'rightEyeInner',
  rightEyeOuter: 'rightEye',
  leftEar: 'leftEyeOuter',
  rightEar: 'rightEyeOuter',
  leftMouth: 'nose',
  rightMouth: 'nose',
  leftShoulder: '',
  rightShoulder: '',
  leftElbow: 'leftShoulder',
  rightElbow: 'rightShoulder',
  leftWrist: 'leftElbow',
  rightWrist: 'rightElbow',
  leftPinky: 'leftWrist',
  rightPinky: 'rightWrist',
  leftIndex: 'leftWrist',
  rightIndex: 'rightWrist',
  leftThumb: 'leftWrist',
  rightThumb: 'rightWrist',
  leftHip: '',
  rightHip: '',
  leftKnee: 'leftHip',
  rightKnee: 'rightHip',
  leftAnkle: 'leftKnee',
  rightAnkle: 'rightKnee',
  leftHeel: 'leftAnkle',
  rightHeel: 'rightAnkle',
  leftFootIndex: 'leftAnkle',
  rightFootIndex: 'rightAnkle',
};

const H36M17: ParentNames = Object.fromEntries(
  BODY17_NAMES.map((name, joint) => [name, BODY17_NAMES[BODY17_PARENTS[joint]] ?? '']),
);

/** `h36m17` with every left leg joint where the right one stands, and the reverse; arms are left first in both. */
const H36M17_LEFT: ParentNames = Object.fromEntries(
  BODY17_NAMES.map((name, joint) => (joint >= 1 && joint <= 6 ? otherSide(name) : name)).map((name) => [
    name,
    H36M17[name],
  ]),
);

export const LAYOUTS: Readonly<Record<LayoutName, JointLayout>> = {
  h36m17: defineLayout(H36M17),
  'h36m17-left': defineLayout(H36M17_LEFT),
  coco17: defineLayout(COCO17),
  smpl24: defineLayout(SMPL24),
  lsp14: defineLayout(LSP14),
  body25: defineLayout(BODY25),
  halpe26: defineLayout(HALPE26),
  mediapipe33: defineLayout(MEDIAPIPE33),
};

export const LAYOUT_NAMES = Object.keys(LAYOUTS) as readonly LayoutName[];

/** Whether a word (a command line argument, a file's metadata) names a layout. */
export function isLayoutName(word: string): word is LayoutName {
  return Object.hasOwn(LAYOUTS, word);
}

export function layoutJointCount(layout: LayoutName): number {
  return LAYOUTS[layout].names.length;
}

function defineLayout(parentNames: ParentNames): JointLayout {
  const names = Object.keys(parentNames);
  return {
    names,
    parents: names.map((name) => names.indexOf(parentNames[name])),
    sidePairs: names.flatMap((name, joint) =>
      name.startsWith('left') ? [[joint, names.indexOf(otherSide(name))] as const] : [],
    ),
  };
}

function otherSide(name: string): string {
  return name.startsWith('left') ? `right${name.slice(4)}` : name.replace(/^right/, 'left');
}
