/**
 * The rotation about a fixed point that best takes some offsets onto others: Wahba's problem (Wahba 1965),
 * min over R of Σ w |R a - b|², solved by damped Gauss-Newton steps from no rotation. Where the offsets leave
 * the rotation about a line (nearly) open, the damping keeps it out instead of following noise, and equal
 * offsets give exactly the identity.
 */

import { axisAngleToQuat } from '../../math/axis-angle.ts';
import { fitSimilarity } from '../../math/procrustes.ts';
import {
  multiplyQuat,
  normalizeQuat,
  quatFromMatrix3,
  rotateVec3,
  setIdentityQuat,
} from '../../math/quat.ts';

import { solveSymmetric3 } from './symmetric3.ts';

/** (1 cm)²: a turn that moves the offsets by less than this lever is left to the damping. Metres². */
const DAMPING = 1e-4;
const STEPS = 8;

const moved = new Float64Array(3);
const torque = new Float64Array(3);
const step = new Float64Array(4);
/** xx, xy, xz, yy, yz, zz */
const inertia = new Float64Array(6);

/** Writes the rotation (xyzw). `from` and `to` are [point][xyz] offsets from the pivot, metres. */
export function fitRotation(
  out: Float64Array,
  outOffset: number,
  from: Float64Array,
  to: Float64Array,
  weights: Float64Array,
  pointCount: number,
): void {
  setIdentityQuat(out, outOffset);
  const cost = turnUntilStill(out, outOffset, from, to, weights, pointCount);
  let size = 0;
  for (let point = 0; point < pointCount; point++) {
    for (let at = point * 3; at < point * 3 + 3; at++) size += weights[point] * from[at] * from[at];
  }
  // Half the offsets' own size is left over: the start was on the far side, near the saddle at 180°.
  if (cost < 0.25 * size) return;
  startFromGlobalFit(out, outOffset, from, to, weights, pointCount);
  turnUntilStill(out, outOffset, from, to, weights, pointCount);
}

/** Returns the weighted sum of squared distances left before the last step. */
function turnUntilStill(
  q: Float64Array,
  qo: number,
  from: Float64Array,
  to: Float64Array,
  weights: Float64Array,
  pointCount: number,
): number {
  let cost = 0;
  for (let iteration = 0; iteration < STEPS; iteration++) {
    cost = 0;
    torque.fill(0);
    inertia.fill(0);
    let total = 0;
    for (let point = 0; point < pointCount; point++) {
      const at = point * 3;
      const weight = weights[point];
      rotateVec3(moved, 0, q, qo, from, at);
      const x = moved[0];
      const y = moved[1];
      const z = moved[2];
      const dx = to[at] - x;
      const dy = to[at + 1] - y;
      const dz = to[at + 2] - z;
      total += weight;
      cost += weight * (dx * dx + dy * dy + dz * dz);
      torque[0] += weight * (y * dz - z * dy);
      torque[1] += weight * (z * dx - x * dz);
      torque[2] += weight * (x * dy - y * dx);
      inertia[0] += weight * (y * y + z * z);
      inertia[1] -= weight * x * y;
      inertia[2] -= weight * x * z;
      inertia[3] += weight * (x * x + z * z);
      inertia[4] -= weight * y * z;
      inertia[5] += weight * (x * x + y * y);
    }
    inertia[0] += DAMPING * total;
    inertia[3] += DAMPING * total;
    inertia[5] += DAMPING * total;
    solveSymmetric3(torque, inertia, torque);
    const length2 = torque[0] * torque[0] + torque[1] * torque[1] + torque[2] * torque[2];
    if (length2 === 0) break;
    axisAngleToQuat(step, 0, torque, 0);
    multiplyQuat(q, qo, step, 0, q, qo);
    normalizeQuat(q, qo);
    // 1e-6 rad moves no joint by more than a micrometre.
    if (length2 < 1e-12) break;
  }
  return cost;
}

/** Rare (the pose to start from faces the other way), so it may allocate. */
function startFromGlobalFit(
  out: Float64Array,
  outOffset: number,
  from: Float64Array,
  to: Float64Array,
  weights: Float64Array,
  pointCount: number,
): void {
  // Mirrored copies put both centroids on the pivot, which turns the fit into one about the pivot.
  const count = pointCount * 2;
  const mirroredFrom = new Float64Array(count * 3);
  const mirroredTo = new Float64Array(count * 3);
  const mirroredWeights = new Float64Array(count);
  for (let point = 0; point < pointCount; point++) {
    mirroredWeights[point] = weights[point];
    mirroredWeights[pointCount + point] = weights[point];
    for (let at = point * 3; at < point * 3 + 3; at++) {
      mirroredFrom[at] = from[at];
      mirroredFrom[pointCount * 3 + at] = -from[at];
      mirroredTo[at] = to[at];
      mirroredTo[pointCount * 3 + at] = -to[at];
    }
  }
  const fit = fitSimilarity(mirroredFrom, 0, mirroredTo, 0, count, {
    weights: mirroredWeights,
    scale: false,
  });
  quatFromMatrix3(out, outOffset, fit.rotation, 0);
}
