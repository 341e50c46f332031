import type { Rig } from '../../rig/rig.ts';
import { buildRestTree } from '../../skeleton/rest-tree.ts';
import { NO_PARENT } from '../../skeleton/skeleton.ts';
import {
  bool,
  type FbxRecord,
  fbxRecord,
  float64s,
  int32,
  int64,
  objectName,
  properties70,
  setEnum,
  setInt,
  setNumber,
  setVector,
  text,
  valueRecord,
} from './fbx-record.ts';
import { type FbxScene, SCENE_ID } from './fbx-scene.ts';

/** Parent, own rotation and scale apply in turn. */
const INHERIT_RSRS = 1;
/** A bone is drawn as thick as this part of its length; of use where a program shows no mesh. */
const DRAWN_SIZE = 0.2;

/** Adds a bone for each node and returns their ids, [node]. At rest all rotations are zero. */
export function addSkeleton(scene: FbxScene, rig: Rig, unitsPerMetre: number): bigint[] {
  const { names, parents, restOffsets } = rig.skeleton;
  const ids: bigint[] = [];
  names.forEach((name, node) => {
    const offset = [0, 1, 2].map((axis) => restOffsets[node * 3 + axis] * unitsPerMetre);
    const size = Math.max(1, DRAWN_SIZE * Math.hypot(...offset));
    const attribute = scene.add('NodeAttribute', objectName(name, 'NodeAttribute'), 'LimbNode', [
      properties70([setNumber('Size', size)]),
      valueRecord('TypeFlags', text('Skeleton')),
    ]);
    const model = scene.add('Model', objectName(name, 'Model'), 'LimbNode', modelRecords(offset));
    scene.connect(attribute, model);
    scene.connect(model, parents[node] === NO_PARENT ? SCENE_ID : ids[parents[node]]);
    ids.push(model);
  });
  return ids;
}

/** What every node of the scene has: its place below its parent, in the file's units. */
export function modelRecords(translation: readonly number[]): FbxRecord[] {
  return [
    valueRecord('Version', int32(232)),
    properties70([
      setEnum('RotationOrder', 0),
      setEnum('InheritType', INHERIT_RSRS),
      setVector('ScalingMax', 'Vector3D', 'Vector', [0, 0, 0]),
      setInt('DefaultAttributeIndex', 0),
      setVector('Lcl Translation', 'Lcl Translation', '', translation),
      setVector('Lcl Rotation', 'Lcl Rotation', '', [0, 0, 0]),
      setVector('Lcl Scaling', 'Lcl Scaling', '', [1, 1, 1]),
    ]),
    valueRecord('Shading', bool(true)),
    valueRecord('Culling', text('CullingOff')),
  ];
}

/** World positions at rest in the file's units, [node][xyz]. */
export function restPositions(rig: Rig, unitsPerMetre: number): Float64Array {
  return buildRestTree(rig.skeleton).positions.map((value) => value * unitsPerMetre);
}

/** The pose in which mesh and bones belong together: the rest pose of every one of them. */
export function addBindPose(
  scene: FbxScene,
  bones: readonly bigint[],
  rest: Float64Array,
  meshes: readonly bigint[],
): void {
  const poseNode = (id: bigint, matrix: Float64Array): FbxRecord =>
    fbxRecord('PoseNode', [], [valueRecord('Node', int64(id)), valueRecord('Matrix', float64s(matrix))]);
  scene.add('Pose', objectName('BindPose', 'Pose'), 'BindPose', [
    valueRecord('Type', text('BindPose')),
    valueRecord('Version', int32(100)),
    valueRecord('NbPoseNodes', int32(bones.length + meshes.length)),
    ...meshes.map((id) => poseNode(id, translationMatrix([0, 0, 0]))),
    ...bones.map((id, node) => poseNode(id, translationMatrix(rest.subarray(node * 3, node * 3 + 3)))),
  ]);
}

/** 4 × 4, the translation in the last four numbers. */
export function translationMatrix([x, y, z]: ArrayLike<number> & Iterable<number>): Float64Array {
  return Float64Array.of(1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, x, y, z, 1);
}
