import { type Interpolant, type KeyframeTrack, Matrix4, type Object3D, Quaternion, Vector3 } from 'three';
import type { FbxModel } from './fbx-scene-tree.ts';
import type { FbxJoints } from './fbx-skeletons.ts';
import { nodeName, type ThreeFbx } from './fbx-to-three.ts';

/** World positions, the file's unit and axes, [frame][joint][xyz], and rotations, xyzw, [frame][joint][4]. */
export interface WorldPoses {
  readonly positions: Float64Array;
  readonly rotations: Float64Array;
}

/** Bone lengths of a bind pose that differ by more from the nodes' own make it another pose's: not to be used. */
const SAME_LENGTH = 0.05;

/**
 * Poses of a skeleton's joints in an animation.
 * @param seconds of each frame, rising
 */
export function sampleStack(
  three: ThreeFbx,
  stack: number,
  joints: FbxJoints,
  seconds: Float64Array,
): WorldPoses {
  const rest = three.objects.map((object) => ({
    object,
    position: object.position.clone(),
    quaternion: object.quaternion.clone(),
    scale: object.scale.clone(),
  }));
  const drives = (three.clips[stack]?.tracks ?? []).flatMap((track) => drive(track, three.objects));
  const poses = emptyPoses(seconds.length, joints);
  for (let frame = 0; frame < seconds.length; frame++) {
    for (const move of drives) move(seconds[frame]);
    three.scene.updateMatrixWorld(true);
    writePose(poses, frame, joints, (joint) => three.objects[joints.models[joint]].matrixWorld);
  }
  for (const { object, position, quaternion, scale } of rest) {
    object.position.copy(position);
    object.quaternion.copy(quaternion);
    object.scale.copy(scale);
  }
  return poses;
}

/**
 * The pose at rest: the bind pose where the file has one that fits, else where the nodes stand without animation.
 */
export function restPose(
  three: ThreeFbx,
  joints: FbxJoints,
  bindPose: ReadonlyMap<number, Float64Array>,
): WorldPoses {
  three.scene.updateMatrixWorld(true);
  const own = emptyPoses(1, joints);
  const worlds = joints.models.map((model) => three.objects[model].matrixWorld);
  writePose(own, 0, joints, (joint) => worlds[joint]);

  const bound: Matrix4[] = [];
  joints.models.forEach((model, joint) => {
    const matrix = bindPose.get(model);
    const parent = joints.parents[joint];
    if (matrix) bound.push(new Matrix4().fromArray(matrix));
    else if (parent < 0) bound.push(worlds[joint].clone());
    else bound.push(bound[parent].clone().multiply(worlds[parent].clone().invert().multiply(worlds[joint])));
  });
  const pose = emptyPoses(1, joints);
  writePose(pose, 0, joints, (joint) => bound[joint]);
  return hasSameLengths(own.positions, pose.positions, joints) ? pose : own;
}

/** Whether bones are as long in both poses; a bone without length says nothing. */
function hasSameLengths(a: Float64Array, b: Float64Array, { parents }: FbxJoints): boolean {
  const length = (positions: Float64Array, joint: number): number =>
    Math.hypot(
      ...[0, 1, 2].map((axis) => positions[joint * 3 + axis] - positions[parents[joint] * 3 + axis]),
    );
  let longest = 0;
  let worst = 0;
  for (let joint = 1; joint < parents.length; joint++) {
    longest = Math.max(longest, length(a, joint));
    worst = Math.max(worst, Math.abs(length(a, joint) - length(b, joint)));
  }
  return worst <= SAME_LENGTH * longest;
}

/** Moves the object that a track is about to a time. */
function drive(track: KeyframeTrack, objects: readonly Object3D[]): ((seconds: number) => void)[] {
  const [name, property] = track.name.split('.');
  const object = objects[Number(name.slice(nodeName(0).length - 1))];
  // three.js does not declare it, all its tracks have it.
  const interpolant = (track as unknown as { createInterpolant(): Interpolant }).createInterpolant();
  const target =
    property === 'position' ? object?.position : property === 'scale' ? object?.scale : undefined;
  if (target) return [(seconds) => target.fromArray(interpolant.evaluate(seconds))];
  if (!object || property !== 'quaternion') return [];
  return [(seconds) => object.quaternion.fromArray(interpolant.evaluate(seconds)).normalize()];
}

function emptyPoses(frames: number, { models }: FbxJoints): WorldPoses {
  return {
    positions: new Float64Array(frames * models.length * 3),
    rotations: new Float64Array(frames * models.length * 4),
  };
}

const position = new Vector3();
const rotation = new Quaternion();
const scale = new Vector3();

function writePose(
  { positions, rotations }: WorldPoses,
  frame: number,
  { models }: FbxJoints,
  worldOf: (joint: number) => Matrix4,
): void {
  for (let joint = 0; joint < models.length; joint++) {
    worldOf(joint).decompose(position, rotation, scale);
    position.toArray(positions, (frame * models.length + joint) * 3);
    rotation.normalize().toArray(rotations, (frame * models.length + joint) * 4);
  }
}

/** Whether a joint's own name says that it ends a chain: no joint, but the tip of a bone. */
export function isTip({ name }: FbxModel): boolean {
  return /(end|nub|_tip|site)\d*$/i.test(name);
}
