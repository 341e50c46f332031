import type { UpName } from '../../motion/formats/axes.ts';
import type { LengthUnit } from '../../motion/formats/unit-guess.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';

/** What layouts, units and axes are called where a user chooses one. */
export const LAYOUT_TITLES: Readonly<Record<LayoutName, string>> = {
  h36m17: 'Human3.6M, right leg first',
  'h36m17-left': 'Human3.6M, left leg first',
  coco17: 'COCO, 17 joints',
  smpl24: 'SMPL, 24 joints',
  lsp14: 'LSP, 14 joints',
  body25: 'BODY-25 (OpenPose)',
  halpe26: 'Halpe, 26 joints',
  mediapipe33: 'MediaPipe, 33 joints',
  h36m16: 'Human3.6M, 16 joints',
  smpl22: 'SMPL body, 22 joints (HumanML3D)',
  wholebody133: 'COCO-WholeBody, 133 joints',
  smpl45: 'SMPL, 45 joints',
  spin49: 'SPIN, 49 joints',
  kinect25: 'Kinect v2, 25 joints',
};

export const UNIT_TITLES: Readonly<Record<LengthUnit, string>> = {
  m: 'Metres',
  cm: 'Centimetres',
  mm: 'Millimetres',
  inch: 'Inches',
  cmu: 'CMU units (5.64 cm)',
};

export const UP_TITLES: Readonly<Record<UpName, string>> = {
  y: 'Y up',
  '-y': 'Y down (camera axes)',
  z: 'Z up',
  '-z': 'Z down',
  x: 'X up',
  '-x': 'X down',
};

/** Axes offered as pictures; the others are rare. */
export const COMMON_UPS: readonly UpName[] = ['y', '-y', 'z'];
