import { buildRestTree, isBelow, type RestTree, restDistance, restPoint } from '../skeleton/rest-tree.ts';
import { NO_PARENT, type Skeleton } from '../skeleton/skeleton.ts';
import type { FigureMesh } from './rig.ts';
import { type LimbRoles, NO_NODE, type RigRoles } from './roles.ts';
import { icosahedron, octahedron, placeSolid, type Solid, SolidMesh, subdivideBall } from './solids.ts';

/** Shorter bones are not seen. Metres. */
const SHORTEST_BONE = 0.004;
/** Half width of a bone in lengths of it, between these bounds in metres. */
const BONE_WIDTH = 0.11;
const THINNEST_BONE = 0.004;
const THICKEST_BONE = 0.045;
/** Where along the bone it is thickest. */
const BULGE = 0.18;
/** A ball's radius in half widths of the thickest bone at its joint. */
const BALL = 1.05;
/** Balls smaller than this are octahedra: fingers have many of them. Metres. */
const ROUND_BALL = 0.012;
/** Half axes of the head in lengths from its joint to its top. */
const HEAD_RADII = [0.4, 0.58, 0.5] as const;
/** Where a skeleton has no top of the head. Metres. */
const USUAL_HEAD = 0.18;

/**
 * A figure of slender bones with balls at the joints and a head. Every joint carries something, so that each has
 * a place in a skin: what a program does not find there it may drop.
 * @param skeleton in T-pose; its root's rest offset is where it stands
 */
export function buildFigure(skeleton: Skeleton, roles: RigRoles): FigureMesh {
  const tree = buildRestTree(skeleton);
  const mesh = new SolidMesh();
  const ball = icosahedron();
  const isFloor = (node: number): boolean => roles.hips !== NO_NODE && isBelow(tree, roles.hips, node);
  const widths = skeleton.names.map(() => 0);
  skeleton.parents.forEach((parent, node) => {
    if (parent === NO_PARENT || isFloor(parent)) return;
    const length = restDistance(tree, parent, node);
    if (length < SHORTEST_BONE) return;
    const width = Math.min(THICKEST_BONE, Math.max(THINNEST_BONE, BONE_WIDTH * length));
    widths[parent] = Math.max(widths[parent], width);
    widths[node] = Math.max(widths[node], width);
    if (parent !== roles.head) mesh.add(boneSolid(tree, parent, node, width), parent);
  });
  for (let node = 0; node < widths.length; node++) {
    if (skeleton.isEndSite[node] || node === roles.head) continue;
    const at = restPoint(tree, node);
    if (isFloor(node)) {
      mesh.add(placeSolid(octahedron([0.06, 0.008, 0.06]), [1, 1, 1], at), node);
      continue;
    }
    const radius = BALL * Math.max(THINNEST_BONE, widths[node]);
    const shape = radius < ROUND_BALL ? octahedron([1, 1, 1]) : ball;
    mesh.add(placeSolid(shape, [radius, radius, radius], at), node);
  }
  if (roles.head !== NO_NODE) mesh.add(headSolid(tree, roles), roles.head);
  return mesh.build();
}

/** A tapered octahedron from one joint to the next. */
function boneSolid(tree: RestTree, from: number, to: number, width: number): Solid {
  const start = restPoint(tree, from);
  const end = restPoint(tree, to);
  const along = end.map((value, axis) => value - start[axis]);
  const length = Math.hypot(...along);
  const [x, y, z] = along.map((value) => value / length);
  // At right angles to the bone: with the axis it has least of.
  const least =
    Math.abs(x) <= Math.abs(y) && Math.abs(x) <= Math.abs(z) ? 0 : Math.abs(y) <= Math.abs(z) ? 1 : 2;
  const raw = [
    [0, z, -y],
    [-z, 0, x],
    [y, -x, 0],
  ][least];
  const size = Math.hypot(...raw);
  const [ux, uy, uz] = raw.map((value) => value / size);
  const [vx, vy, vz] = [y * uz - z * uy, z * ux - x * uz, x * uy - y * ux];
  const ring = (u: number, v: number): [number, number, number] => [
    start[0] + BULGE * along[0] + width * (u * ux + v * vx),
    start[1] + BULGE * along[1] + width * (u * uy + v * vy),
    start[2] + BULGE * along[2] + width * (u * uz + v * vz),
  ];
  return {
    corners: [end, start, ring(1, 0), ring(-1, 0), ring(0, 1), ring(0, -1)],
    faces: octahedron([1, 1, 1]).faces,
  };
}

/** An egg that stands on the head joint and ends at the top of the head. */
function headSolid(tree: RestTree, { head, left }: RigRoles): Solid {
  const joint = restPoint(tree, head);
  const tops = tree.children[head].map((child) => restPoint(tree, child)[1] - joint[1]);
  const known = Math.max(0, ...tops);
  const height = known > 0.5 * usualHead(tree, head, left) ? known : usualHead(tree, head, left);
  const [x, y, z] = HEAD_RADII;
  const centre = [joint[0], joint[1] + height * (1 - y), joint[2] + 0.12 * height];
  return placeSolid(subdivideBall(icosahedron()), [x * height, y * height, z * height], centre);
}

/** For a grown-up of the figure's size, judged by its leg. */
function usualHead(tree: RestTree, head: number, { thigh, calf, foot }: LimbRoles): number {
  if (thigh === NO_NODE || calf === NO_NODE || foot === NO_NODE || head === NO_NODE) return USUAL_HEAD;
  return USUAL_HEAD * ((restDistance(tree, thigh, calf) + restDistance(tree, calf, foot)) / 0.84);
}
