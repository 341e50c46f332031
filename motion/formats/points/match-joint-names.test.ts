import { expect, test } from 'vitest';
import { LAYOUT_NAMES, LAYOUTS } from '../../skeleton/layouts.ts';
import { columnsOfJoints, readLabel } from './joint-label.ts';
import { matchJointNames, missingLimbs, toLayoutOrder } from './match-joint-names.ts';

const both = (format: (side: 'Left' | 'Right', part: string) => string, ...parts: string[]): string[] =>
  (['Left', 'Right'] as const).flatMap((side) => parts.map((part) => format(side, part)));
const LIMBS = ['Hip', 'Knee', 'Ankle', 'Shoulder', 'Elbow', 'Wrist'];

test.each([
  ['LHip', 'left', 'hip'],
  ['RBigToe', 'right', 'bigtoe'],
  ['left_eye_inner', 'left', 'eyeinner'],
  ['MOUTH_LEFT', 'left', 'mouth'],
  ['HipLeft', 'left', 'hip'],
  ['Subject1:LHJC', 'left', 'hjc'],
  ['lwrist', 'left', 'wrist'],
  ['r_knee', 'right', 'knee'],
  ['body_nose', '', 'nose'],
  ['mixamorig:LeftUpLeg', 'left', 'upleg'],
  ['Spine_01', '', 'spine1'],
  ['LASI', '', 'lasi'],
] as const)('%s', (name, side, word) => {
  expect(readLabel(name)).toEqual({ side, word });
});

test('every layout is found by its own names', () => {
  for (const layout of LAYOUT_NAMES) {
    const match = matchJointNames(LAYOUTS[layout].names)!;
    expect(match.layout).toBe(layout);
    expect(match.missing).toEqual([]);
  }
});

test.each([
  [
    'COCO, snake case',
    both((side, part) => `${side}_${part}`.toLowerCase(), 'eye', 'ear', ...LIMBS).concat('nose'),
    'coco17',
  ],
  [
    'BODY_25',
    both((side, part) => side[0] + part, 'Eye', 'Ear', 'BigToe', 'SmallToe', 'Heel', ...LIMBS).concat(
      'Nose',
      'Neck',
      'MidHip',
    ),
    'body25',
  ],
  [
    'Halpe with all of it',
    both((side, part) => side[0] + part, 'Eye', 'Ear', 'BigToe', 'SmallToe', 'Heel', ...LIMBS).concat(
      'Nose',
      'Neck',
      'Hip',
      'Head',
    ),
    'halpe26',
  ],
  [
    'Human3.6M',
    both((side, part) => side[0] + part, ...LIMBS).concat('Pelvis', 'Spine', 'Thorax', 'Neck', 'Head'),
    'h36m17',
  ],
  [
    'SMPL',
    both((side, part) => `${side[0]}_${part}`, 'Foot', 'Collar', 'Hand', ...LIMBS).concat(
      'Pelvis',
      'Spine1',
      'Spine2',
      'Spine3',
      'Neck',
      'Head',
    ),
    'smpl24',
  ],
  [
    'Kinect',
    both((side, part) => `${part}${side}`, 'Hand', 'Foot', 'HandTip', 'Thumb', ...LIMBS).concat(
      'SpineBase',
      'SpineMid',
      'SpineShoulder',
      'Neck',
      'Head',
    ),
    'kinect25',
  ],
  ['LSP', both((side, part) => `${side} ${part}`, ...LIMBS).concat('Neck', 'Head top'), 'lsp14'],
  [
    'Plug-in Gait',
    both(
      (side, part) => side[0] + part,
      'FEP',
      'FEO',
      'TIO',
      'CLO',
      'HUO',
      'RAO',
      'FHD',
      'BHD',
      'ASI',
      'KNE',
    ),
    'h36m17',
  ],
])('%s', (_, names, layout) => {
  const match = matchJointNames(names.toReversed())!;
  expect(match.layout).toBe(layout);
  expect(match.missing).toEqual([]);
  for (const blend of match.sources)
    expect(blend.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
});

test("HumanIK's arm is the shoulder and its shoulder the collar; feet are ankles where there are none", () => {
  const names = both(
    (side, part) => side + part,
    'UpLeg',
    'Leg',
    'Foot',
    'ToeBase',
    'Shoulder',
    'Arm',
    'ForeArm',
    'Hand',
  );
  const columns = columnsOfJoints(names);
  const at = (joint: string) => names[columns.get(joint) ?? -1];
  expect(
    ['leftHip', 'leftKnee', 'leftAnkle', 'leftShoulder', 'leftElbow', 'leftWrist', 'leftCollar'].map(at),
  ).toEqual(['LeftUpLeg', 'LeftLeg', 'LeftFoot', 'LeftArm', 'LeftForeArm', 'LeftHand', 'LeftShoulder']);
});

test('a body without a limb is none, and what it lacks is said', () => {
  const names = both((side, part) => side + part, ...LIMBS).filter((name) => name !== 'RightKnee');
  expect(matchJointNames(names)).toBeNull();
  expect(missingLimbs(names)).toEqual(['rightKnee']);
});

test('middles are means: the trunk that markers lack comes from hips, shoulders and head', () => {
  const names = both((side, part) => side[0] + part, 'HJC', 'KJC', 'AJC', 'SJC', 'EJC', 'WJC', 'FHD', 'BHD');
  const match = matchJointNames(names)!;
  const values = Float64Array.from(
    names,
    (name) => (name.startsWith('L') ? 2 : 0) + (name.includes('HD') ? 8 : 0),
  );
  const out = toLayoutOrder(values, names.length, 1, match);
  const at = (joint: string) => out[LAYOUTS.h36m17.names.indexOf(joint)];
  expect(['pelvis', 'thorax', 'spine', 'head', 'neck'].map(at)).toEqual([1, 1, 1, 9, 5]);
});
