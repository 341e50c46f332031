import { BODY17_NAMES, BODY17_PARENTS } from './body17.ts';
import {
  BODY25,
  COCO17,
  HALPE26,
  KINECT25,
  LSP14,
  MEDIAPIPE33,
  type ParentNames,
  SMPL22,
  SMPL24,
  SMPL45,
  SPIN49,
  WHOLEBODY133,
} from './layout-tables.ts';

/** Joint layouts of position arrays. `h36m17` has the right leg first, `h36m17-left` the left leg. */
export type LayoutName =
  | 'h36m17'
  | 'h36m17-left'
  | 'coco17'
  | 'smpl24'
  | 'lsp14'
  | 'body25'
  | 'halpe26'
  | 'mediapipe33'
  | 'h36m16'
  | 'smpl22'
  | 'wholebody133'
  | 'smpl45'
  | 'spin49'
  | 'kinect25';

/** The joints of a position array, in its order. */
export interface JointLayout {
  /** Unique within the layout. A sided joint starts with `left` or `right`. */
  readonly names: readonly string[];
  /** Index of each joint's parent; -1 for roots and for joints whose parent the layout does not hold (COCO hips). */
  readonly parents: readonly number[];
  /** Joints that swap when the body is mirrored, each as [left, right]. */
  readonly sidePairs: readonly (readonly [left: number, right: number])[];
}

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

/** As stacked hourglass networks have it: `h36m17` without the joint between neck and head. */
const H36M16: ParentNames = Object.fromEntries(
  Object.entries(H36M17)
    .filter(([name]) => name !== 'neck')
    .map(([name, parent]) => [name, parent === 'neck' ? 'thorax' : parent]),
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
  h36m16: defineLayout(H36M16),
  smpl22: defineLayout(SMPL22),
  wholebody133: defineLayout(WHOLEBODY133),
  smpl45: defineLayout(SMPL45),
  spin49: defineLayout(SPIN49),
  kinect25: defineLayout(KINECT25),
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
