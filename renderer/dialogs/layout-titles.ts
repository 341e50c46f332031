import type { LayoutName } from '../../motion/skeleton/layouts.ts';

/** What layouts are called where a user chooses one. */
export const LAYOUT_TITLES: Readonly<Record<LayoutName, string>> = {
  h36m17: 'Human3.6M, right leg first',
  'h36m17-left': 'Human3.6M, left leg first',
  coco17: 'COCO, 17 joints',
  smpl24: 'SMPL, 24 joints',
  lsp14: 'LSP, 14 joints',
  body25: 'BODY-25, OpenPose',
  halpe26: 'Halpe, 26 joints',
  mediapipe33: 'MediaPipe, 33 joints',
};
