import { FormatError, type FormatWarning } from '../../../motion/errors.ts';
import {
  type FbxTree,
  type FbxTreeNode,
  fbxArray,
  fbxChild,
  fbxKey,
  fbxNumbers,
  fbxObjectName,
} from '../../../motion/formats/fbx/fbx-tree.ts';

const MOST_MODELS = 20_000;
/** Half turns of one angle over an animation; three.js makes a key for each. An hour at three turns a second. */
const MOST_HALF_TURNS = 20_000;

/** What of an FBX file has to do with motion. */
export interface FbxSceneTree {
  /** Parents precede children. */
  readonly models: readonly FbxModel[];
  readonly stacks: readonly FbxStack[];
  /** World matrix at rest, 16 numbers, the translation last; by index of the model. */
  readonly bindPose: ReadonlyMap<number, Float64Array>;
  readonly warnings: readonly FormatWarning[];
}

/** A node of the scene. */
export interface FbxModel {
  readonly name: string;
  /** `LimbNode`, `Root`, `Null`, `Mesh` and so on. */
  readonly kind: string;
  /** Index in `models`; -1 at the top. */
  readonly parent: number;
  readonly node: FbxTreeNode;
}

/** One animation. Times in FBX's units. */
export interface FbxStack {
  readonly name: string;
  /** Where the file says that it begins and ends; equal where it does not. */
  readonly start: number;
  readonly stop: number;
  readonly channels: readonly FbxChannel[];
}

/** Curves that drive one property of one model. */
export interface FbxChannel {
  readonly model: number;
  readonly property: 'T' | 'R' | 'S';
  /** X, Y, Z; undefined where an axis has no keys. */
  readonly curves: readonly (FbxCurve | undefined)[];
}

export interface FbxCurve {
  readonly times: Float64Array;
  readonly values: Float64Array;
}

const PROPERTIES: Readonly<Record<string, 'T' | 'R' | 'S'>> = {
  'Lcl Translation': 'T',
  'Lcl Rotation': 'R',
  'Lcl Scaling': 'S',
};

/** Follows the connections of a file. Throws FormatError for hierarchies and curves that cannot be. */
export function readFbxScene(tree: FbxTree, source: string): FbxSceneTree {
  const objects = tree.nodes.find(({ name }) => name === 'Objects');
  if (!objects) {
    throw new FormatError(source, 'Objects', 'is missing: there is nothing in the file', 'export it again');
  }
  const links = readLinks(tree);
  const byKey = new Map(objects.children.map((node) => [fbxKey(node.values[0]), node]));
  const warnings: FormatWarning[] = [];
  const { models, indexOf } = readModels(objects, links, source);
  const stacks = objects.children
    .filter(({ name }) => name === 'AnimationStack')
    .map((node) => readStack(node, byKey, links, indexOf, warnings, source));
  return { models, stacks, bindPose: readBindPose(objects, byKey, links, indexOf), warnings };
}

interface Links {
  readonly parentsOf: ReadonlyMap<string, readonly Link[]>;
  readonly childrenOf: ReadonlyMap<string, readonly Link[]>;
}

interface Link {
  readonly child: string;
  readonly parent: string;
  /** The parent's property that the child drives; '' where it is its child. */
  readonly property: string;
}

function readLinks(tree: FbxTree): Links {
  const parentsOf = new Map<string, Link[]>();
  const childrenOf = new Map<string, Link[]>();
  const connections = tree.nodes.find(({ name }) => name === 'Connections');
  for (const { values } of connections?.children ?? []) {
    const link = { child: fbxKey(values[1]), parent: fbxKey(values[2]), property: fbxKey(values[3]) };
    pushTo(parentsOf, link.child, link);
    pushTo(childrenOf, link.parent, link);
  }
  return { parentsOf, childrenOf };
}

function pushTo(map: Map<string, Link[]>, key: string, link: Link): void {
  const list = map.get(key);
  if (list) list.push(link);
  else map.set(key, [link]);
}

