import { normalizeQuat } from '../math/quat.ts';
import type { AxisTurn } from './axes.ts';
import type { BvhDocument, BvhJoint } from './bvh-document.ts';
import { bvhJointColumns } from './bvh-rotation.ts';
import { type BvhUnits, bvhTurn } from './bvh-skeleton.ts';

const HALF_RADIANS = Math.PI / 360;
/** Integers and numbers of a plan. */
const PLAN_INTEGERS = 7;
const PLAN_NUMBERS = 4;

/**
 * Where every joint's rotation stands in a motion row and where it goes, worked out once for all frames. Flat, as
 * the loop over frames and joints is what reading a file spends half its time in.
 */
interface RotationPlan {
  /** Per joint: node, three columns in channel order or -1, the three components of the clip they turn about. */
  readonly integers: Int32Array;
  /** Per joint: signs of the three components, and of the axis triple in channel order (XYZ 1, ZYX -1). */
  readonly numbers: Float64Array;
}

/** Writes the rotations of all joints that have a node: quaternions xyzw, Y up, [frame][node][4]. */
export function readBvhRotations(
  out: Float64Array,
  document: BvhDocument,
  nodeOfJoint: Int32Array,
  nodeCount: number,
  units: BvhUnits,
): void {
  const { motion, channelCount, frameCount } = document;
  const { integers, numbers } = rotationPlan(document.joints, nodeOfJoint, bvhTurn(units));
  const jointCount = integers.length / PLAN_INTEGERS;
  for (let frame = 0; frame < frameCount; frame++) {
    const row = frame * channelCount;
    const to = frame * nodeCount * 4;
    for (let joint = 0; joint < jointCount; joint++) {
      const plan = joint * PLAN_INTEGERS;
      const signs = joint * PLAN_NUMBERS;
      const second = integers[plan + 2];
      const third = integers[plan + 3];
      const a = motion[row + integers[plan + 1]] * HALF_RADIANS;
      const b = second < 0 ? 0 : motion[row + second] * HALF_RADIANS;
      const c = third < 0 ? 0 : motion[row + third] * HALF_RADIANS;
      const sa = Math.sin(a);
      const ca = Math.cos(a);
      const sb = Math.sin(b);
      const cb = Math.cos(b);
      const sc = Math.sin(c);
      const cc = Math.cos(c);
      const parity = numbers[signs + 3];
      const at = to + integers[plan] * 4;
      out[at + integers[plan + 4]] = numbers[signs] * (sa * cb * cc + parity * ca * sb * sc);
      out[at + integers[plan + 5]] = numbers[signs + 1] * (ca * sb * cc - parity * sa * cb * sc);
      out[at + integers[plan + 6]] = numbers[signs + 2] * (ca * cb * sc + parity * sa * sb * cc);
      out[at + 3] = ca * cb * cc - parity * sa * sb * sc;
      normalizeQuat(out, at);
    }
  }
}

function rotationPlan(joints: readonly BvhJoint[], nodeOfJoint: Int32Array, turn: AxisTurn): RotationPlan {
  const integers: number[] = [];
  const numbers: number[] = [];
  joints.forEach((joint, index) => {
    const { rotations, order } = bvhJointColumns(joint);
    if (nodeOfJoint[index] < 0 || rotations.length === 0) return;
    const axes = [...order].map((axis) => 'XYZ'.indexOf(axis));
    const components = axes.map((axis) => turn.source.indexOf(axis));
    const [first, second = -1, third = -1] = rotations;
    integers.push(nodeOfJoint[index], first, second, third, ...components);
    numbers.push(
      ...components.map((component) => turn.sign[component]),
      (axes[0] + 1) % 3 === axes[1] ? 1 : -1,
    );
  });
  return { integers: Int32Array.from(integers), numbers: Float64Array.from(numbers) };
}

/** Writes the translations that channels move: metres, Y up, [frame][node][xyz]; others keep what `out` holds. */
export function readBvhTranslations(
  out: Float64Array,
  document: BvhDocument,
  nodeOfJoint: Int32Array,
  nodeCount: number,
  units: BvhUnits,
): void {
  const { motion, channelCount, frameCount } = document;
  const turn = bvhTurn(units);
  document.joints.forEach((joint, index) => {
    if (nodeOfJoint[index] < 0) return;
    bvhJointColumns(joint).positions.forEach((column, axis) => {
      if (column < 0) return;
      const component = turn.source.indexOf(axis);
      const added = units.positionMode === 'add' ? joint.offset[axis] : 0;
      const first = nodeOfJoint[index] * 3 + component;
      for (let frame = 0; frame < frameCount; frame++) {
        const value = (motion[frame * channelCount + column] + added) * units.metresPerUnit;
        out[frame * nodeCount * 3 + first] = turn.sign[component] * value;
      }
    });
  });
}
