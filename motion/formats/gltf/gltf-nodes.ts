import { normalizeQuat, quatFromMatrix3 } from '../../math/quat.ts';
import { NO_PARENT } from '../../skeleton/skeleton.ts';
import { failAt, index, items, type JsonPlace, member, numbers, optionalText } from './gltf-json.ts';

/** Components of a node's transform: translation xyz, rotation xyzw, scale xyz. */
export const NODE_VALUES = 10;
export const ROTATION_AT = 3;
export const SCALE_AT = 7;

/** The node hierarchy of a document. */
export interface GltfNodes {
  /** Null where the file gives none. */
  readonly names: readonly (string | null)[];
  readonly parents: Int32Array;
  /** Every node once, parents before children, each followed by all that hangs below it. */
  readonly order: Int32Array;
  /** Relative to the parent, [node][NODE_VALUES]. */
  readonly rest: Float64Array;
  /** Whether a node carries a mesh, a camera or a light rather than being a joint. */
  readonly isObject: readonly boolean[];
}

// Far above any scene with people in it; they bound the work on a damaged or hostile file.
const MOST_NODES = 20_000;
const DEEPEST = 512;

/** @throws FormatError where a node has two parents or the nodes form a circle. */
export function readGltfNodes(json: JsonPlace): GltfNodes {
  const places = items(member(json, 'nodes'));
  if (places.length > MOST_NODES) failAt(member(json, 'nodes'), `has ${places.length} nodes`, SMALLER);
  const parents = new Int32Array(places.length).fill(NO_PARENT);
  const children = places.map((place, node) =>
    items(member(place, 'children')).map((childPlace) => {
      const child = index(childPlace, places.length);
      if (parents[child] !== NO_PARENT) failAt(childPlace, `is node ${child}, which has a parent already`);
      parents[child] = node;
      return child;
    }),
  );
  const rest = new Float64Array(places.length * NODE_VALUES);
  places.forEach((place, node) => {
    readTransform(place, rest.subarray(node * NODE_VALUES, (node + 1) * NODE_VALUES));
  });
  return {
    names: places.map((place) => optionalText(member(place, 'name'))),
    parents,
    order: depthFirst(json, parents, children),
    rest,
    isObject: places.map(
      (place) => ['mesh', 'camera'].some((key) => member(place, key).value !== undefined) || isLight(place),
    ),
  };
}

const SMALLER = 'export the skeleton alone';

function depthFirst(json: JsonPlace, parents: Int32Array, children: readonly number[][]): Int32Array {
  const order = new Int32Array(parents.length);
  const depth = new Int32Array(parents.length);
  const open = [...parents.keys()].filter((node) => parents[node] === NO_PARENT).reverse();
  let count = 0;
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    order[count++] = node;
    depth[node] = parents[node] === NO_PARENT ? 1 : depth[parents[node]] + 1;
    if (depth[node] > DEEPEST) failAt(member(json, 'nodes'), `are nested deeper than ${DEEPEST}`, SMALLER);
    for (let child = children[node].length - 1; child >= 0; child--) open.push(children[node][child]);
  }
  if (count < parents.length) {
    failAt(member(json, 'nodes'), `has ${parents.length - count} nodes that hang below themselves`);
  }
  return order;
}

function isLight(place: JsonPlace): boolean {
  const extensions = member(place, 'extensions');
  return extensions.value !== undefined && member(extensions, 'KHR_lights_punctual').value !== undefined;
}

function readTransform(place: JsonPlace, out: Float64Array): void {
  const matrix = numbers(member(place, 'matrix'), 16);
  if (matrix !== null) {
    splitMatrix(matrix, out);
    return;
  }
  out.set(numbers(member(place, 'translation'), 3) ?? [0, 0, 0], 0);
  out.set(numbers(member(place, 'rotation'), 4) ?? [0, 0, 0, 1], ROTATION_AT);
  out.set(numbers(member(place, 'scale'), 3) ?? [1, 1, 1], SCALE_AT);
  normalizeQuat(out, ROTATION_AT);
}

/** Translation, rotation and scale of a column-major matrix; a mirroring goes into the scale along X. */
function splitMatrix(m: readonly number[], out: Float64Array): void {
  const lengths = [0, 4, 8].map((column) => Math.hypot(m[column], m[column + 1], m[column + 2]));
  const determinant =
    m[0] * (m[5] * m[10] - m[6] * m[9]) -
    m[4] * (m[1] * m[10] - m[2] * m[9]) +
    m[8] * (m[1] * m[6] - m[2] * m[5]);
  if (determinant < 0) lengths[0] = -lengths[0];
  const rows = [0, 1, 2].flatMap((row) =>
    lengths.map((length, column) => (length === 0 ? Number(row === column) : m[column * 4 + row] / length)),
  );
  out.set([m[12], m[13], m[14]], 0);
  quatFromMatrix3(out, ROTATION_AT, rows, 0);
  out.set(lengths, SCALE_AT);
}