function readModels(
  objects: FbxTreeNode,
  links: Links,
  source: string,
): { models: FbxModel[]; indexOf: ReadonlyMap<string, number> } {
  const nodes = objects.children.filter(({ name }) => name === 'Model');
  if (nodes.length > MOST_MODELS) {
    throw new FormatError(source, 'Objects', `has ${nodes.length} nodes, more than ${MOST_MODELS}`);
  }
  const keys = new Set(nodes.map(({ values }) => fbxKey(values[0])));
  if (keys.size < nodes.length) {
    throw new FormatError(source, 'Objects', 'two nodes have one id', 'export it again: the file is damaged');
  }
  const parentKey = (key: string): string | undefined =>
    links.parentsOf.get(key)?.find(({ parent, property }) => property === '' && keys.has(parent))?.parent;
  const children = new Map<string | undefined, FbxTreeNode[]>();
  for (const node of nodes) {
    const parent = parentKey(fbxKey(node.values[0]));
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const models: FbxModel[] = [];
  const indexOf = new Map<string, number>();
  const open = (children.get(undefined) ?? []).map((node) => ({ node, parent: -1 })).reverse();
  for (let next = open.pop(); next; next = open.pop()) {
    const key = fbxKey(next.node.values[0]);
    const index = models.length;
    indexOf.set(key, index);
    models.push({
      name: fbxObjectName(next.node.values[1]),
      kind: String(next.node.values[2] ?? ''),
      parent: next.parent,
      node: next.node,
    });
    open.push(...(children.get(key) ?? []).map((node) => ({ node, parent: index })).reverse());
  }
  if (models.length < nodes.length) {
    throw new FormatError(source, 'Connections', 'some nodes are their own ancestors', 'export it again');
  }
  return { models, indexOf };
}

function readStack(
  node: FbxTreeNode,
  byKey: ReadonlyMap<string, FbxTreeNode>,
  links: Links,
  indexOf: ReadonlyMap<string, number>,
  warnings: FormatWarning[],
  source: string,
): FbxStack {
  const name = fbxObjectName(node.values[1]);
  const childrenOf = (key: string, kind: string): FbxTreeNode[] =>
    (links.childrenOf.get(key) ?? []).flatMap(({ child }) => {
      const found = byKey.get(child);
      return found?.name === kind ? [found] : [];
    });
  const layers = childrenOf(fbxKey(node.values[0]), 'AnimationLayer');
  const animated = layers.filter(
    (layer) => childrenOf(fbxKey(layer.values[0]), 'AnimationCurveNode').length > 0,
  );
  if (animated.length > 1) {
    warnings.push({
      place: `animation ${name}`,
      message: `has ${animated.length} layers; only the first with keys is read, merge them before export for all`,
    });
  }
  const channels: FbxChannel[] = [];
  for (const curveNode of animated[0]
    ? childrenOf(fbxKey(animated[0].values[0]), 'AnimationCurveNode')
    : []) {
    const key = fbxKey(curveNode.values[0]);
    for (const { parent, property } of links.parentsOf.get(key) ?? []) {
      const model = indexOf.get(parent);
      const kind = PROPERTIES[property];
      if (model === undefined || kind === undefined) continue;
      const curves = ['d|X', 'd|Y', 'd|Z'].map((axis) => {
        const link = links.childrenOf.get(key)?.find((other) => other.property === axis);
        const curve = readCurve(link && byKey.get(link.child), source);
        if (curve && kind === 'R') checkTurns(curve, name, source);
        return curve;
      });
      if (curves.some((curve) => curve)) channels.push({ model, property: kind, curves });
    }
  }
  return { name, start: timeOf(node, 'LocalStart'), stop: timeOf(node, 'LocalStop'), channels };
}

function timeOf(stack: FbxTreeNode, name: string): number {
  const [time = 0] = fbxNumbers(stack, name) ?? [];
  return Number.isFinite(time) ? time : 0;
}

function readCurve(node: FbxTreeNode | undefined, source: string): FbxCurve | undefined {
  if (node?.name !== 'AnimationCurve') return undefined;
  const times = fbxArray(node, 'KeyTime');
  const values = fbxArray(node, 'KeyValueFloat');
  if (!times || !values || times.length === 0) return undefined;
  const place = `AnimationCurve ${fbxKey(node.values[0])}`;
  const damage = 'export it again: the file is damaged';
  if (times.length !== values.length) {
    throw new FormatError(source, place, `has ${times.length} times and ${values.length} values`, damage);
  }
  for (let key = 0; key < times.length; key++) {
    if (!Number.isFinite(values[key])) {
      throw new FormatError(source, place, `key ${key} has the value ${values[key]}`, damage);
    }
    if (key > 0 && !(times[key] > times[key - 1])) {
      throw new FormatError(source, place, `key ${key} is not later than the one before`, damage);
    }
  }
  return { times, values };
}

function checkTurns({ values }: FbxCurve, animation: string, source: string): void {
  let degrees = Math.abs(values[0]);
  for (let key = 1; key < values.length; key++) degrees += Math.abs(values[key] - values[key - 1]);
  if (degrees <= MOST_HALF_TURNS * 180) return;
  throw new FormatError(
    source,
    `animation ${animation}`,
    `turns a joint by ${degrees.toPrecision(3)} degrees in all`,
    'export it again: the file is damaged',
  );
}

/** Bind pose and, before it, the places of bones in skins. */
function readBindPose(
  objects: FbxTreeNode,
  byKey: ReadonlyMap<string, FbxTreeNode>,
  links: Links,
  indexOf: ReadonlyMap<string, number>,
): ReadonlyMap<number, Float64Array> {
  const matrices = new Map<number, Float64Array>();
  const set = (key: string, matrix: Float64Array | undefined): void => {
    const model = indexOf.get(key);
    if (model !== undefined && matrix?.length === 16 && matrix.every(Number.isFinite))
      matrices.set(model, matrix);
  };
  for (const pose of objects.children) {
    if (pose.name !== 'Pose' || pose.values[2] !== 'BindPose') continue;
    for (const node of pose.children) {
      if (node.name === 'PoseNode') set(fbxKey(fbxChild(node, 'Node')?.values[0]), fbxArray(node, 'Matrix'));
    }
  }
  for (const cluster of objects.children) {
    if (cluster.name !== 'Deformer' || cluster.values[2] !== 'Cluster') continue;
    for (const { child } of links.childrenOf.get(fbxKey(cluster.values[0])) ?? []) {
      if (byKey.get(child)?.name === 'Model') set(child, fbxArray(cluster, 'TransformLink'));
    }
  }
  return matrices;
}
