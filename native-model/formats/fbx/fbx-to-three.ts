import type { AnimationClip, Object3D } from 'three';
import { FBXLoader } from 'three/examples/jsm/loaders/FBXLoader.js';
import { encodeFbx } from '../../../motion/formats/fbx/fbx-encode.ts';
import {
  type FbxRecord,
  type FbxSetting,
  fbxRecord,
  float32s,
  int64,
  int64s,
  objectName,
  properties70,
  setEnum,
  setVector,
  text,
  valueRecord,
} from '../../../motion/formats/fbx/fbx-record.ts';
import { fbxNumbers } from '../../../motion/formats/fbx/fbx-tree.ts';
import type { FbxChannel, FbxModel, FbxSceneTree } from './fbx-scene-tree.ts';

/** A scene that can be posed. */
export interface ThreeFbx {
  readonly scene: Object3D;
  /** By index of the model. */
  readonly objects: readonly Object3D[];
  /** By index of the stack; tracks are named after `nodeName` of their model. */
  readonly clips: readonly AnimationClip[];
}

/** The name under which three.js knows a model: names of a file need not be unique, and three.js cleans them. */
export function nodeName(model: number): string {
  return `n${model}`;
}

const PLACE = ['Lcl Translation', 'Lcl Rotation', 'Lcl Scaling'];
const PIVOTS = ['RotationOffset', 'RotationPivot', 'ScalingOffset', 'ScalingPivot'];
/** Without `RotationActive` a file's joints have none of these: so do Autodesk's readers. */
const ORIENTATION = ['PreRotation', 'PostRotation'];

/**
 * Hands three.js nothing but nodes and their curves, as a new file: pictures, meshes, cameras and lights, which it
 * can read in a page alone, do not come in; nor do axes and unit, which are applied later.
 */
export function fbxToThree(tree: FbxSceneTree): ThreeFbx {
  const objects: FbxRecord[] = [];
  const connections: FbxRecord[] = [];
  let lastId = tree.models.length;
  const connect = (child: number, parent: number, property?: string): void => {
    const ends = [text(property ? 'OP' : 'OO'), int64(BigInt(child)), int64(BigInt(parent))];
    connections.push(fbxRecord('C', property ? [...ends, text(property)] : ends));
  };
  const add = (kind: string, name: string, subclass: string, children: readonly FbxRecord[]): number => {
    lastId++;
    objects.push(fbxRecord(kind, [int64(BigInt(lastId)), objectName(name, kind), text(subclass)], children));
    return lastId;
  };
  tree.models.forEach((model, index) => {
    const settings = properties70(modelSettings(model));
    const id = [int64(BigInt(index + 1)), objectName(nodeName(index), 'Model'), text('LimbNode')];
    objects.push(fbxRecord('Model', id, [settings]));
    connect(index + 1, model.parent + 1);
  });
  for (const [index, stack] of tree.stacks.entries()) {
    const stackId = add('AnimationStack', String(index), '', []);
    const layer = add('AnimationLayer', 'layer', '', []);
    connect(layer, stackId);
    for (const channel of stack.channels) addChannel(channel, layer, add, connect);
  }
  const bytes = encodeFbx(
    [fbxRecord('Objects', [], objects), fbxRecord('Connections', [], connections)],
    false,
  );
  const scene = new FBXLoader().parse(bytes.buffer as ArrayBuffer, '');
  const byName = new Map<string, Object3D>();
  scene.traverse((object) => {
    if (object.name !== '') byName.set(object.name, object);
  });
  const clips = new Map(scene.animations.map((clip) => [clip.name, clip]));
  return {
    scene,
    objects: tree.models.map((_, index) => byName.get(nodeName(index))!),
    clips: tree.stacks.map((_, index) => clips.get(String(index))!),
  };
}

function addChannel(
  { model, property, curves }: FbxChannel,
  layer: number,
  add: (kind: string, name: string, subclass: string, children: readonly FbxRecord[]) => number,
  connect: (child: number, parent: number, property?: string) => void,
): void {
  const node = add('AnimationCurveNode', property, '', []);
  connect(node, layer);
  connect(node, model + 1, PLACE['TRS'.indexOf(property)]);
  curves.forEach((curve, axis) => {
    if (!curve) return;
    const id = add('AnimationCurve', '', '', [
      valueRecord('KeyTime', int64s(BigInt64Array.from(curve.times, (time) => BigInt(Math.round(time))))),
      valueRecord('KeyValueFloat', float32s(Float32Array.from(curve.values))),
    ]);
    connect(id, node, `d|${'XYZ'[axis]}`);
  });
}

function modelSettings({ node }: FbxModel): FbxSetting[] {
  const isActive = (fbxNumbers(node, 'RotationActive')?.[0] ?? 0) !== 0;
  const vectors = [...PLACE, ...PIVOTS, ...(isActive ? ORIENTATION : [])];
  const settings = vectors.flatMap((name): FbxSetting[] => {
    const values = fbxNumbers(node, name);
    const type = name.startsWith('Lcl ') ? name : 'Vector3D';
    return values?.length === 3 && values.every(Number.isFinite) ? [setVector(name, type, '', values)] : [];
  });
  const order = fbxNumbers(node, 'RotationOrder')?.[0] ?? 0;
  const inherit = fbxNumbers(node, 'InheritType')?.[0] ?? 0;
  return [
    ...settings,
    setEnum('RotationOrder', isActive && order >= 0 && order <= 5 ? order : 0),
    setEnum('InheritType', inherit >= 0 && inherit <= 2 ? inherit : 0),
  ];
}
