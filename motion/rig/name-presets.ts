import type { RigNames } from './rig.ts';
import type { Finger, Half } from './roles.ts';

/** Names of one convention. A number counts from 0. */
export interface NamePreset {
  readonly hips: string;
  readonly spine: (index: number) => string;
  readonly neck: (index: number) => string;
  readonly head: string;
  readonly headTop: string;
  readonly limb: (
    part: 'clavicle' | 'upperArm' | 'lowerArm' | 'hand' | 'thigh' | 'calf' | 'foot' | 'toe',
    half: Half,
  ) => string;
  readonly finger: (finger: Finger, index: number, half: Half) => string;
  readonly toeEnd: (half: Half) => string;
}

const HUMANIK_PARTS = {
  clavicle: 'Shoulder',
  upperArm: 'Arm',
  lowerArm: 'ForeArm',
  hand: 'Hand',
  thigh: 'UpLeg',
  calf: 'Leg',
  foot: 'Foot',
  toe: 'ToeBase',
} as const;

const UNREAL_PARTS = {
  clavicle: 'clavicle',
  upperArm: 'upperarm',
  lowerArm: 'lowerarm',
  hand: 'hand',
  thigh: 'thigh',
  calf: 'calf',
  foot: 'foot',
  toe: 'ball',
} as const;

/** `Spine`, `Spine1`, `Spine2`: MotionBuilder, Maya and Unity know them; Mixamo's are the same behind a prefix. */
function humanIk(prefix: string): NamePreset {
  const side = (half: Half): string => (half === 'left' ? 'Left' : 'Right');
  const counted = (word: string, index: number): string => `${prefix}${word}${index === 0 ? '' : index}`;
  return {
    hips: `${prefix}Hips`,
    spine: (index) => counted('Spine', index),
    neck: (index) => counted('Neck', index),
    head: `${prefix}Head`,
    headTop: `${prefix}HeadTop_End`,
    limb: (part, half) => `${prefix}${side(half)}${HUMANIK_PARTS[part]}`,
    finger: (finger, index, half) =>
      `${prefix}${side(half)}Hand${finger[0].toUpperCase()}${finger.slice(1)}${index + 1}`,
    toeEnd: (half) => `${prefix}${side(half)}Toe_End`,
  };
}

/** The mannequins of Unreal Engine 4 and 5. */
const UNREAL: NamePreset = {
  hips: 'pelvis',
  spine: (index) => `spine_${twoDigits(index + 1)}`,
  neck: (index) => `neck_${twoDigits(index + 1)}`,
  head: 'head',
  headTop: 'head_end',
  limb: (part, half) => `${UNREAL_PARTS[part]}_${half[0]}`,
  finger: (finger, index, half) => `${finger}_${twoDigits(index + 1)}_${half[0]}`,
  toeEnd: (half) => `ball_end_${half[0]}`,
};

export const NAME_PRESETS: Readonly<Record<Exclude<RigNames, 'as-input'>, NamePreset>> = {
  mixamo: humanIk('mixamorig:'),
  humanik: humanIk(''),
  unreal: UNREAL,
};

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}
