import { NO_PARENT, type Skeleton } from './skeleton.ts';

/** A skeleton with what walking over its rest pose needs. */
export interface RestTree {
  readonly skeleton: Skeleton;
  /** Children of each node, in file order. */
  readonly children: readonly (readonly number[])[];
  /** World positions in the rest pose, metres. Shape [node][xyz]. */
  readonly positions: Float64Array;
}

export type Point = readonly [x: number, y: number, z: number];

export function buildRestTree(skeleton: Skeleton): RestTree {
  const { parents, restOffsets } = skeleton;
  const children: number[][] = skeleton.names.map(() => []);
  const positions = Float64Array.from(restOffsets);
  for (let node = 0; node < parents.length; node++) {
    const parent = parents[node];
    if (parent === NO_PARENT) continue;
    children[parent].push(node);
    for (let axis = 0; axis < 3; axis++) positions[node * 3 + axis] += positions[parent * 3 + axis];
  }
  return { skeleton, children, positions };
}

export function restPoint(tree: RestTree, node: number): Point {
  return [tree.positions[node * 3], tree.positions[node * 3 + 1], tree.positions[node * 3 + 2]];
}

/** Distance of two nodes in the rest pose, metres. */
export function restDistance(tree: RestTree, a: number, b: number): number {
  return Math.hypot(...pointDifference(restPoint(tree, a), restPoint(tree, b)));
}

export function pointDifference(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

export function midPoint(a: Point, b: Point): Point {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
}

/** The node, its parent, and so on up to the root. */
export function pathToRoot(tree: RestTree, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at !== NO_PARENT; at = tree.skeleton.parents[at]) path.push(at);
  return path;
}

/** Nodes from `ancestor` down to `node`, both included; empty when `node` does not hang below `ancestor`. */
export function pathDown(tree: RestTree, ancestor: number, node: number): number[] {
  const path = pathToRoot(tree, node);
  return path.slice(0, path.indexOf(ancestor) + 1).reverse();
}

/** Whether `node` hangs below `ancestor`; false for the node itself. */
export function isBelow(tree: RestTree, node: number, ancestor: number): boolean {
  return node !== ancestor && pathToRoot(tree, node).includes(ancestor);
}

/** The lowest node that is both or holds both below it; undefined when they hang on different roots. */
export function commonAncestor(tree: RestTree, a: number, b: number): number | undefined {
  const above = new Set(pathToRoot(tree, a));
  return pathToRoot(tree, b).find((node) => above.has(node));
}

/** The node and everything below it. */
export function subtree(tree: RestTree, node: number): number[] {
  const nodes = [node];
  for (let next = 0; next < nodes.length; next++) nodes.push(...tree.children[nodes[next]]);
  return nodes;
}

/** Names of nodes for a message, cut after `limit`. */
export function listNodes(tree: RestTree, nodes: readonly number[], limit = 40): string {
  const shown = nodes.slice(0, limit).map((node) => tree.skeleton.names[node]);
  return shown.join(', ') + (nodes.length > limit ? ` and ${nodes.length - limit} more` : '');
}
