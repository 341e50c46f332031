import { LAYOUT_NAMES, LAYOUTS } from '../../skeleton/layouts.ts';

/** A marker's or joint's name taken apart: `LHip`, `hip_left`, `Subject:L_HIP` are all (left, hip). */
export interface Label {
  readonly side: 'left' | 'right' | '';
  /** Lower case, without side, separators and namespace: `hip`, `bigtoe`, `spine1`. */
  readonly word: string;
}

/** Words for joints that have two sides, best first, by the joint's part in the layouts' names. */
const SIDED_WORDS: Readonly<Record<string, readonly string[]>> = {
  // FEP, FEO, TIO and so on: origins of Plug-in Gait's segments, which are its joint centres.
  Hip: [
    'hip',
    'hjc',
    'hipjc',
    'hipjointcenter',
    'hipjointcentre',
    'hipcenter',
    'fep',
    'upleg',
    'upperleg',
    'thigh',
  ],
  Knee: [
    'knee',
    'kjc',
    'kneejc',
    'kneejointcenter',
    'kneejointcentre',
    'feo',
    'lowleg',
    'lowerleg',
    'shin',
    'leg',
  ],
  Ankle: ['ankle', 'ajc', 'anklejc', 'anklejointcenter', 'anklejointcentre', 'tio', 'foot'],
  Shoulder: [
    'sjc',
    'gjc',
    'shoulderjc',
    'shoulderjointcenter',
    'clo',
    'uparm',
    'upperarm',
    'arm',
    'shoulder',
  ],
  Elbow: ['elbow', 'ejc', 'elbowjc', 'elbowjointcenter', 'huo', 'forearm', 'lowarm', 'lowerarm'],
  Wrist: ['wrist', 'wjc', 'wristjc', 'wristjointcenter', 'rao', 'hand'],
  Eye: ['eye'],
  EyeInner: ['eyeinner', 'innereye'],
  EyeOuter: ['eyeouter', 'outereye'],
  Ear: ['ear'],
  Mouth: ['mouth'],
  BigToe: ['bigtoe', 'hallux', 'toe', 'toes', 'toebase'],
  SmallToe: ['smalltoe', 'littletoe'],
  Heel: ['heel'],
  FootIndex: ['footindex'],
  Foot: ['foot', 'toebase', 'toe', 'toes'],
  Pinky: ['pinky', 'pinkie'],
  Index: ['index'],
  Thumb: ['thumb'],
  Hand: ['hand'],
  HandTip: ['handtip'],
  Collar: ['collar', 'clavicle', 'shoulder'],
  HeadFront: ['fhd'],
  HeadBack: ['bhd'],
};

/** Words for joints in the middle of the body. */
const MIDDLE_WORDS: Readonly<Record<string, readonly string[]>> = {
  pelvis: [
    'pelvis',
    'midhip',
    'midhips',
    'hips',
    'hip',
    'chip',
    'hipcenter',
    'centerhip',
    'root',
    'spinebase',
  ],
  spine: ['spine', 'spinemid', 'torso', 'spinenavel'],
  spine1: ['spine1', 'spine'],
  spine2: ['spine2', 'spine1', 'chest'],
  spine3: ['spine3', 'spine2', 'chest2', 'upperchest'],
  thorax: ['thorax', 'spineshoulder', 'midshoulder', 'chest', 'upperchest', 'sternum'],
  neck: ['neck', 'neck1'],
  head: ['head'],
  headTop: ['headtop', 'topofhead', 'tophead', 'headtopend', 'headend', 'vertex'],
  nose: ['nose'],
};

const SIDES: Readonly<Record<string, 'left' | 'right'>> = {
  l: 'left',
  left: 'left',
  r: 'right',
  right: 'right',
};
const KNOWN_SIDED: ReadonlySet<string> = new Set(Object.values(SIDED_WORDS).flat());
/** A leading word that says nothing about the joint: FreeMoCap's `body_nose`. */
const PREFIXES: ReadonlySet<string> = new Set(['body', 'pose', 'op', 'mixamorig', 'marker']);

/** Every joint name of every layout. */
const LAYOUT_JOINTS: ReadonlySet<string> = new Set(LAYOUT_NAMES.flatMap((layout) => LAYOUTS[layout].names));

/**
 * Which columns stand for which joints, by their names: layout joint names (`leftHip`, `pelvis`) to column. A name that
 * a layout has as it is stands for that joint. Left over are names that mean no joint.
 */
export function columnsOfJoints(names: readonly string[]): ReadonlyMap<string, number> {
  const labels = names.map(readLabel);
  const find = (side: Label['side'], words: readonly string[]): number => {
    for (const word of words) {
      const at = labels.findIndex((label) => label.side === side && label.word === word);
      if (at >= 0) return at;
    }
    return -1;
  };
  const columns = new Map<string, number>();
  const claimed = new Set<number>();
  const claim = (joint: string, column: number): void => {
    if (column < 0 || columns.has(joint) || claimed.has(column)) return;
    columns.set(joint, column);
    claimed.add(column);
  };
  for (const [column, name] of names.entries()) if (LAYOUT_JOINTS.has(name)) claim(name, column);
  // In the order above: what is the wrist is no hand, what is the shoulder no collar.
  for (const [part, words] of Object.entries(SIDED_WORDS))
    for (const side of ['left', 'right'] as const) claim(side + part, find(side, words));
  for (const [joint, words] of Object.entries(MIDDLE_WORDS)) claim(joint, find('', words));
  return columns;
}

export function readLabel(name: string): Label {
  const own = name.slice(Math.max(name.lastIndexOf(':'), name.lastIndexOf('|')) + 1).slice(0, 100);
  let tokens = own
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((token) => token !== '');
  while (tokens.length > 1 && PREFIXES.has(tokens[0])) tokens = tokens.slice(1);
  const last = tokens.length - 1;
  for (const at of [0, last]) {
    const side = SIDES[tokens[at] ?? ''];
    if (last > 0 && side !== undefined)
      return { side, word: wordOf(tokens.filter((_, index) => index !== at)) };
  }
  return splitGlued(wordOf(tokens));
}

/** `lhip`, `rbigtoe`, `hipleft`. */
function splitGlued(word: string): Label {
  for (const [token, side] of Object.entries(SIDES)) {
    const rest = [
      word.startsWith(token) ? word.slice(token.length) : '',
      word.endsWith(token) && token.length > 1 ? word.slice(0, -token.length) : '',
    ].find((part) => KNOWN_SIDED.has(part));
    if (rest !== undefined) return { side, word: rest };
  }
  return { side: '', word };
}

/** `spine_01` is `spine1`. */
function wordOf(tokens: readonly string[]): string {
  return tokens.join('').replace(/0+(\d)$/, '$1');
}
