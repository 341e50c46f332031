import { FormatError } from '../errors.ts';
import { BODY17_NAMES, type Body17Map } from './body17.ts';
import { type JointMap, resolveJointMap } from './joint-map.ts';
import { labelJoints } from './joint-names.ts';
import { type LimbJoints, type LimbName, matchLimbsByName } from './match-names.ts';
import { matchLimbsByTopology } from './match-topology.ts';
import { matchTrunk, type NodeBlend } from './match-trunk.ts';
import { buildRestTree, listNodes, type RestTree, restDistance, restPoint } from './rest-tree.ts';
import type { Skeleton } from './skeleton.ts';

/** Which nodes stand for the refiner's joints, and how sure that is. */
export interface SkeletonMatch {
  /** Never empty for any joint. Weights add up to 1; those of an extrapolated joint are negative in part. */
  readonly map: Body17Map;
  /** Per body-17 joint, true where the skeleton has no such joint and it is computed from others. */
  readonly derived: readonly boolean[];
  readonly how: 'names' | 'topology' | 'map';
  /** What a user should know: guesses, derived joints. */
  readonly notes: readonly string[];
}

type Blends = Readonly<Record<string, NodeBlend>>;

const LIMB_NAMES = BODY17_NAMES.filter((name) => /^(left|right)/.test(name)) as readonly LimbName[];

/** From neck joint to head top, in lengths of thorax to neck: 8 cm of lower neck, 13 cm and more of skull. */
const HEAD_PER_LOWER_NECK = 1.5;

/** From the head joint above a neck of two joints to the head top, in lengths of thorax to head joint. */
const HEAD_PER_WHOLE_NECK = 1;

/** From thorax to neck and to head top, in lengths of pelvis to thorax: 10 cm and 25 cm to 50 cm. */
const NECK_PER_TRUNK = 0.2;
const HEAD_PER_TRUNK = 0.5;

/** A wrist no higher above the ankle than this part of the leg length stands on the ground. */
const STANDING_WRIST = 0.15;

const ADVICE =
  'name the joints with --joint-map FILE, JSON like { "pelvis": "MyHips", "leftHip": "MyLeftThigh", "head": ["leftEye", "rightEye"] }';

/**
 * Finds the refiner's joints in a skeleton: by the names of the known dialects, else by the shape of the rest
 * pose. Joints of `override` win over both and may stand alone where both fail, as long as all arm and leg
 * joints are then known. Trunk joints the skeleton lacks are derived from the others.
 * Throws FormatError, naming `source`, when arms or legs cannot be found or the body stands on four legs.
 */
export function matchSkeleton(skeleton: Skeleton, override?: JointMap, source = 'skeleton'): SkeletonMatch {
  const tree = buildRestTree(skeleton);
  const labels = labelJoints(skeleton);
  const given: Blends = override ? resolveJointMap(override, skeleton) : {};
  const found = findLimbs(tree, labels, given, source);

  const joints: Record<string, NodeBlend> = {};
  for (const name of LIMB_NAMES) joints[name] = [{ node: found.limbs[name], weight: 1 }];
  const {
    notes: trunkNotes,
    headJoint,
    ...trunk
  } = matchTrunk(tree, labels, found.limbs, legMetres(tree, found.limbs));
  Object.assign(joints, trunk, given);

  const notes = [...found.notes, ...('head' in given ? [] : trunkNotes)];
  const derived = deriveTrunk(joints, headJoint, notes);
  const isGiven = override !== undefined && Object.keys(given).length > 0;
  if (isGiven) notes.push(`${Object.keys(given).join(', ')} from ${override.source}`);
  return {
    map: BODY17_NAMES.map((name) => joints[name]),
    derived: BODY17_NAMES.map((name) => derived.has(name)),
    how: isGiven ? 'map' : found.how,
    notes,
  };
}

interface FoundLimbs {
  readonly limbs: LimbJoints;
  readonly how: 'names' | 'topology';
  readonly notes: readonly string[];
}

function findLimbs(
  tree: RestTree,
  labels: ReturnType<typeof labelJoints>,
  given: Blends,
  source: string,
): FoundLimbs {
  const givenLimbs: Partial<Record<LimbName, number>> = {};
  for (const name of LIMB_NAMES) if (given[name]) givenLimbs[name] = given[name][0].node;

  const byName = matchLimbsByName(tree, labels);
  const named = { ...byName.limbs, ...givenLimbs };
  if (isWhole(named)) {
    if (!isWhole(givenLimbs)) refuseFourLegs(tree, named, source);
    return { limbs: named, how: 'names', notes: [] };
  }
  const byShape = matchLimbsByTopology(tree);
  if ('limbs' in byShape) {
    return {
      limbs: { ...sidesAsNamed(byShape.limbs, named), ...named },
      how: 'topology',
      notes: ['the joints were found by the shape of the rest pose, not by their names', ...byShape.notes],
    };
  }
  const seen: Partial<LimbJoints> = { ...byName.loose, ...named };
  const list = (names: readonly LimbName[]) =>
    names.map((name) => `${name} ${tree.skeleton.names[seen[name]!]}`).join(', ');
  const unseen = LIMB_NAMES.filter((name) => seen[name] === undefined);
  const joints = tree.children.flatMap((_, node) => (tree.skeleton.isEndSite[node] ? [] : [node]));
  throw new FormatError(
    source,
    'joints',
    [
      'this is not a body with two arms and two legs that can be told',
      `found by name: ${list(LIMB_NAMES.filter((name) => seen[name] !== undefined)) || 'no joint'}`,
      unseen.length > 0
        ? `not found: ${unseen.join(', ')}`
        : `not one chain: ${list(LIMB_NAMES.filter((name) => named[name] === undefined))}`,
      `by shape: ${byShape.problem}`,
      `joints of the file: ${listNodes(tree, joints)}`,
    ].join('. '),
    ADVICE,
  );
}

