import { NO_PARENT } from '../../skeleton/skeleton.ts';
import type { GltfAnimation } from './gltf-animation.ts';
import { index, items, type JsonPlace, member } from './gltf-json.ts';
import type { GltfNodes } from './gltf-nodes.ts';

/** Nodes of a document that make one skeleton. */
export interface GltfSkeleton {
  readonly root: number;
  /** The root and joints below it, parents first. */
  readonly nodes: readonly number[];
}

/**
 * The skeletons of a document: what its skins hang on; where it has no skin, what its animations turn.
 * Skins that share a root joint are one skeleton.
 */
export function findGltfSkeletons(
  json: JsonPlace,
  nodes: GltfNodes,
  animations: readonly GltfAnimation[],
): GltfSkeleton[] {
  const children = childrenOf(nodes);
  const skins = items(member(json, 'skins')).map((skin) =>
    items(member(skin, 'joints')).map((joint) => index(joint, nodes.parents.length)),
  );
  const isJoint = marks(nodes, skins.flat());
  if (skins.some((joints) => joints.length > 0)) {
    const groups = joinGroups(skins.map((joints) => topmost(nodes, isJoint, joints)));
    return outermost(
      nodes,
      groups.map((tops) => commonAncestor(nodes, tops)),
    ).map((root) => ({
      root,
      nodes: below(nodes, children, root, isJoint),
    }));
  }
  const turned = animations.flatMap(({ channels }) => channels.map(({ node }) => node));
  const isMoved = marks(nodes, turned);
  const byTree = new Map<number, number[]>();
  for (const top of topmost(nodes, isMoved, turned)) {
    const tree = ancestry(nodes, top).at(-1)!;
    byTree.set(tree, [...(byTree.get(tree) ?? []), top]);
  }
  return [...byTree.values()].map((tops) => {
    const root = commonAncestor(nodes, tops);
    return { root, nodes: below(nodes, children, root, isMoved) };
  });
}

/** The node, its parent, and so on up to the top of its tree. */
export function ancestry({ parents }: GltfNodes, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at !== NO_PARENT; at = parents[at]) path.push(at);
  return path;
}

function childrenOf({ parents, order }: GltfNodes): number[][] {
  const children: number[][] = Array.from(parents, () => []);
  for (const node of order) if (parents[node] !== NO_PARENT) children[parents[node]].push(node);
  return children;
}

function marks({ parents }: GltfNodes, marked: readonly number[]): boolean[] {
  const isMarked = new Array<boolean>(parents.length).fill(false);
  for (const node of marked) isMarked[node] = true;
  return isMarked;
}

/** For each node its highest marked ancestor (or itself), each once. */
function topmost(
  { parents, order }: GltfNodes,
  isMarked: readonly boolean[],
  of: readonly number[],
): number[] {
  const top = new Int32Array(parents.length).fill(-1);
  for (const node of order) {
    const above = parents[node] === NO_PARENT ? -1 : top[parents[node]];
    top[node] = above >= 0 ? above : isMarked[node] ? node : -1;
  }
  return [...new Set(of.map((node) => top[node]))];
}

/** Groups that share a member become one. */
function joinGroups(groups: readonly (readonly number[])[]): number[][] {
  const groupOf = new Map<number, Set<number>>();
  for (const group of groups) {
    const joined = new Set(group);
    for (const node of group) for (const other of groupOf.get(node) ?? []) joined.add(other);
    for (const node of joined) groupOf.set(node, joined);
  }
  return [...new Set(groupOf.values())].map((group) => [...group]);
}

/** Roots without those that hang below another. */
function outermost(nodes: GltfNodes, roots: readonly number[]): number[] {
  const distinct = new Set(roots);
  return [...distinct].filter((root) => {
    const [, ...above] = ancestry(nodes, root);
    return !above.some((node) => distinct.has(node));
  });
}

/** The lowest node that all hang below, or the one node; where they share no tree, the first. */
function commonAncestor(nodes: GltfNodes, of: readonly number[]): number {
  let shared = ancestry(nodes, of[0]);
  for (const node of of.slice(1)) {
    const path = new Set(ancestry(nodes, node));
    const common = shared.filter((above) => path.has(above));
    if (common.length > 0) shared = common;
  }
  return shared[0];
}

/** All below a root but meshes, cameras and lights, and what hangs on those alone. */
function below(
  { parents, isObject }: GltfNodes,
  children: readonly number[][],
  root: number,
  isJoint: readonly boolean[],
): number[] {
  const inOrder: number[] = [];
  const open = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    inOrder.push(node);
    for (let at = children[node].length - 1; at >= 0; at--) open.push(children[node][at]);
  }
  const isKept = new Set<number>();
  for (const node of inOrder.toReversed()) {
    if (node === root || isJoint[node] || !isObject[node]) isKept.add(node);
    else if (children[node].some((child) => isKept.has(child) && isJoint[child])) isKept.add(node);
  }
  // What hangs on a node that was left out goes with it.
  return inOrder.filter((node) => {
    if (node !== root && !isKept.has(parents[node])) isKept.delete(node);
    return isKept.has(node);
  });
}
