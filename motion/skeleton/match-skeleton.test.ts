import { expect, test } from 'vitest';
import { DAZ, DIALECTS, UNREAL } from '../../test/dialect-skeletons.ts';
import { PLACES, type Places, scramble, sided, skeletonFrom } from '../../test/skeleton-from-text.ts';
import { FormatError } from '../errors.ts';
import { BODY17_NAMES } from './body17.ts';
import { parseJointMap } from './joint-map.ts';
import { matchSkeleton, type SkeletonMatch } from './match-skeleton.ts';

function expectPlaces(match: SkeletonMatch, placeOf: string[], derived: string[] = []): void {
  const expected = BODY17_NAMES.filter((name) => !derived.includes(name));
  const found = BODY17_NAMES.map((_, joint) => match.map[joint].map(({ node }) => placeOf[node]).join('+'));
  expect(found.filter((_, joint) => expected.includes(BODY17_NAMES[joint]))).toEqual(expected);
  expect(BODY17_NAMES.filter((_, joint) => match.derived[joint])).toEqual(derived);
  for (const blend of match.map)
    expect(blend.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
}

for (const [dialect, text] of Object.entries(DIALECTS)) {
  test(`${dialect} names give every joint`, () => {
    const { skeleton, placeOf } = skeletonFrom(text);
    const match = matchSkeleton(skeleton);
    expectPlaces(match, placeOf);
    expect(match.how).toBe('names');
  });
}

test.each(['', 'mixamorig_', 'mixamorig1:', 'Actor7_'])(
  'Mixamo names with the prefix "%s" give every joint',
  (prefix) => {
    const { skeleton, placeOf } = skeletonFrom(DIALECTS.Mixamo.replaceAll('mixamorig:', prefix));
    expectPlaces(matchSkeleton(skeleton), placeOf);
  },
);

test('names count in any case', () => {
  for (const text of Object.values(DIALECTS)) {
    const { skeleton, placeOf } = skeletonFrom(text);
    expectPlaces(
      matchSkeleton({ ...skeleton, names: skeleton.names.map((name) => name.toLowerCase()) }),
      placeOf,
    );
  }
});

test('names are enough when the rest pose is folded up', () => {
  // LAFAN1: with all rotations zero, every bone lies along +X.
  const { skeleton, placeOf } = skeletonFrom(DIALECTS.HumanIK);
  const folded = skeleton.restOffsets.map((_, at) =>
    at % 3 === 0 ? Math.hypot(...skeleton.restOffsets.subarray(at, at + 3)) : 0,
  );
  expectPlaces(matchSkeleton({ ...skeleton, restOffsets: folded }), placeOf);
});

test('the head of a Daz skeleton is the mean of its eyes', () => {
  const { skeleton, placeOf } = skeletonFrom(DAZ, { ...PLACES, head: [0, 1.65, 0.08] });
  const match = matchSkeleton(skeleton);
  const head = match.map[BODY17_NAMES.indexOf('head')];
  expect(head.map(({ node, weight }) => [skeleton.names[node], weight])).toEqual([
    ['leftEye', 0.5],
    ['rightEye', 0.5],
  ]);
  const others = BODY17_NAMES.filter((name) => name !== 'head');
  expect(others.map((name) => placeOf[match.map[BODY17_NAMES.indexOf(name)][0].node])).toEqual(others);
  expect(match.derived).not.toContain(true);
});

test('a head without an end site is extrapolated from the neck, and said to be', () => {
  const { skeleton, placeOf } = skeletonFrom(UNREAL);
  const match = matchSkeleton(skeleton);
  expectPlaces(match, placeOf, ['head']);
  // neck_01 at 1.45 m, head at 1.55 m: 1.55 + 1.5 x 0.1.
  const height = match.map[10].reduce((sum, { node, weight }) => sum + weight * PLACES[placeOf[node]][1], 0);
  expect(height).toBeCloseTo(1.7, 12);
  expect(match.notes.join()).toContain('head is derived');
});

test('a skeleton that ends at the shoulders gets thorax, neck and head from its trunk', () => {
  const { skeleton, placeOf } = skeletonFrom(`
Hips pelvis
 {Left|Right}Hip *Hip
  {}Knee *Knee
   {}Ankle *Ankle
 Chest spine
  {Left|Right}Shoulder *Shoulder
   {}Elbow *Elbow
    {}Wrist *Wrist`);
  expectPlaces(matchSkeleton(skeleton), placeOf, ['thorax', 'neck', 'head']);
});

test('Daz Genesis, whose pelvis beside the abdomen holds the legs, has its pelvis at the hip', () => {
  const { skeleton, placeOf } = skeletonFrom(`
hip pelvis
 pelvis loins
  {l|r}ThighBend *Hip
   {}ThighTwist *MidThigh
    {}Shin *Knee
     {}Foot *Ankle
      {}Toe *Toe
 abdomenLower spine
  abdomenUpper ribs
   chestLower chest
    chestUpper chest
     {l|r}Collar *Collar
      {}ShldrBend *Shoulder
       {}ShldrTwist *Shoulder
        {}ForearmBend *Elbow
         {}ForearmTwist *Elbow
          {}Hand *Wrist
     neckLower thorax
      neckUpper neck
       head skull
        - head`);
  expectPlaces(matchSkeleton(skeleton), placeOf);
});

test('a forearm that ends in an end site has its wrist there', () => {
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['BioVision classic'].replace(/ +\{\}Hand .*\n/, ''), {
    ...PLACES,
    ...sided('Finger', [0.7, 1.42, 0]),
  });
  const match = matchSkeleton(skeleton);
  expect(placeOf[match.map[13][0].node]).toBe('leftFinger');
  expect(match.how).toBe('names');
});

