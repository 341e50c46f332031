import { expect, test } from 'vitest';
import { labelJoint, type Side } from './joint-names.ts';

const LABELS: readonly (readonly [name: string, side: Side, word: string])[] = [
  ['LeftUpLeg', 'left', 'upleg'],
  ['mixamorig:RightForeArm', 'right', 'forearm'],
  ['mixamorig_Hips', 'middle', 'hips'],
  ['Robot_LeftHand', 'left', 'hand'],
  ['LHipJoint', 'left', 'hipjoint'],
  ['lShldr', 'left', 'shldr'],
  ['rThigh', 'right', 'thigh'],
  ['UpperLeg_L', 'left', 'upperleg'],
  ['thigh.L.001', 'left', 'thigh'],
  ['DEF-upper_arm.R', 'right', 'upperarm'],
  ['spine_03', 'middle', 'spine'],
  ['upperarm_twist_01_l', 'left', 'upperarmtwist'],
  ['Bip01_L_Calf', 'left', 'calf'],
  ['lfemur', 'left', 'femur'],
  ['leftupleg', 'left', 'upleg'],
  ['handr', 'right', 'hand'],
  ['HeadTop_End', 'middle', 'headtopend'],
  ['Neck1', 'middle', 'neck'],
  ['m_avg_R_Knee', 'right', 'knee'],
  ['Root_M', 'middle', 'root'],
  ['lowerback', 'middle', 'lowerback'],
  ['collar', 'middle', 'collar'],
  ['leg', 'middle', 'leg'],
];

test.each(LABELS)('%s is on the %s, called %s', (name, side, word) => {
  expect(labelJoint(name)).toEqual({ side, word });
});