function isWhole(limbs: Partial<LimbJoints>): limbs is LimbJoints {
  return LIMB_NAMES.every((name) => limbs[name] !== undefined);
}

/** Limbs found by shape, with left and right swapped when a named limb stands on the other side. */
function sidesAsNamed(limbs: LimbJoints, named: Partial<LimbJoints>): LimbJoints {
  const otherSide = (name: LimbName) =>
    (name.startsWith('left') ? `right${name.slice(4)}` : `left${name.slice(5)}`) as LimbName;
  if (!LIMB_NAMES.some((name) => named[name] === limbs[otherSide(name)])) return limbs;
  return Object.fromEntries(
    LIMB_NAMES.map((name) => [name, limbs[otherSide(name)]]),
  ) as unknown as LimbJoints;
}

/** Animals bear the names of human arms and legs. Only a rest pose whose legs point down can tell. */
function refuseFourLegs(tree: RestTree, limbs: LimbJoints, source: string): void {
  const leg = legMetres(tree, limbs);
  const height = (name: LimbName) => restPoint(tree, limbs[name])[1];
  const isStanding = (side: 'left' | 'right') => height(`${side}Hip`) - height(`${side}Ankle`) > 0.5 * leg;
  const reachesGround = (side: 'left' | 'right') =>
    height(`${side}Wrist`) - height(`${side}Ankle`) < STANDING_WRIST * leg &&
    height(`${side}Wrist`) < height(`${side}Shoulder`);
  if ((['left', 'right'] as const).every((side) => isStanding(side) && reachesGround(side))) {
    throw new FormatError(
      source,
      'joints',
      `this is not a body with two arms and two legs: ${listNodes(
        tree,
        LIMB_NAMES.filter((name) => /Wrist|Ankle/.test(name)).map((name) => limbs[name]),
      )} all reach the ground in the rest pose`,
      ADVICE,
    );
  }
}

/** Length of thigh and shin, mean of both sides. */
function legMetres(tree: RestTree, limbs: LimbJoints): number {
  const leg = (side: 'left' | 'right') =>
    restDistance(tree, limbs[`${side}Hip`], limbs[`${side}Knee`]) +
    restDistance(tree, limbs[`${side}Knee`], limbs[`${side}Ankle`]);
  return (leg('left') + leg('right')) / 2;
}

/** Fills absent trunk joints from present ones. Returns their names and adds a note on each. */
function deriveTrunk(
  joints: Record<string, NodeBlend>,
  headJoint: NodeBlend | undefined,
  notes: string[],
): ReadonlySet<string> {
  const derived = new Set<string>();
  const derive = (name: string, from: string, parts: readonly (readonly [NodeBlend, number])[]) => {
    joints[name] = blendOf(parts);
    derived.add(name);
    notes.push(`${name} is derived: ${from}`);
  };
  const extrapolate = (name: string, base: string, tip: NodeBlend, factor: number) =>
    derive(name, `the way up from ${base} continued by ${factor} of its length`, [
      [tip, 1 + factor],
      [joints[base], -factor],
    ]);

  for (const [name, part] of [
    ['pelvis', 'Hip'],
    ['thorax', 'Shoulder'],
  ]) {
    if (joints[name]) continue;
    const sides = [joints[`left${part}`], joints[`right${part}`]] as const;
    derive(name, `the middle of both ${part.toLowerCase()}s`, [
      [sides[0], 0.5],
      [sides[1], 0.5],
    ]);
  }
  if (!joints.spine)
    derive('spine', 'the middle of pelvis and thorax', [
      [joints.pelvis, 0.5],
      [joints.thorax, 0.5],
    ]);
  if (!joints.neck && joints.head)
    derive('neck', 'the middle of thorax and head', [
      [joints.thorax, 0.5],
      [joints.head, 0.5],
    ]);
  if (!joints.neck) {
    extrapolate('neck', 'pelvis', joints.thorax, NECK_PER_TRUNK);
    extrapolate('head', 'pelvis', joints.thorax, HEAD_PER_TRUNK);
  }
  if (!joints.head) {
    const isNeckHead = headJoint === undefined || headJoint[0].node === joints.neck[0].node;
    extrapolate(
      'head',
      'thorax',
      headJoint ?? joints.neck,
      isNeckHead ? HEAD_PER_LOWER_NECK : HEAD_PER_WHOLE_NECK,
    );
  }
  return derived;
}

/** Adds blends up, one entry per node, without entries that cancel out. */
function blendOf(parts: readonly (readonly [NodeBlend, number])[]): NodeBlend {
  const weights = new Map<number, number>();
  for (const [blend, factor] of parts) {
    for (const { node, weight } of blend) weights.set(node, (weights.get(node) ?? 0) + weight * factor);
  }
  return [...weights].filter(([, weight]) => weight !== 0).map(([node, weight]) => ({ node, weight }));
}
