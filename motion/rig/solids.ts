import { crossVec3, normalizeVec3 } from '../math/vec3.ts';
import type { FigureMesh } from './rig.ts';

/** A convex solid: corners, [corner][xyz], and its faces' corners, [face][3], in any order. */
export interface Solid {
  readonly corners: readonly (readonly [number, number, number])[];
  readonly faces: readonly (readonly [number, number, number])[];
}

const OCTAHEDRON_FACES = [
  [0, 2, 4],
  [0, 4, 3],
  [0, 3, 5],
  [0, 5, 2],
  [1, 4, 2],
  [1, 3, 4],
  [1, 5, 3],
  [1, 2, 5],
] as const;

/** Radii along X, Y and Z. */
export type Radii = readonly [number, number, number];

/** Corners on the axes; 8 faces. */
export function octahedron([x, y, z]: Radii): Solid {
  return {
    corners: [
      [0, y, 0],
      [0, -y, 0],
      [x, 0, 0],
      [-x, 0, 0],
      [0, 0, z],
      [0, 0, -z],
    ],
    faces: OCTAHEDRON_FACES,
  };
}

/** A ball of 20 faces. */
export function icosahedron(): Solid {
  const golden = (1 + Math.sqrt(5)) / 2;
  const length = Math.hypot(1, golden);
  const corners: [number, number, number][] = [];
  for (const a of [-1, 1]) {
    for (const b of [-golden, golden]) corners.push([a, b, 0], [0, a, b], [b, 0, a]);
  }
  const unit = corners.map(([x, y, z]): [number, number, number] => [x / length, y / length, z / length]);
  const edge = 2 / length;
  const near = (a: number, b: number): boolean =>
    Math.abs(Math.hypot(...unit[a].map((value, axis) => value - unit[b][axis])) - edge) < 1e-9;
  const faces: [number, number, number][] = [];
  for (let a = 0; a < 12; a++) {
    for (let b = a + 1; b < 12; b++) {
      for (let c = b + 1; c < 12; c++) if (near(a, b) && near(b, c) && near(a, c)) faces.push([a, b, c]);
    }
  }
  return { corners: unit, faces };
}

/** Each face of a ball in four. */
export function subdivideBall(ball: Solid): Solid {
  const corners = [...ball.corners];
  const middles = new Map<string, number>();
  const middle = (a: number, b: number): number => {
    const key = a < b ? `${a} ${b}` : `${b} ${a}`;
    const known = middles.get(key);
    if (known !== undefined) return known;
    const [x, y, z] = corners[a].map((value, axis) => value + corners[b][axis]);
    const length = Math.hypot(x, y, z);
    corners.push([x / length, y / length, z / length]);
    middles.set(key, corners.length - 1);
    return corners.length - 1;
  };
  const faces = ball.faces.flatMap(([a, b, c]): [number, number, number][] => {
    const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
    return [
      [a, ab, ca],
      [ab, b, bc],
      [ca, bc, c],
      [ab, bc, ca],
    ];
  });
  return { corners, faces };
}

/** Stretches and moves a solid. */
export function placeSolid(solid: Solid, radii: Radii, centre: ArrayLike<number>): Solid {
  return {
    corners: solid.corners.map(([x, y, z]) => [
      x * radii[0] + centre[0],
      y * radii[1] + centre[1],
      z * radii[2] + centre[2],
    ]),
    faces: solid.faces,
  };
}

/** Collects convex solids into one mesh with flat faces. */
export class SolidMesh {
  private readonly positions: number[] = [];
  private readonly normals: number[] = [];
  private readonly nodes: number[] = [];

  /** @param node moves with it */
  add(solid: Solid, node: number): void {
    const { corners, faces } = solid;
    const centre = [0, 1, 2].map((axis) => corners.reduce((sum, c) => sum + c[axis], 0) / corners.length);
    const edges = new Float64Array(6);
    const normal = new Float64Array(3);
    for (const [a, b, c] of faces) {
      for (let axis = 0; axis < 3; axis++) {
        edges[axis] = corners[b][axis] - corners[a][axis];
        edges[3 + axis] = corners[c][axis] - corners[a][axis];
      }
      crossVec3(normal, 0, edges, 0, edges, 3);
      normalizeVec3(normal, 0);
      const outward = normal.reduce((sum, value, axis) => sum + value * (corners[a][axis] - centre[axis]), 0);
      const sign = outward < 0 ? -1 : 1;
      for (const corner of sign > 0 ? [a, b, c] : [a, c, b]) {
        this.positions.push(...corners[corner]);
        this.normals.push(sign * normal[0], sign * normal[1], sign * normal[2]);
        this.nodes.push(node);
      }
    }
  }

  build(): FigureMesh {
    return {
      positions: Float32Array.from(this.positions),
      normals: Float32Array.from(this.normals),
      triangles: Uint32Array.from(this.nodes.keys()),
      nodes: Uint16Array.from(this.nodes),
    };
  }
}