test('where a word is used for two joints of one limb, the clearer word wins', () => {
  const { skeleton, placeOf } = skeletonFrom(
    DIALECTS['CMU 3dsMax-friendly']
      .replace(' {Left|Right}Hip *Hip\n', ' {Left|Right}Hip *Haunch\n  {}Thigh *Hip\n')
      .replace('  {}Knee', '   {}Leg')
      .replace('   {}Ankle *Ankle', '    {}Ankle *Ankle')
      .replace('    {}Toe *Toe\n     - *Toe', '     {}Toe *Toe\n      - *Toe'),
  );
  expectPlaces(matchSkeleton(skeleton), placeOf);
});

test('LeftLeg over LeftKnee is the thigh', () => {
  const { skeleton, placeOf } = skeletonFrom(
    DIALECTS['Xsens MVN'].replace('{Left|Right}Hip', '{Left|Right}Leg'),
  );
  expectPlaces(matchSkeleton(skeleton), placeOf);
});

test('joints that bear limb names but hang on another chain are passed over', () => {
  const { skeleton, placeOf } = skeletonFrom(
    DIALECTS.HumanIK.replace(
      'Reference floor',
      'Reference floor\n {Left|Right}Knee floor\n  {}Ankle floor\n {Left|Right}Elbow floor',
    ),
  );
  expectPlaces(matchSkeleton(skeleton), placeOf);
});

const FLOOR_ROOTED = `
root floor
 Hips pelvis
  {Left|Right}UpLeg *Hip
   {}Leg *Knee
    {}Foot *Ankle
     - *Toe
 Spine spine
  Chest chest
   {Left|Right}Arm *Shoulder
    {}ForeArm *Elbow
     {}Hand *Wrist
   Neck thorax
    Head neck
     HeadTip head`;

test('hips and spine may stand side by side on a root on the floor', () => {
  const { skeleton, placeOf } = skeletonFrom(FLOOR_ROOTED);
  expectPlaces(matchSkeleton(skeleton), placeOf);
  expectPlaces(matchSkeleton(scramble(skeleton)), placeOf);
});

test('legs that hang on a root on the floor have their middle as pelvis', () => {
  const { skeleton, placeOf } = skeletonFrom(
    FLOOR_ROOTED.replace(' Hips pelvis\n', '').replace(
      / {2}\{Left\|Right\}UpLeg[^-]*- \*Toe/,
      ' {Left|Right}UpLeg *Hip\n  {}Leg *Knee\n   {}Foot *Ankle\n    - *Toe',
    ),
  );
  expectPlaces(matchSkeleton(skeleton), placeOf, ['pelvis']);
  expectPlaces(matchSkeleton(scramble(skeleton)), placeOf, ['pelvis']);
});

test('an end site one centimetre from the head is not the top of it', () => {
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['Xsens MVN'], { ...PLACES, head: [0, 1.56, 0] });
  expectPlaces(matchSkeleton(skeleton), placeOf, ['head']);
});

test('a jaw is not the top of the head', () => {
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['Xsens MVN'].replace('- head', 'Jaw jaw'));
  expectPlaces(matchSkeleton(skeleton), placeOf, ['head']);
});

const LIMBS = BODY17_NAMES.flatMap((name, joint) => (/^(left|right)/.test(name) ? [joint] : []));

