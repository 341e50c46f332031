import { type Accessor, Document, type Node, WebIO } from '@gltf-transform/core';
import { dotQuat, normalizeQuat } from '../../math/quat.ts';
import type { FigureMesh, Rig, RigTake } from '../../rig/rig.ts';
import { buildRestTree } from '../../skeleton/rest-tree.ts';
import { NO_PARENT } from '../../skeleton/skeleton.ts';

/** Linear RGB of the figure: a light grey that shows shape in any viewer's light. */
const FIGURE_COLOUR: [number, number, number, number] = [0.6, 0.63, 0.68, 1];

/** Accessors made while a rig is written, so that equal key times are stored once. */
interface KeyTimes {
  readonly document: Document;
  readonly fps: number;
  readonly byFrames: Map<string, Accessor>;
}

/**
 * A rig as a binary glTF 2.0 file: metres, Y up, facing +Z, as the format asks. One skin with all nodes of the
 * skeleton (end sites too) as joints and the figure on it; one animation per take with linear samplers. The
 * format knows seconds only, so the frame rate stands in the extras of the asset and of the scene.
 */
export async function writeGlb(rig: Rig): Promise<Uint8Array> {
  const document = new Document();
  document.createBuffer();
  const asset = document.getRoot().getAsset();
  asset.generator = 'PoseMend';
  asset.extras = { fps: rig.fps };

  const nodes = addJoints(document, rig);
  const scene = document.createScene(rig.name).setExtras({ fps: rig.fps });
  rig.skeleton.parents.forEach((parent, node) => {
    if (parent === NO_PARENT) scene.addChild(nodes[node]);
  });
  document.getRoot().setDefaultScene(scene);
  scene.addChild(addFigure(document, rig, nodes));

  const times: KeyTimes = { document, fps: rig.fps, byFrames: new Map() };
  for (const take of rig.takes) addTake(times, rig, take, nodes);
  // The IO for web pages is the one that needs nothing of its host to write bytes.
  return new WebIO().writeBinary(document);
}

function addJoints(document: Document, { skeleton }: Rig): Node[] {
  const { names, parents, restOffsets } = skeleton;
  const nodes = names.map((name, node) => {
    const [x, y, z] = restOffsets.subarray(node * 3, node * 3 + 3);
    return document.createNode(name).setTranslation([x, y, z]);
  });
  parents.forEach((parent, node) => {
    if (parent !== NO_PARENT) nodes[parent].addChild(nodes[node]);
  });
  return nodes;
}

function addFigure(document: Document, rig: Rig, nodes: readonly Node[]): Node {
  const { figure, skeleton } = rig;
  const skin = document.createSkin(rig.name).setSkeleton(nodes[skeleton.parents.indexOf(NO_PARENT)]);
  for (const node of nodes) skin.addJoint(node);
  const bindMatrices = inverseBindMatrices(buildRestTree(skeleton).positions);
  skin.setInverseBindMatrices(accessor(document, 'MAT4', bindMatrices));

  const { joints, weights } = jointsAndWeights(figure, nodes.length);
  const indices = figure.positions.length / 3 < 65535 ? Uint16Array.from(figure.triangles) : figure.triangles;
  const material = document
    .createMaterial('figure')
    .setBaseColorFactor(FIGURE_COLOUR)
    .setMetallicFactor(0)
    .setRoughnessFactor(0.8);
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor(document, 'VEC3', figure.positions))
    .setAttribute('NORMAL', accessor(document, 'VEC3', figure.normals))
    .setAttribute('JOINTS_0', accessor(document, 'VEC4', joints))
    .setAttribute('WEIGHTS_0', accessor(document, 'VEC4', weights).setNormalized(true))
    .setIndices(accessor(document, 'SCALAR', indices))
    .setMaterial(material);
  const mesh = document.createMesh('figure').addPrimitive(primitive);
  // A skinned mesh stands beside the joints: its own place in the tree says nothing.
  return document.createNode('figure').setMesh(mesh).setSkin(skin);
}

