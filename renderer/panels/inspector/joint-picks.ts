import { BODY17, BODY17_COUNT } from '../../../motion/skeleton/body17.ts';

const ARMS = [
  BODY17.leftShoulder,
  BODY17.leftElbow,
  BODY17.leftWrist,
  BODY17.rightShoulder,
  BODY17.rightElbow,
  BODY17.rightWrist,
];
const LEGS = [
  BODY17.leftHip,
  BODY17.leftKnee,
  BODY17.leftAnkle,
  BODY17.rightHip,
  BODY17.rightKnee,
  BODY17.rightAnkle,
];

function jointsOf(joints: readonly number[]): readonly boolean[] {
  return Array.from({ length: BODY17_COUNT }, (_, joint) => joints.includes(joint));
}

/** Usual choices of joints, each replacing the choice before it. */
export const JOINT_PICKS: readonly { readonly title: string; readonly joints: readonly boolean[] }[] = [
  { title: 'All', joints: new Array<boolean>(BODY17_COUNT).fill(true) },
  { title: 'None', joints: new Array<boolean>(BODY17_COUNT).fill(false) },
  { title: 'Arms', joints: jointsOf(ARMS) },
  { title: 'Legs', joints: jointsOf(LEGS) },
  {
    title: 'Upper body',
    joints: jointsOf([BODY17.spine, BODY17.thorax, BODY17.neck, BODY17.head, ...ARMS]),
  },
];

export function withJoint(joints: readonly boolean[], joint: number, isPicked: boolean): boolean[] {
  return joints.map((wasPicked, other) => (other === joint ? isPicked : wasPicked));
}

/** `all 17 joints`, `3 of 17 joints`, or a warning where none is left. */
export function pickText(joints: readonly boolean[]): string {
  const count = joints.filter(Boolean).length;
  if (count === 0) return 'no joint: nothing would change';
  return count === joints.length ? `all ${count} joints` : `${count} of ${joints.length} joints`;
}
