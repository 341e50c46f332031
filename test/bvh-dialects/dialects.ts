import type { LengthUnit } from '../../motion/formats/unit-guess.ts';
import type { EulerOrder } from '../../motion/math/euler.ts';
import { DAZ, DIALECTS } from '../dialect-skeletons.ts';
import { PLACES, type Places, sided } from '../skeleton-from-text.ts';

/** How a program writes BVH, as far as readers notice. */
export interface BvhDialect {
  /** Name of the fixture. */
  readonly file: string;
  /** The skeleton, as text for `skeletonFrom`. */
  readonly skeleton: string;
  /** Where joints stand at zero rotation; default: a T-pose. */
  readonly places?: Places;
  readonly unit: LengthUnit;
  readonly upAxis?: 'y' | 'z';
  readonly fps: number;
  readonly order: EulerOrder;
  /** Order of the root's rotations where it differs. */
  readonly rootOrder?: EulerOrder;
  /** Position channels on all joints rather than on the root alone. */
  readonly movesJoints?: boolean;
  /** Zero rotation is no body at all: every bone runs along its own X axis. */
  readonly bonesAlongX?: boolean;
  /** Frames of zeros before the motion. */
  readonly zeroFrames?: number;
  /** A frame in T-pose before the motion, standing where the motion starts. */
  readonly hasTPoseFrame?: boolean;
  readonly indent?: string;
  readonly lineEnding?: string;
  readonly endSite?: string;
  readonly decimals?: number;
}

/** Arms that hang at zero rotation. */
const ARMS_DOWN: Places = {
  ...PLACES,
  ...sided('Elbow', [0.2, 1.14, 0]),
  ...sided('Wrist', [0.2, 0.9, 0]),
  ...sided('Finger', [0.2, 0.8, 0]),
};

const LAFAN1 = `
Hips pelvis
 {Left|Right}UpLeg *Hip
  {}Leg *Knee
   {}Foot *Ankle
    {}Toe *Toe
 Spine loins
  Spine1 spine
   Spine2 chest
    Neck thorax
     Head neck
      - head
    {Left|Right}Shoulder *Collar
     {}Arm *Shoulder
      {}ForeArm *Elbow
       {}Hand *Wrist`;

export const BVH_DIALECTS: readonly BvhDialect[] = [
  {
    file: 'cmu-motionbuilder',
    skeleton: DIALECTS['CMU MotionBuilder-friendly'],
    unit: 'cmu',
    fps: 120,
    order: 'ZYX',
    hasTPoseFrame: true,
    decimals: 5,
  },
  {
    file: 'cmu-3dsmax',
    skeleton: DIALECTS['CMU 3dsMax-friendly'],
    places: ARMS_DOWN,
    unit: 'cmu',
    fps: 120,
    order: 'ZXY',
  },
  {
    file: 'cmu-daz',
    skeleton: DAZ,
    unit: 'cm',
    fps: 120,
    order: 'ZXY',
    rootOrder: 'ZYX',
    hasTPoseFrame: true,
    indent: '  ',
    lineEnding: '\r\n',
  },
  {
    file: 'biovision',
    skeleton: DIALECTS['BioVision classic'],
    unit: 'inch',
    fps: 30,
    order: 'ZXY',
    endSite: 'End Site ',
    lineEnding: '\r\n',
  },
  { file: 'mixamo', skeleton: DIALECTS.Mixamo, unit: 'cm', fps: 30, order: 'XYZ', movesJoints: true },
  { file: 'rokoko', skeleton: DIALECTS['Rokoko Newton'], unit: 'cm', fps: 100, order: 'YXZ' },
  {
    file: 'xsens',
    skeleton: DIALECTS['Xsens MVN'],
    unit: 'cm',
    fps: 60,
    order: 'YXZ',
    hasTPoseFrame: true,
    lineEnding: '\r\n',
  },
  {
    file: 'perception-neuron',
    skeleton: DIALECTS['Perception Neuron'],
    unit: 'cm',
    fps: 120,
    order: 'YXZ',
    movesJoints: true,
    decimals: 3,
  },
  {
    file: 'bandai-namco',
    skeleton: DIALECTS['Bandai-Namco'],
    unit: 'cm',
    fps: 30,
    order: 'ZYX',
    movesJoints: true,
    indent: '  ',
  },
  { file: 'lafan1', skeleton: LAFAN1, unit: 'cm', fps: 30, order: 'ZYX', bonesAlongX: true },
  {
    file: 'vicon-shogun',
    skeleton: DIALECTS.HumanIK.replace('Reference floor\n', '').replace(/^ /gm, ''),
    unit: 'mm',
    upAxis: 'z',
    fps: 100,
    order: 'XYZ',
    zeroFrames: 5,
  },
  {
    file: 'blender',
    skeleton: DIALECTS['Rigify deform bones'],
    unit: 'm',
    upAxis: 'z',
    fps: 24,
    order: 'XYZ',
    movesJoints: true,
    decimals: 6,
  },
];
