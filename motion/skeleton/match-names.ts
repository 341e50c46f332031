import { type JointLabel, LIMB_WORDS, type LimbRole } from './joint-names.ts';
import { isBelow, type RestTree } from './rest-tree.ts';

/** The sided body-17 joints. */
export type LimbName =
  | 'rightHip'
  | 'rightKnee'
  | 'rightAnkle'
  | 'leftHip'
  | 'leftKnee'
  | 'leftAnkle'
  | 'leftShoulder'
  | 'leftElbow'
  | 'leftWrist'
  | 'rightShoulder'
  | 'rightElbow'
  | 'rightWrist';

/** Node of each limb joint. */
export type LimbJoints = Readonly<Record<LimbName, number>>;

export interface LimbsByName {
  /** Joints of the limbs found whole. */
  readonly limbs: Partial<LimbJoints>;
  /** Joints of the other limbs that bear a fitting name; they may hang on different chains. */
  readonly loose: Partial<LimbJoints>;
}

const LEG_ROLES = ['hip', 'knee', 'ankle'] as const;
const ARM_ROLES = ['shoulder', 'elbow', 'wrist'] as const;
const LIMBS = [
  ['right', LEG_ROLES],
  ['left', LEG_ROLES],
  ['left', ARM_ROLES],
  ['right', ARM_ROLES],
] as const;

/** Cost of a limb that ends in an end site because the file has no joint there; above that of any word. */
const END_SITE_COST = 5;

/**
 * Finds arms and legs by names. A limb counts only as a whole chain whose joints hang below one another, which
 * settles words that mean different joints in different dialects; among chains the one with the clearest words
 * wins, then the one nearer to the root.
 */
export function matchLimbsByName(tree: RestTree, labels: readonly JointLabel[]): LimbsByName {
  const limbs: Partial<Record<LimbName, number>> = {};
  const loose: Partial<Record<LimbName, number>> = {};
  for (const [side, roles] of LIMBS) {
    const candidates = roles.map((role) => roleCandidates(tree, labels, side, role));
    const chain = cheapestChain(tree, candidates);
    roles.forEach((role, part) => {
      const name = limbJointName(side, role);
      if (chain) limbs[name] = chain[part];
      else if (candidates[part].length > 0) loose[name] = candidates[part][0].node;
    });
  }
  return { limbs, loose };
}

export function limbJointName(side: 'left' | 'right', role: LimbRole): LimbName {
  return `${side}${role[0].toUpperCase()}${role.slice(1)}` as LimbName;
}

interface Candidate {
  readonly node: number;
  readonly cost: number;
}

function roleCandidates(
  tree: RestTree,
  labels: readonly JointLabel[],
  side: 'left' | 'right',
  role: LimbRole,
): Candidate[] {
  return labels.flatMap((label, node) => {
    if (tree.skeleton.isEndSite[node] || label.side !== side || !Object.hasOwn(LIMB_WORDS[role], label.word))
      return [];
    return [{ node, cost: LIMB_WORDS[role][label.word] }];
  });
}

function cheapestChain(
  tree: RestTree,
  candidates: readonly (readonly Candidate[])[],
): readonly number[] | undefined {
  const [uppers, middles, lowers] = candidates;
  let best: readonly number[] | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const upper of uppers) {
    for (const middle of middles) {
      if (!isBelow(tree, middle.node, upper.node)) continue;
      for (const lower of [...lowers, ...endSitesOf(tree, middle.node)]) {
        if (!isBelow(tree, lower.node, middle.node)) continue;
        const cost = upper.cost + middle.cost + lower.cost;
        // The first of equals is nearest to the root, as parents precede children.
        if (cost < bestCost) {
          best = [upper.node, middle.node, lower.node];
          bestCost = cost;
        }
      }
    }
  }
  return best;
}

function endSitesOf(tree: RestTree, node: number): Candidate[] {
  return tree.children[node]
    .filter((child) => tree.skeleton.isEndSite[child])
    .map((child) => ({ node: child, cost: END_SITE_COST }));
}
