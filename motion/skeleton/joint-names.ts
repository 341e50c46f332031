import type { Skeleton } from './skeleton.ts';

export type Side = 'left' | 'right' | 'middle';

/** A joint name reduced to what dialects have in common. */
export interface JointLabel {
  readonly side: Side;
  /** Lower case, without side, separators, prefix and trailing number: `upleg`, `thigh`, `spine`. */
  readonly word: string;
}

/** The joints of one limb from the body outwards. */
export type LimbRole = 'hip' | 'knee' | 'ankle' | 'shoulder' | 'elbow' | 'wrist';

/**
 * Words for each limb joint, with a cost that grows with how often the word means another joint: `LeftShoulder`
 * is the upper arm in BioVision and Xsens but the collar bone in HumanIK; `LeftHip` is a thigh joint in
 * BioVision but a helper above `LeftThigh` elsewhere; `LeftLeg` is the shin in HumanIK.
 */
export const LIMB_WORDS: Readonly<Record<LimbRole, Readonly<Record<string, number>>>> = {
  hip: { upleg: 0, upperleg: 0, thigh: 0, thighbend: 0, femur: 0, hip: 1, hips: 2, leg: 3 },
  knee: { knee: 0, lowleg: 0, lowerleg: 0, shin: 0, shinbend: 0, calf: 0, tibia: 0, leg: 1 },
  ankle: { ankle: 0, foot: 1, feet: 1 },
  shoulder: { uparm: 0, upperarm: 0, humerus: 0, shldr: 0, shldrbend: 0, arm: 1, shoulder: 2 },
  elbow: { elbow: 0, forearm: 0, forearmbend: 0, lowarm: 0, lowerarm: 0, radius: 0, arm: 3 },
  wrist: { wrist: 0, hand: 1 },
};

export const PELVIS_WORDS: ReadonlySet<string> = new Set(['hips', 'hip', 'pelvis']);
export const NECK_WORDS: ReadonlySet<string> = new Set([
  'neck',
  'necklower',
  'lowerneck',
  'neckupper',
  'upperneck',
  'necktwist',
]);
export const HEAD_WORDS: ReadonlySet<string> = new Set(['head', 'skull']);
export const HEAD_TOP_WORDS: ReadonlySet<string> = new Set([
  'headtop',
  'headtopend',
  'headend',
  'headnub',
  'headtip',
  'headsite',
  'topofhead',
]);
export const EYE_WORDS: ReadonlySet<string> = new Set(['eye', 'eyeball']);

const SIDED_WORDS: ReadonlySet<string> = new Set([
  ...Object.values(LIMB_WORDS).flatMap((words) => Object.keys(words)),
  ...EYE_WORDS,
]);

/** Rig and exporter names that stand before the joint's own: `mixamorig_Hips`, `Bip01_Pelvis`, `DEF-thigh.L`. */
const PREFIXES: ReadonlySet<string> = new Set([
  'mixamorig',
  'robot',
  'valve',
  'biped',
  'bip',
  'def',
  'org',
  'cc',
  'base',
  'j',
  'm',
  'f',
  'c',
  'avg',
]);

/** Marks of unsided joints at the end of a name: `Root_M`. */
const MIDDLE_MARKS: ReadonlySet<string> = new Set(['m', 'c', 'mid']);

const SIDES: ReadonlyMap<string, Side> = new Map([
  ['l', 'left'],
  ['left', 'left'],
  ['r', 'right'],
  ['right', 'right'],
]);

/** A word that so large a part of all joints starts with is the rig's or actor's name. */
const SHARED_PREFIX_PART = 0.9;

/** Labels of all nodes. A leading word that nearly all joints share (`Actor1_Hips`) is taken as a prefix. */
export function labelJoints(skeleton: Skeleton): readonly JointLabel[] {
  const tokens = skeleton.names.map(nameTokens);
  const joints = tokens.filter((_, node) => !skeleton.isEndSite[node]);
  const counts = new Map<string, number>();
  for (const [first] of joints) if (first) counts.set(first, (counts.get(first) ?? 0) + 1);
  const shared = [...counts].find(
    ([word, count]) => joints.length >= 5 && count >= SHARED_PREFIX_PART * joints.length && !SIDES.has(word),
  )?.[0];
  return tokens.map((words) =>
    labelTokens(shared !== undefined && words[0] === shared ? words.slice(1) : words),
  );
}

export function labelJoint(name: string): JointLabel {
  return labelTokens(nameTokens(name));
}

/** Lower-case words and numbers of a name: `mixamorig:LeftUpLeg` to left up leg, `spine_01` to spine 01. */
function nameTokens(name: string): string[] {
  const own = name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('|')) + 1);
  return own
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Za-z])(\d)/g, '$1 $2')
    .replace(/(\d)([A-Za-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((token) => token !== '');
}

function labelTokens(tokens: readonly string[]): JointLabel {
  let words = [...tokens];
  while (words.length > 1 && (PREFIXES.has(words[0]) || /^\d+$/.test(words[0]))) words = words.slice(1);
  while (words.length > 0 && /^\d+$/.test(words[words.length - 1])) words.pop();

  let side: Side = 'middle';
  const last = words.length - 1;
  if (last > 0 && SIDES.has(words[0])) {
    side = SIDES.get(words[0])!;
    words = words.slice(1);
  } else if (last > 0 && SIDES.has(words[last])) {
    side = SIDES.get(words[last])!;
    words = words.slice(0, last);
  } else if (last > 0 && MIDDLE_MARKS.has(words[last])) {
    words = words.slice(0, last);
  }
  // A number may stand before the side: spine_01_l.
  while (words.length > 1 && /^\d+$/.test(words[words.length - 1])) words.pop();
  const word = words.join('');
  return side === 'middle' ? splitGluedSide(word) : { side, word };
}

/** The side of names in one case: `lfemur`, `leftupleg`, `thighl`. Only words of limbs and eyes are split. */
function splitGluedSide(word: string): { side: Side; word: string } {
  if (!SIDED_WORDS.has(word)) {
    for (const [token, side] of SIDES) {
      const start = word.slice(token.length);
      const end = word.slice(0, -token.length);
      if (word.startsWith(token) && SIDED_WORDS.has(start)) return { side, word: start };
      if (word.endsWith(token) && SIDED_WORDS.has(end)) return { side, word: end };
    }
  }
  return { side: 'middle', word };
}
