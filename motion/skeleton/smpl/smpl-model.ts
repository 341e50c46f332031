import type { SmplModel } from '../../formats/tracks.ts';
import { checkSmplJointCount, type RestPoint, type SmplBody, smplSkeleton } from './smpl-body.ts';
import { FINGERS, smplJointNames } from './smpl-joints.ts';

/**
 * What a model file says of the skeleton. The joints are linear in the shape coefficients, because the regressor
 * and the blend shapes both are: joint = joints + jointDirections · betas.
 */
export interface SmplModelData {
  readonly model: SmplModel;
  /** Joints of the mean shape, metres, the model's axes (origin of the mesh), [joint][xyz]. */
  readonly joints: Float64Array;
  /** How each shape coefficient moves them, [joint][xyz][beta]. */
  readonly jointDirections: Float64Array;
  readonly betaCount: number;
  /** Vertices at the tips of the body, and how each coefficient moves them, [xyz][beta]. */
  readonly tips: ReadonlyMap<TipName, { readonly point: RestPoint; readonly directions: Float64Array }>;
}

/** The highest vertex, the foremost of each foot, the outermost of each hand. */
export const TIP_NAMES = ['head', 'leftFoot', 'rightFoot', 'leftHand', 'rightHand'] as const;
export type TipName = (typeof TIP_NAMES)[number];

/** The tip of a finger beyond its third joint, in lengths of the bone before it. */
const FINGER_TIP = 0.85;

/**
 * The body of one person: the model's joints for these shape coefficients, exactly. Fewer coefficients than the
 * model has are filled with 0; more, which a file of ten has no directions for, are millimetres and left out.
 *
 * @param jointCount all of the model, or 22 for SMPL-H and SMPL-X without hands and face
 */
export function smplBody(
  data: SmplModelData,
  betas: ArrayLike<number> | null = null,
  jointCount = smplJointNames(data.model).length,
): SmplBody {
  checkSmplJointCount(data.model, jointCount);
  const { model, betaCount } = data;
  const shape = shapeOf(betas, betaCount);
  const names = smplJointNames(model);
  const points = names.map((_, joint): RestPoint => {
    const at = (axis: number) =>
      data.joints[joint * 3 + axis] + dot(data.jointDirections, (joint * 3 + axis) * betaCount, shape);
    return [at(0), at(1), at(2)];
  });
  const pelvisOffset = points[0];
  const centred = (point: RestPoint): RestPoint => [
    point[0] - pelvisOffset[0],
    point[1] - pelvisOffset[1],
    point[2] - pelvisOffset[2],
  ];
  const tips = new Map<string, RestPoint>();
  for (const [name, { point, directions }] of data.tips) {
    const at = (axis: number) => point[axis] + dot(directions, axis * betaCount, shape);
    const place = centred([at(0), at(1), at(2)]);
    // The tip of a hand ends what is last in the arm: the hand, or the wrist where there are no fingers.
    if (!name.endsWith('Hand')) tips.set(name, place);
    else if (model === 'smpl') tips.set(name, place);
    else if (jointCount === 22) tips.set(name.replace('Hand', 'Wrist'), place);
  }
  if (jointCount > 24) {
    for (const [name, tip] of fingerTips(names, points)) tips.set(name, centred(tip));
  }
  return {
    model,
    skeleton: smplSkeleton(model, points.slice(0, jointCount).map(centred), tips),
    jointCount,
    pelvisOffset,
    source: 'model file',
  };
}

function shapeOf(betas: ArrayLike<number> | null, betaCount: number): Float64Array {
  return Float64Array.from({ length: betaCount }, (_, beta) => betas?.[beta] ?? 0);
}

function dot(values: Float64Array, start: number, shape: Float64Array): number {
  let sum = 0;
  for (let beta = 0; beta < shape.length; beta++) sum += values[start + beta] * shape[beta];
  return sum;
}

function fingerTips(names: readonly string[], points: readonly RestPoint[]): [string, RestPoint][] {
  return (['left', 'right'] as const).flatMap((side) =>
    FINGERS.map((finger): [string, RestPoint] => {
      const before = points[names.indexOf(`${side}${finger}2`)];
      const last = points[names.indexOf(`${side}${finger}3`)];
      const beyond = (axis: number) => last[axis] + FINGER_TIP * (last[axis] - before[axis]);
      return [`${side}${finger}3`, [beyond(0), beyond(1), beyond(2)]];
    }),
  );
}
