/** Joint name to parent name in layout order; '' where the layout holds no parent. */
export type ParentNames = Readonly<Record<string, string>>;

export const SMPL24: ParentNames = {
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

export const COCO17: ParentNames = {
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

export const LSP14: ParentNames = {
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

export const BODY25: ParentNames = {
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

export const HALPE26: ParentNames = {
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

export const MEDIAPIPE33: ParentNames = {
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

/** The body of SMPL-H and SMPL-X, and of HumanML3D: SMPL without its hands. */
export const SMPL22: ParentNames = Object.fromEntries(Object.entries(SMPL24).slice(0, 22));

const FINGERS = ['Thumb', 'Index', 'Middle', 'Ring', 'Pinky'] as const;

/** SMPL's joints and the vertices that smplx adds to them: face, feet, finger tips. The right eye and ear are first. */
export const SMPL45: ParentNames = {
  ...SMPL24,
  nose: 'head',
  rightEye: 'nose',
  leftEye: 'nose',
  rightEar: 'rightEye',
  leftEar: 'leftEye',
  ...feetOf('left', 'Ankle'),
  ...feetOf('right', 'Ankle'),
  ...tipsOf('left'),
  ...tipsOf('right'),
};

/**
 * SPIN's and VIBE's: BODY_25, then 24 joints of the data sets they train on. Names that BODY_25 has already end in
 * `Lsp`, `Mpii` or `Coco`, the set they come from; spine, jaw and head are those of Human3.6M.
 */
export const SPIN49: ParentNames = {
  ...BODY25,
  rightAnkleLsp: 'rightKneeLsp',
  rightKneeLsp: 'rightHipLsp',
  rightHipLsp: 'pelvisMpii',
  leftHipLsp: 'pelvisMpii',
  leftKneeLsp: 'leftHipLsp',
  leftAnkleLsp: 'leftKneeLsp',
  rightWristLsp: 'rightElbowLsp',
  rightElbowLsp: 'rightShoulderLsp',
  rightShoulderLsp: 'neckLsp',
  leftShoulderLsp: 'neckLsp',
  leftElbowLsp: 'leftShoulderLsp',
  leftWristLsp: 'leftElbowLsp',
  neckLsp: 'spine',
  headTop: 'neckLsp',
  pelvisMpii: 'midHip',
  thoraxMpii: 'spine',
  spine: 'pelvisMpii',
  jaw: 'neckLsp',
  head: 'jaw',
  noseCoco: 'jaw',
  leftEyeCoco: 'noseCoco',
  rightEyeCoco: 'noseCoco',
  leftEarCoco: 'leftEyeCoco',
  rightEarCoco: 'rightEyeCoco',
};

/** Kinect v2: the base of the spine is called pelvis here, the spine at the shoulders thorax; `head` is its middle. */
export const KINECT25: ParentNames = {
  pelvis: '',
  spine: 'pelvis',
  neck: 'thorax',
  head: 'neck',
  leftShoulder: 'thorax',
  leftElbow: 'leftShoulder',
  leftWrist: 'leftElbow',
  leftHand: 'leftWrist',
  rightShoulder: 'thorax',
  rightElbow: 'rightShoulder',
  rightWrist: 'rightElbow',
  rightHand: 'rightWrist',
  leftHip: 'pelvis',
  leftKnee: 'leftHip',
  leftAnkle: 'leftKnee',
  leftFoot: 'leftAnkle',
  rightHip: 'pelvis',
  rightKnee: 'rightHip',
  rightAnkle: 'rightKnee',
  rightFoot: 'rightAnkle',
  thorax: 'spine',
  leftHandTip: 'leftHand',
  leftThumb: 'leftHand',
  rightHandTip: 'rightHand',
  rightThumb: 'rightHand',
};

/** COCO-WholeBody: COCO's body, 6 joints of the feet, 68 of the face, 21 of each hand. Finger joints count outwards. */
export const WHOLEBODY133: ParentNames = {
  ...COCO17,
  ...feetOf('left', 'Ankle'),
  ...feetOf('right', 'Ankle'),
  ...Object.fromEntries(faceNames().map((name) => [name, 'nose'])),
  ...handOf('left'),
  ...handOf('right'),
};

function feetOf(side: string, parent: string): ParentNames {
  return {
    [`${side}BigToe`]: side + parent,
    [`${side}SmallToe`]: `${side}BigToe`,
    [`${side}Heel`]: side + parent,
  };
}

function tipsOf(side: string): ParentNames {
  return Object.fromEntries(FINGERS.map((finger) => [`${side}${finger}`, `${side}Hand`]));
}

function handOf(side: string): ParentNames {
  const joints = FINGERS.flatMap((finger) =>
    [1, 2, 3, 4].map((joint) => [
      `${side}${finger}${joint}`,
      joint === 1 ? `${side}HandRoot` : `${side}${finger}${joint - 1}`,
    ]),
  );
  return { [`${side}HandRoot`]: `${side}Wrist`, ...Object.fromEntries(joints) };
}

/** The 68 face landmarks in their usual order; points of the two sides with the same number mirror each other. */
function faceNames(): string[] {
  const run = (word: string, ...numbers: number[]): string[] => numbers.map((number) => `${word}${number}`);
  return [
    ...run('rightContour', 1, 2, 3, 4, 5, 6, 7, 8),
    'chin',
    ...run('leftContour', 8, 7, 6, 5, 4, 3, 2, 1),
    ...run('rightEyebrow', 1, 2, 3, 4, 5),
    ...run('leftEyebrow', 5, 4, 3, 2, 1),
    ...run('noseBridge', 1, 2, 3, 4),
    ...run('rightNostril', 2, 1),
    'noseBase',
    ...run('leftNostril', 1, 2),
    ...run('rightEyelid', 1, 2, 3, 4, 5, 6),
    ...run('leftEyelid', 4, 3, 2, 1, 6, 5),
    ...run('rightLip', 1, 2, 3),
    'lipTop',
    ...run('leftLip', 3, 2, 1, 5, 4),
    'lipBottom',
    ...run('rightLip', 4, 5),
    ...run('rightInnerLip', 1, 2),
    'innerLipTop',
    ...run('leftInnerLip', 2, 1, 3),
    'innerLipBottom',
    ...run('rightInnerLip', 3),
  ];
}
