import type { SmplModel } from '../../formats/tracks.ts';
import { BODY17, BODY17_COUNT, BODY17_NAMES, BODY17_PARENTS } from '../body17.ts';
import { FITTED_MAP } from '../fitted-skeleton.ts';
import type { Skeleton } from '../skeleton.ts';
import { averageSmplBody } from './average-smpl.ts';
import { type SmplBody, smplBody17Map } from './smpl-body.ts';

/**
 * Joints without a body-17 joint of their own, by name without side: the body-17 joint whose bone they grow with, and
 * the one from which their place is measured.
 */
const FOLLOWERS: readonly (readonly [pattern: RegExp, bone: string, anchor: string])[] = [
  [/^spine1$/, 'spine', 'pelvis'],
  [/^spine3$/, 'thorax', 'spine'],
  [/Collar$/, 'Shoulder', 'thorax'],
  [/Foot(\.end)?$/, 'Ankle', 'Ankle'],
  [/^jaw|Eye$/, 'head', 'neck'],
  [/(Wrist\.end|Hand|Index|Middle|Ring|Pinky|Thumb)/, 'Wrist', 'Wrist'],
];

/**
 * The average body with the measures of a fitted skeleton (`skeletonFromPositions`): joints of body-17 rest where that
 * one's do, the joints between and beyond them in proportion to the bone they grow with.
 */
export function fitSmplBody(fitted: Skeleton, model: SmplModel, jointCount: number): SmplBody {
  const average = averageSmplBody(model, jointCount);
  const { skeleton } = average;
  const nodeOf = smplBody17Map(average).map(([{ node }]) => node);
  const from = restPoints(skeleton);
  const wanted = restPoints(fitted);
  const to = from.slice();
  const growth = new Float64Array(BODY17_COUNT).fill(1);
  const span = (points: Float64Array, a: number, b: number) =>
    Math.hypot(...[0, 1, 2].map((axis) => points[a * 3 + axis] - points[b * 3 + axis]));
  FITTED_MAP.forEach(([{ node }], joint) => {
    to.set(wanted.subarray(node * 3, node * 3 + 3), nodeOf[joint] * 3);
    const parent = nodeOf[BODY17_PARENTS[joint]];
    if (parent === undefined) return;
    growth[joint] =
      span(wanted, node, FITTED_MAP[BODY17_PARENTS[joint]][0].node) / span(from, nodeOf[joint], parent);
  });
  skeleton.names.forEach((name, node) => {
    if (nodeOf.includes(node)) return;
    const follower = FOLLOWERS.find(([pattern]) => pattern.test(name));
    if (!follower) throw new Error(`${name} follows no body-17 joint`);
    const [side] = /^(left|right)?/.exec(name)!;
    const joint = body17Index(follower[1], side);
    const anchor = nodeOf[body17Index(follower[2], side)];
    for (let axis = 0; axis < 3; axis++) {
      to[node * 3 + axis] =
        to[anchor * 3 + axis] + growth[joint] * (from[node * 3 + axis] - from[anchor * 3 + axis]);
    }
  });
  return { ...average, skeleton: { ...skeleton, restOffsets: restOffsetsOf(skeleton, to) } };
}

function body17Index(name: string, side: string): number {
  const full = /^[A-Z]/.test(name) ? side + name : name;
  if (!BODY17_NAMES.includes(full)) throw new Error(`body-17 has no ${full}`);
  return BODY17[full as keyof typeof BODY17];
}

/** World places of the rest pose, [node][xyz]. */
function restPoints({ parents, restOffsets }: Skeleton): Float64Array {
  const points = restOffsets.slice();
  for (let node = 1; node < parents.length; node++) {
    for (let axis = 0; axis < 3; axis++) points[node * 3 + axis] += points[parents[node] * 3 + axis];
  }
  return points;
}

function restOffsetsOf({ parents }: Skeleton, points: Float64Array): Float64Array {
  const offsets = points.slice();
  for (let node = 1; node < parents.length; node++) {
    for (let axis = 0; axis < 3; axis++) offsets[node * 3 + axis] -= points[parents[node] * 3 + axis];
  }
  return offsets;
}
