import { NODE_VALUES, ROTATION_AT, SCALE_AT } from './gltf-nodes.ts';

/** A world transform: the columns of its 3x3 part, then the translation. */
export const WORLD_VALUES = 12;

/** out = parent · local, with the local transform as translation, rotation, scale; `parent` < 0 means none. */
export function placeNode(
  world: Float64Array,
  out: number,
  parent: number,
  local: Float64Array,
  localOffset: number,
): void {
  const x = local[localOffset + ROTATION_AT];
  const y = local[localOffset + ROTATION_AT + 1];
  const z = local[localOffset + ROTATION_AT + 2];
  const w = local[localOffset + ROTATION_AT + 3];
  const sx = local[localOffset + SCALE_AT];
  const sy = local[localOffset + SCALE_AT + 1];
  const sz = local[localOffset + SCALE_AT + 2];
  own[0] = (1 - 2 * (y * y + z * z)) * sx;
  own[1] = 2 * (x * y + z * w) * sx;
  own[2] = 2 * (x * z - y * w) * sx;
  own[3] = 2 * (x * y - z * w) * sy;
  own[4] = (1 - 2 * (x * x + z * z)) * sy;
  own[5] = 2 * (y * z + x * w) * sy;
  own[6] = 2 * (x * z + y * w) * sz;
  own[7] = 2 * (y * z - x * w) * sz;
  own[8] = (1 - 2 * (x * x + y * y)) * sz;
  for (let axis = 0; axis < 3; axis++) own[9 + axis] = local[localOffset + axis];
  const to = out * WORLD_VALUES;
  if (parent < 0) {
    world.set(own, to);
    return;
  }
  const from = parent * WORLD_VALUES;
  for (let column = 0; column < 4; column++) {
    for (let row = 0; row < 3; row++) {
      world[to + column * 3 + row] =
        world[from + row] * own[column * 3] +
        world[from + 3 + row] * own[column * 3 + 1] +
        world[from + 6 + row] * own[column * 3 + 2] +
        (column === 3 ? world[from + 9 + row] : 0);
    }
  }
}

const own = new Float64Array(WORLD_VALUES);

/** Inverse of a world transform's 3x3 part, columns; null where it flattens space. */
export function invertedColumns(world: Float64Array, node: number): Float64Array | null {
  const [a, b, c, d, e, f, g, h, i] = world.subarray(node * WORLD_VALUES, node * WORLD_VALUES + 9);
  const determinant = a * (e * i - f * h) - d * (b * i - c * h) + g * (b * f - c * e);
  const size = Math.hypot(a, b, c) * Math.hypot(d, e, f) * Math.hypot(g, h, i);
  if (!(Math.abs(determinant) > 1e-9 * size)) return null;
  const cofactors = [
    ...[e * i - f * h, c * h - b * i, b * f - c * e],
    ...[f * g - d * i, a * i - c * g, c * d - a * f],
    ...[d * h - e * g, b * g - a * h, a * e - b * d],
  ];
  return Float64Array.from(cofactors, (value) => value / determinant);
}

/**
 * The rotation, row-major, that a world transform has made since the pose whose inverse is given; mirrorings and
 * scales of both cancel. False, and nothing written, where the transform flattens space.
 */
export function turnSince(
  out: Float64Array,
  world: Float64Array,
  node: number,
  inverse: Float64Array,
): boolean {
  const at = node * WORLD_VALUES;
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      product[row * 3 + column] =
        world[at + row] * inverse[column * 3] +
        world[at + 3 + row] * inverse[column * 3 + 1] +
        world[at + 6 + row] * inverse[column * 3 + 2];
    }
  }
  return orthonormalise(product, out);
}

const product = new Float64Array(9);

/** Gram-Schmidt over the columns of a row-major matrix. */
function orthonormalise(m: Float64Array, out: Float64Array): boolean {
  const lengthX = Math.hypot(m[0], m[3], m[6]);
  const x = [m[0] / lengthX, m[3] / lengthX, m[6] / lengthX];
  const along = x[0] * m[1] + x[1] * m[4] + x[2] * m[7];
  const y = [m[1] - along * x[0], m[4] - along * x[1], m[7] - along * x[2]];
  const lengthY = Math.hypot(...y);
  if (!(lengthX > 0) || !(lengthY > 1e-9 * lengthX)) return false;
  for (let row = 0; row < 3; row++) {
    const next = (row + 1) % 3;
    const after = (row + 2) % 3;
    out[row * 3] = x[row];
    out[row * 3 + 1] = y[row] / lengthY;
    out[row * 3 + 2] = (x[next] * y[after] - x[after] * y[next]) / lengthY;
  }
  return true;
}

/** A node's rest transform with nothing animated. */
export function restLocals(rest: Float64Array, nodes: readonly number[]): Float64Array {
  const locals = new Float64Array(nodes.length * NODE_VALUES);
  nodes.forEach((node, at) => {
    locals.set(rest.subarray(node * NODE_VALUES, (node + 1) * NODE_VALUES), at * NODE_VALUES);
  });
  return locals;
}
