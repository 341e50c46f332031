import type { SmplModel } from '../../formats/tracks.ts';
import { BODY17, BODY17_COUNT, BODY17_NAMES, BODY17_PARENTS } from '../body17.ts';
import { medianOverFrames } from '../fitted-skeleton.ts';
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
 * The average body with the bone lengths of positions: medians over the frames, bones between body-17 joints exactly,
 * the joints between and beyond them in proportion. Rest directions stay those of the average body.
 *
 * @param body17 metres, [frame][17][xyz]; NaN where a joint was not seen
 */
export function fitSmplBody(body17: Float64Array, model: SmplModel, jointCount: number): SmplBody {
  const average = averageSmplBody(model, jointCount);
  const { skeleton } = average;
  const nodeOf = smplBody17Map(average).map(([{ node }]) => node);
  const from = restPoints(skeleton);
  const to = from.slice();
  const growth = new Float64Array(BODY17_COUNT).fill(1);
  // Parents precede children in body-17.
  for (let joint = 1; joint < BODY17_COUNT; joint++) {
    const node = nodeOf[joint];
    const parent = nodeOf[BODY17_PARENTS[joint]];
    const bone = [0, 1, 2].map((axis) => from[node * 3 + axis] - from[parent * 3 + axis]);
    const measured = medianBoneLength(body17, joint, BODY17_PARENTS[joint]);
    if (measured > 0) growth[joint] = measured / Math.hypot(...bone);
    for (let axis = 0; axis < 3; axis++)
      to[node * 3 + axis] = to[parent * 3 + axis] + growth[joint] * bone[axis];
  }
  skeleton.names.forEach((name, node) => {
    if (nodeOf.includes(node)) return;
    const follower = FOLLOWERS.find(([pattern]) => pattern.test(name));
    if (!follower) throw new Error(`${name} follows no body-17 joint`);
    const [side] = /^(left|right)?/.exec(name)!;
    const bone = body17Index(follower[1], side);
    const anchor = nodeOf[body17Index(follower[2], side)];
    for (let axis = 0; axis < 3; axis++) {
      to[node * 3 + axis] =
        to[anchor * 3 + axis] + growth[bone] * (from[node * 3 + axis] - from[anchor * 3 + axis]);
    }
  });
  return { ...average, skeleton: { ...skeleton, restOffsets: restOffsetsOf(skeleton, to) } };
}

function medianBoneLength(body17: Float64Array, joint: number, parent: number): number {
  return medianOverFrames(body17.length / (BODY17_COUNT * 3), (frame) => {
    const at = (index: number) => (frame * BODY17_COUNT + index) * 3;
    return Math.hypot(
      body17[at(joint)] - body17[at(parent)],
      body17[at(joint) + 1] - body17[at(parent) + 1],
      body17[at(joint) + 2] - body17[at(parent) + 2],
    );
  });
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
