import { LAYOUT_NAMES, type LayoutName, layoutJointCount } from '../skeleton/layouts.ts';

/** Layouts with this many joints; several where the count does not decide (17, 25). */
export function layoutsOfJointCount(joints: number): LayoutName[] {
  return LAYOUT_NAMES.filter((layout) => layoutJointCount(layout) === joints);
}

const AXIS_ANGLE = 'run the body model and save its joint positions as (frames, joints, 3)';
const CONVERT = 'save joint positions as (frames, joints, 3) in a known layout';

/** What a row of this many numbers usually is, where it is not just positions. */
const ROW_MEANINGS: Readonly<Record<number, readonly [meaning: string, advice: string]>> = {
  63: ['SMPL-X body rotations (21 joints, axis-angle)', AXIS_ANGLE],
  66: ['SMPL-H body rotations (22 joints, axis-angle)', AXIS_ANGLE],
  69: ['SMPL body rotations (23 joints, axis-angle)', AXIS_ANGLE],
  72: ['SMPL rotations (24 joints, axis-angle)', AXIS_ANGLE],
  75: ['SMPL rotations with translation, or 25 positions', `${AXIS_ANGLE}; positions need --layout body25`],
  144: ['SMPL rotations in 6D form', AXIS_ANGLE],
  156: ['SMPL-H rotations (AMASS poses)', AXIS_ANGLE],
  165: ['SMPL-X rotations (AMASS poses)', AXIS_ANGLE],
  263: ['HumanML3D features', 'recover joints from them (recover_from_ric) and save (frames, 22, 3)'],
};

/** Joint sets that are seen in files but are none of the layouts. */
const JOINT_MEANINGS: Readonly<Record<number, string>> = {
  21: 'SMPL-X body joints without the pelvis',
  23: 'SMPL joints without the pelvis',
  54: 'SMPL joints with extra keypoints',
};

/** Why an array of this shape is not joint positions, in words for an error: what it usually is, what to do. */
export function describeForeignShape(shape: readonly number[]): readonly [meaning: string, advice: string] {
  const [, second, third, fourth] = shape;
  if (shape.length < 2) return ['it has no axis of joints', CONVERT];
  if (shape.length === 2) return ROW_MEANINGS[second] ?? describeFlatRow(second);
  if (shape.length === 3) {
    if (third === 6) return ['it looks like rotations in 6D form', AXIS_ANGLE];
    if (third !== 2 && third !== 3 && third !== 4)
      return [`${third} numbers per joint are no positions`, CONVERT];
    const meaning = JOINT_MEANINGS[second];
    return [
      `${second} joints are ${meaning ?? 'in no known layout'}`,
      `pick the joints of a layout: ${listLayouts()}`,
    ];
  }
  if (shape.length === 4 && third === 3 && fourth === 3)
    return ['it looks like rotation matrices', AXIS_ANGLE];
  if (shape.length === 4)
    return ['a first axis of persons or clips is likely', 'save one of them: np.save(path, a[0])'];
  return [`${shape.length} axes are no positions`, CONVERT];
}

export function listLayouts(): string {
  return LAYOUT_NAMES.map((layout) => `${layout} (${layoutJointCount(layout)})`).join(', ');
}

/** Whether rows of this many numbers usually hold rotations. */
export function isUsuallyRotations(columns: number): boolean {
  return columns in ROW_MEANINGS && columns !== 263;
}

function describeFlatRow(columns: number): readonly [string, string] {
  if (columns < 14 * 2)
    return ['it has too few columns for a body', 'save (frames, joints, 3); one pose is (1, joints, 3)'];
  const fits = LAYOUT_NAMES.filter((layout) => {
    const joints = layoutJointCount(layout);
    return columns === joints * 3 || columns === joints * 2;
  });
  if (fits.length > 0)
    return [
      'the columns do not say which joints they are',
      `give the layout (--layout), for example ${fits[0]}`,
    ];
  return [`${columns} columns fit no layout`, CONVERT];
}