/** One joint of full weight per vertex, the other three slots empty. */
function jointsAndWeights({ nodes }: FigureMesh, nodeCount: number) {
  const joints = nodeCount <= 256 ? new Uint8Array(nodes.length * 4) : new Uint16Array(nodes.length * 4);
  const weights = new Uint8Array(nodes.length * 4);
  nodes.forEach((node, vertex) => {
    joints[vertex * 4] = node;
    weights[vertex * 4] = 255;
  });
  return { joints, weights };
}

/** At rest nothing is turned, so undoing a joint's rest pose is a step back to the origin. Column-major. */
function inverseBindMatrices(restPositions: Float64Array): Float32Array<ArrayBuffer> {
  const matrices = new Float32Array((restPositions.length / 3) * 16);
  for (let node = 0; node * 3 < restPositions.length; node++) {
    const [x, y, z] = restPositions.subarray(node * 3, node * 3 + 3);
    matrices.set([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, -x, -y, -z, 1], node * 16);
  }
  return matrices;
}

function addTake(times: KeyTimes, rig: Rig, take: RigTake, nodes: readonly Node[]): void {
  const { document } = times;
  const { isEndSite } = rig.skeleton;
  const nodeCount = nodes.length;
  const animation = document.createAnimation(take.name).setExtras({ fps: rig.fps });
  const addChannel = (node: number, path: 'rotation' | 'translation', frames: Int32Array): void => {
    const isRotation = path === 'rotation';
    const values = isRotation
      ? keyRotations(take.localRotations, nodeCount, node, frames)
      : keyTranslations(take.localTranslations, nodeCount, node, frames);
    const sampler = document
      .createAnimationSampler()
      .setInterpolation('LINEAR')
      .setInput(keyTimes(times, frames))
      .setOutput(accessor(document, isRotation ? 'VEC4' : 'VEC3', values));
    const channel = document
      .createAnimationChannel()
      .setTargetNode(nodes[node])
      .setTargetPath(path)
      .setSampler(sampler);
    animation.addSampler(sampler).addChannel(channel);
  };
  const every = Int32Array.from({ length: take.frameCount }, (_, frame) => frame);
  if (take.frameCount === 0) return;
  for (let node = 0; node < nodeCount; node++) {
    if (!isEndSite[node]) addChannel(node, 'rotation', take.rotationKeys?.[node] ?? every);
  }
  for (const node of take.movingNodes) addChannel(node, 'translation', take.translationKeys?.[node] ?? every);
}

function keyTimes({ document, fps, byFrames }: KeyTimes, frames: Int32Array): Accessor {
  const id = frames.join(',');
  const known = byFrames.get(id);
  if (known !== undefined) return known;
  const seconds = Float32Array.from(frames, (frame) => frame / fps);
  const made = accessor(document, 'SCALAR', seconds);
  byFrames.set(id, made);
  return made;
}

/** Unit quaternions, each on the side of the key before it. */
function keyRotations(
  rotations: Float64Array,
  nodeCount: number,
  node: number,
  frames: Int32Array,
): Float32Array<ArrayBuffer> {
  const values = new Float64Array(frames.length * 4);
  frames.forEach((frame, key) => {
    const from = (frame * nodeCount + node) * 4;
    values.set(rotations.subarray(from, from + 4), key * 4);
    normalizeQuat(values, key * 4);
    if (key === 0 || dotQuat(values, key * 4, values, key * 4 - 4) >= 0) return;
    for (let component = 0; component < 4; component++) values[key * 4 + component] *= -1;
  });
  return Float32Array.from(values);
}

function keyTranslations(
  translations: Float64Array,
  nodeCount: number,
  node: number,
  frames: Int32Array,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(frames.length * 3);
  frames.forEach((frame, key) => {
    const from = (frame * nodeCount + node) * 3;
    values.set(translations.subarray(from, from + 3), key * 3);
  });
  return values;
}

function accessor(
  document: Document,
  type: 'SCALAR' | 'VEC3' | 'VEC4' | 'MAT4',
  array: Float32Array | Uint8Array | Uint16Array | Uint32Array,
): Accessor {
  const [buffer] = document.getRoot().listBuffers();
  return document.createAccessor().setType(type).setArray(array.slice()).setBuffer(buffer);
}