const DOG_PLACES = {
  ...PLACES,
  pelvis: [0, 0.5, 0],
  spine: [0, 0.52, 0.2],
  chest: [0, 0.52, 0.5],
  thorax: [0, 0.55, 0.6],
  neck: [0, 0.65, 0.7],
  head: [0, 0.65, 0.9],
  ...sided('Hip', [0.08, 0.45, 0]),
  ...sided('Knee', [0.08, 0.25, 0]),
  ...sided('Ankle', [0.08, 0.05, 0]),
  ...sided('Toe', [0.08, 0, 0.05]),
  ...sided('Collar', [0.04, 0.5, 0.5]),
  ...sided('Shoulder', [0.08, 0.45, 0.5]),
  ...sided('Elbow', [0.08, 0.25, 0.5]),
  ...sided('Wrist', [0.08, 0.05, 0.5]),
  ...sided('Finger', [0.08, 0, 0.55]),
} as Places;

test('a four-legged body is refused, with human names and without', () => {
  const { skeleton } = skeletonFrom(DIALECTS['BioVision classic'], DOG_PLACES);
  expect(() => matchSkeleton(skeleton)).toThrow(/all reach the ground/);
  expect(() => matchSkeleton(scramble(skeleton), undefined, 'dog.bvh')).toThrow(
    /^dog\.bvh:joints: .*4 chains reach the ground.*--joint-map FILE/,
  );
});

test('a hand, a prop and a chain are refused with their joints and the way out', () => {
  const fingers = { ...PLACES, a: [0, 0, 0], b: [0.02, 0.01, 0.1], c: [-0.02, -0.01, 0.1] } as Places;
  const things: Record<string, string> = {
    hand: 'wrist a\n thumb_01 b\n  thumb_02 b\n index_01 c\n  index_02 c\n ring_01 b\n pinky_01 c',
    prop: 'sword a\n - b',
    chain: 'bone_001 a\n bone_002 b\n  bone_003 c\n   bone_004 b',
    leg: 'Hips pelvis\n LeftUpLeg leftHip\n  LeftLeg leftKnee\n   LeftFoot leftAnkle\n    - leftToe',
  };
  for (const [source, text] of Object.entries(things)) {
    const { skeleton } = skeletonFrom(text, fingers);
    expect(() => matchSkeleton(skeleton, undefined, source)).toThrow(FormatError);
    expect(() => matchSkeleton(skeleton, undefined, source)).toThrow(
      /not found: .*rightWrist.*--joint-map FILE/,
    );
    expect(() => matchSkeleton(skeleton, undefined, source)).toThrow(skeleton.names[0]);
  }
});

test('a skeleton that lacks one joint is refused with the others it was found to have', () => {
  const { skeleton } = skeletonFrom(DIALECTS['Xsens MVN'].replace(/ +\{\}Elbow[^-]*- \*Finger/, ''));
  expect(() => matchSkeleton(skeleton)).toThrow(
    /found by name: .*leftShoulder LeftShoulder, .*\. not found: leftElbow, leftWrist, rightElbow, rightWrist\. by shape/,
  );
});

test('a joint map wins over names, and only for its keys', () => {
  const { skeleton, placeOf } = skeletonFrom(DIALECTS.Mixamo);
  const map = parseJointMap('{ "spine": "Spine1", "head": ["LeftEye", "mixamorig:RightEye"] }', 'map.json');
  const match = matchSkeleton(skeleton, map);
  expect(match.how).toBe('map');
  expect(match.map[7].map(({ node }) => placeOf[node])).toEqual(['ribs']);
  expect(match.map[10].map(({ node, weight }) => [placeOf[node], weight])).toEqual([
    ['leftEye', 0.5],
    ['rightEye', 0.5],
  ]);
  expect(placeOf[match.map[8][0].node]).toBe('thorax');
  expect(match.notes).toContain('spine, head from map.json');
});

test('a joint map of the limbs alone is enough where names and shape fail', () => {
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['BioVision classic'], DOG_PLACES);
  const dog = scramble(skeleton);
  const joints = LIMBS.map((joint) => [BODY17_NAMES[joint], dog.names[placeOf.indexOf(BODY17_NAMES[joint])]]);
  const match = matchSkeleton(dog, parseJointMap(JSON.stringify(Object.fromEntries(joints)), 'dog.json'));
  expect(match.how).toBe('map');
  expect(LIMBS.map((joint) => placeOf[match.map[joint][0].node])).toEqual(
    LIMBS.map((joint) => BODY17_NAMES[joint]),
  );
  expect(placeOf[match.map[0][0].node]).toBe('pelvis');
});
