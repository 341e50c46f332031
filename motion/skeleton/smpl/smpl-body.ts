import type { SmplModel } from '../../formats/tracks.ts';
import { BODY17_NAMES, type Body17Map } from '../body17.ts';
import { NO_PARENT, type Skeleton } from '../skeleton.ts';
import { smplJointCount, smplJointNames, smplParents } from './smpl-joints.ts';

/** A body to pose by a track of the SMPL family. */
export interface SmplBody {
  readonly model: SmplModel;
  /**
   * The model's joints in its order, then end sites (head top, toes, finger tips). Metres, the model's axes: a
   * T-pose, Y up, facing +Z, left towards +X, all rest rotations the identity. The pelvis is at 0.
   */
  readonly skeleton: Skeleton;
  /** Joints with rotations: the first nodes of the skeleton. The model's count, or 22 without hands and face. */
  readonly jointCount: number;
  /**
   * Where the pelvis joint rests, seen from the origin of the model's mesh, metres, the model's axes. SMPL's root rotation
   * turns about the pelvis and its translation is added to the mesh: pelvis = translation + pelvisOffset.
   */
  readonly pelvisOffset: readonly [number, number, number];
  /** `average`: an average adult's proportions, not this person's. `model file`: exactly the model's joints. */
  readonly source: 'average' | 'model file';
}

/** A rest place, metres, the model's axes. */
export type RestPoint = readonly [x: number, y: number, z: number];

/**
 * A skeleton from the rest places of a model's first joints and of the tips that follow some of them.
 *
 * @param joints [joint], as many as have rotations
 * @param tips by the joint they end
 */
export function smplSkeleton(
  model: SmplModel,
  joints: readonly RestPoint[],
  tips: ReadonlyMap<string, RestPoint>,
): Skeleton {
  const jointNames = smplJointNames(model).slice(0, joints.length);
  const ends = [...tips].filter(([name]) => jointNames.includes(name));
  const parents = [
    ...smplParents(model).slice(0, joints.length),
    ...ends.map(([name]) => jointNames.indexOf(name)),
  ];
  const points = [...joints, ...ends.map(([, point]) => point)];
  const restOffsets = new Float64Array(points.length * 3);
  parents.forEach((parent, node) => {
    if (parent === NO_PARENT) return;
    for (let axis = 0; axis < 3; axis++)
      restOffsets[node * 3 + axis] = points[node][axis] - points[parent][axis];
  });
  return {
    names: [...jointNames, ...ends.map(([name]) => `${name}.end`)],
    parents: Int32Array.from(parents),
    restOffsets,
    isEndSite: points.map((_, node) => node >= joints.length),
  };
}

/** How many joints a body may have: all of the model, or those without hands and face. */
export function checkSmplJointCount(model: SmplModel, jointCount: number): void {
  const whole = smplJointCount(model);
  if (jointCount === whole || (model !== 'smpl' && jointCount === 22)) return;
  throw new RangeError(
    `a ${model} body has ${whole}${model === 'smpl' ? '' : ' or 22'} joints, asked for ${jointCount}`,
  );
}

/** Body-17 joints that bear another name in SMPL; as the layout `smpl24` has them, but for the head top. */
const TRUNK: Readonly<Record<string, string>> = {
  spine: 'spine2',
  thorax: 'neck',
  neck: 'head',
  head: 'head.end',
};

/**
 * Which nodes stand for the refiner's joints. None is derived: the head top is the end site of the head, so it
 * turns with the head. Of an average body it is an estimate, as all lengths are.
 */
export function smplBody17Map(body: SmplBody): Body17Map {
  return BODY17_NAMES.map((name) => [{ node: body.skeleton.names.indexOf(TRUNK[name] ?? name), weight: 1 }]);
}
