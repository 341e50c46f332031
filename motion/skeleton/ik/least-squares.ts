/**
 * Refinement of a frame: damped Gauss-Newton (Levenberg 1944) on all active joints at once, minimising the
 * weighted squared distances of the body joints to their targets. A few steps from a good first estimate, none of them
 * accepted or refused, so the result depends smoothly on estimate and targets.
 *
 * The unknowns are one small world rotation per active joint and the root's translation. Two joints share an
 * entry of the normal equations only if one is an ancestor of the other, so elimination from the leaves to
 * the root creates no new entries (the sparsity that Featherstone, "Rigid Body Dynamics Algorithms", 2008,
 * section 6.5 uses), and a frame costs microseconds. A body joint that is a mean of nodes on two branches
 * would couple them; an upper bound without that term stands for its square (see IkPlan.effectorScale).
 */

import { axisAngleToQuat } from '../../math/axis-angle.ts';
import { copyQuat, multiplyQuat, normalizeQuat } from '../../math/quat.ts';
import { BODY17_COUNT } from '../body17.ts';
import type { IkPlan } from './plan.ts';
import { type IkState, placeBody, placeSlot } from './state.ts';
import { solveSymmetric3 } from './symmetric3.ts';

/** (1 cm)²: rotations that move the body joints less than this lever (twist of straight limbs) stay put. */
const DAMPING = 1e-4;
/** Keeps the translation's block regular where every target is absent but one. */
const TRANSLATION_DAMPING = 1e-9;
/**
 * Damping per metre² of Σ w |residual| |lever|, the bound of the curvature that Gauss-Newton leaves out. It
 * vanishes for targets in reach, so convergence there stays quadratic (Fan & Yuan 2005), and it slows the
 * buckling of nearly straight chains, one way in one frame and another way in the next: for two equal bones
 * of total length l whose end has to come nearer by s, a step at most makes their bend 1 + s l / (8 damping)
 * times as large.
 */
const CURVATURE_SHARE = 0.25;

export interface LeastSquares {
  /** Lever vectors of the current pose, [lever][xyz]. */
  readonly levers: Float64Array;
  /** Diagonal blocks [variable][xx xy xz yy yz zz]; variable A (the active count) is the translation. */
  readonly diagonal: Float64Array;
  /** Blocks of [active][its ancestors, nearest first, then the translation], 3x3 row-major. */
  readonly coupling: Float64Array;
  readonly couplingStart: Int32Array;
  readonly gradient: Float64Array;
  readonly step: Float64Array;
}

export function createLeastSquares(plan: IkPlan): LeastSquares {
  const activeCount = plan.activeSlot.length;
  const couplingStart = new Int32Array(activeCount + 1);
  for (let active = 0; active < activeCount; active++) {
    const ancestors = plan.ancestorStart[active + 1] - plan.ancestorStart[active];
    couplingStart[active + 1] = couplingStart[active] + ancestors + 1;
  }
  return {
    levers: new Float64Array(plan.leverEffector.length * 3),
    diagonal: new Float64Array((activeCount + 1) * 6),
    coupling: new Float64Array(couplingStart[activeCount] * 9),
    couplingStart,
    gradient: new Float64Array((activeCount + 1) * 3),
    step: new Float64Array((activeCount + 1) * 3),
  };
}

/** Improves `position` and `rotation` of the state in at most `passes` steps. `body` is up to date after it. */
export function refinePose(plan: IkPlan, state: IkState, work: LeastSquares, passes: number): void {
  const { step } = work;
  const turnCount = plan.activeSlot.length * 3;
  placeBody(plan, state);
  for (let pass = 0; pass < passes; pass++) {
    writeEquations(plan, state, work);
    solveEquations(plan, work);
    applyStep(plan, state, step);
    placeBody(plan, state);
    let largest = 0;
    for (let at = 0; at < turnCount; at++) {
      largest = Math.max(largest, Math.abs(step[at]));
    }
    // 1e-6 rad moves no joint by more than a few micrometres.
    if (largest < 1e-6) break;
  }
}

/** Levers, gradient Jᵀr and normal matrix JᵀJ + damping of the current pose. */
function writeEquations(plan: IkPlan, state: IkState, work: LeastSquares): void {
  const { activeSlot, leverStart, leverEffector, leverPartStart, partSlot, partWeight, leverOf } = plan;
  const { effectorBody, effectorMass, effectorScale } = plan;
  const effectorCount = effectorBody.length;
  const { ancestorStart, activeAncestors } = plan;
  const { position, body, target, targetWeight } = state;
  const { levers, diagonal, coupling, couplingStart, gradient } = work;
  const activeCount = activeSlot.length;
  diagonal.fill(0);
  coupling.fill(0);
  gradient.fill(0);

  let totalWeight = 0;
  const translation = activeCount * 3;
  for (let joint = 0; joint < BODY17_COUNT; joint++) {
    const weight = targetWeight[joint];
    if (weight === 0) continue;
    for (let component = 0; component < 3; component++) {
      gradient[translation + component] +=
        weight * (target[joint * 3 + component] - body[joint * 3 + component]);
    }
  }
  for (let effector = 0; effector < effectorCount; effector++) {
    const mass = effectorMass[effector];
    totalWeight += targetWeight[effectorBody[effector]] * effectorScale[effector] * mass * mass;
  }
  const block = activeCount * 6;
  diagonal[block] = totalWeight + TRANSLATION_DAMPING;
  diagonal[block + 3] = diagonal[block];
  diagonal[block + 5] = diagonal[block];

  for (let active = 0; active < activeCount; active++) {
    const pivot = activeSlot[active] * 3;
    const d = active * 6;
    const g = active * 3;
    const firstBlock = couplingStart[active] * 9;
    let damping = DAMPING;
    const lastBlock = (couplingStart[active + 1] - 1) * 9;
    for (let lever = leverStart[active]; lever < leverStart[active + 1]; lever++) {
      const effector = leverEffector[lever];
      const joint = effectorBody[effector];
      const weight = targetWeight[joint];
      if (weight === 0) continue;
      let x = 0;
      let y = 0;
      let z = 0;
      for (let part = leverPartStart[lever]; part < leverPartStart[lever + 1]; part++) {
        const at = partSlot[part] * 3;
        x += partWeight[part] * (position[at] - position[pivot]);
        y += partWeight[part] * (position[at + 1] - position[pivot + 1]);
        z += partWeight[part] * (position[at + 2] - position[pivot + 2]);
      }
      levers[lever * 3] = x;
      levers[lever * 3 + 1] = y;
      levers[lever * 3 + 2] = z;
      const rx = target[joint * 3] - body[joint * 3];
      const ry = target[joint * 3 + 1] - body[joint * 3 + 1];
      const rz = target[joint * 3 + 2] - body[joint * 3 + 2];
      damping +=
        CURVATURE_SHARE * weight * Math.sqrt((x * x + y * y + z * z) * (rx * rx + ry * ry + rz * rz));
      // The joint moves by δ × l, so Jᵀr = l × r and JᵀJ = (l·l) I - l lᵀ.
      gradient[g] += weight * (y * rz - z * ry);
      gradient[g + 1] += weight * (z * rx - x * rz);
      gradient[g + 2] += weight * (x * ry - y * rx);
      const square = weight * effectorScale[effector];
      const wx = square * x;
      const wy = square * y;
      const wz = square * z;
      diagonal[d] += wy * y + wz * z;
      diagonal[d + 1] -= wx * y;
      diagonal[d + 2] -= wx * z;
      diagonal[d + 3] += wx * x + wz * z;
      diagonal[d + 4] -= wy * z;
      diagonal[d + 5] += wx * x + wy * y;
      // With an ancestor's lever m: (l·m) I - m lᵀ.
      let at = firstBlock;
      for (let ancestor = ancestorStart[active]; ancestor < ancestorStart[active + 1]; ancestor++, at += 9) {
        const other = leverOf[activeAncestors[ancestor] * effectorCount + effector] * 3;
        const mx = levers[other];
        const my = levers[other + 1];
        const mz = levers[other + 2];
        coupling[at] += wy * my + wz * mz;
        coupling[at + 1] -= mx * wy;
        coupling[at + 2] -= mx * wz;
        coupling[at + 3] -= my * wx;
        coupling[at + 4] += wx * mx + wz * mz;
        coupling[at + 5] -= my * wz;
        coupling[at + 6] -= mz * wx;
        coupling[at + 7] -= mz * wy;
        coupling[at + 8] += wx * mx + wy * my;
      }
      // With the translation: the matrix of l ×, times the effector's own share in it.
      const mass = effectorMass[effector];
      coupling[lastBlock + 1] -= mass * wz;
      coupling[lastBlock + 2] += mass * wy;
      coupling[lastBlock + 3] += mass * wz;
      coupling[lastBlock + 5] -= mass * wx;
      coupling[lastBlock + 6] -= mass * wy;
      coupling[lastBlock + 7] += mass * wx;
    }
    diagonal[d] += damping;
    diagonal[d + 3] += damping;
    diagonal[d + 5] += damping;
  }
}

const column = new Float64Array(3);
const inverse = new Float64Array(9);

/** Block elimination from the leaves to the translation, then back; overwrites the equations. */
function solveEquations(plan: IkPlan, work: LeastSquares): void {
  const { ancestorStart, activeAncestors } = plan;
  const { diagonal, coupling, couplingStart, gradient, step } = work;
  const activeCount = plan.activeSlot.length;

  for (let active = activeCount - 1; active >= 0; active--) {
    const first = couplingStart[active];
    const count = couplingStart[active + 1] - first;
    invertBlock(diagonal, active);
    const i0 = inverse[0];
    const i1 = inverse[1];
    const i2 = inverse[2];
    const i3 = inverse[3];
    const i4 = inverse[4];
    const i5 = inverse[5];
    const i6 = inverse[6];
    const i7 = inverse[7];
    const i8 = inverse[8];
    for (let m = 0; m < count; m++) {
      // product = couplingᵀ(m) · inverse, 3x3; written out, as most of the time of a solve is spent here.
      const c = (first + m) * 9;
      const a0 = coupling[c];
      const a1 = coupling[c + 1];
      const a2 = coupling[c + 2];
      const a3 = coupling[c + 3];
      const a4 = coupling[c + 4];
      const a5 = coupling[c + 5];
      const a6 = coupling[c + 6];
      const a7 = coupling[c + 7];
      const a8 = coupling[c + 8];
      const p0 = a0 * i0 + a3 * i3 + a6 * i6;
      const p1 = a0 * i1 + a3 * i4 + a6 * i7;
      const p2 = a0 * i2 + a3 * i5 + a6 * i8;
      const p3 = a1 * i0 + a4 * i3 + a7 * i6;
      const p4 = a1 * i1 + a4 * i4 + a7 * i7;
      const p5 = a1 * i2 + a4 * i5 + a7 * i8;
      const p6 = a2 * i0 + a5 * i3 + a8 * i6;
      const p7 = a2 * i1 + a5 * i4 + a8 * i7;
      const p8 = a2 * i2 + a5 * i5 + a8 * i8;
      const variable = m === count - 1 ? activeCount : activeAncestors[ancestorStart[active] + m];
      const gx = gradient[active * 3];
      const gy = gradient[active * 3 + 1];
      const gz = gradient[active * 3 + 2];
      gradient[variable * 3] -= p0 * gx + p1 * gy + p2 * gz;
      gradient[variable * 3 + 1] -= p3 * gx + p4 * gy + p5 * gz;
      gradient[variable * 3 + 2] -= p6 * gx + p7 * gy + p8 * gz;
      const d = variable * 6;
      diagonal[d] -= p0 * a0 + p1 * a3 + p2 * a6;
      diagonal[d + 1] -= p0 * a1 + p1 * a4 + p2 * a7;
      diagonal[d + 2] -= p0 * a2 + p1 * a5 + p2 * a8;
      diagonal[d + 3] -= p3 * a1 + p4 * a4 + p5 * a7;
      diagonal[d + 4] -= p3 * a2 + p4 * a5 + p5 * a8;
      diagonal[d + 5] -= p6 * a2 + p7 * a5 + p8 * a8;
      // The ancestors of an ancestor are the rest of this joint's list, in the same order.
      let to = couplingStart[variable] * 9;
      const end = (first + count) * 9;
      for (let from = c + 9; from < end; from += 9, to += 9) {
        const b0 = coupling[from];
        const b1 = coupling[from + 1];
        const b2 = coupling[from + 2];
        const b3 = coupling[from + 3];
        const b4 = coupling[from + 4];
        const b5 = coupling[from + 5];
        const b6 = coupling[from + 6];
        const b7 = coupling[from + 7];
        const b8 = coupling[from + 8];
        coupling[to] -= p0 * b0 + p1 * b3 + p2 * b6;
        coupling[to + 1] -= p0 * b1 + p1 * b4 + p2 * b7;
        coupling[to + 2] -= p0 * b2 + p1 * b5 + p2 * b8;
        coupling[to + 3] -= p3 * b0 + p4 * b3 + p5 * b6;
        coupling[to + 4] -= p3 * b1 + p4 * b4 + p5 * b7;
        coupling[to + 5] -= p3 * b2 + p4 * b5 + p5 * b8;
        coupling[to + 6] -= p6 * b0 + p7 * b3 + p8 * b6;
        coupling[to + 7] -= p6 * b1 + p7 * b4 + p8 * b7;
        coupling[to + 8] -= p6 * b2 + p7 * b5 + p8 * b8;
      }
    }
  }

  invertBlock(diagonal, activeCount);
  writeStep(step, gradient, activeCount);
  for (let active = 0; active < activeCount; active++) {
    const first = couplingStart[active];
    const count = couplingStart[active + 1] - first;
    const g = active * 3;
    for (let m = 0; m < count; m++) {
      const c = (first + m) * 9;
      const variable = m === count - 1 ? activeCount : activeAncestors[ancestorStart[active] + m];
      const x = step[variable * 3];
      const y = step[variable * 3 + 1];
      const z = step[variable * 3 + 2];
      gradient[g] -= coupling[c] * x + coupling[c + 1] * y + coupling[c + 2] * z;
      gradient[g + 1] -= coupling[c + 3] * x + coupling[c + 4] * y + coupling[c + 5] * z;
      gradient[g + 2] -= coupling[c + 6] * x + coupling[c + 7] * y + coupling[c + 8] * z;
    }
    invertBlock(diagonal, active);
    writeStep(step, gradient, active);
  }
}

const block6 = new Float64Array(6);

function invertBlock(diagonal: Float64Array, variable: number): void {
  for (let at = 0; at < 6; at++) block6[at] = diagonal[variable * 6 + at];
  for (let col = 0; col < 3; col++) {
    column[0] = col === 0 ? 1 : 0;
    column[1] = col === 1 ? 1 : 0;
    column[2] = col === 2 ? 1 : 0;
    solveSymmetric3(column, block6, column);
    inverse[col] = column[0];
    inverse[3 + col] = column[1];
    inverse[6 + col] = column[2];
  }
}

function writeStep(step: Float64Array, gradient: Float64Array, variable: number): void {
  const at = variable * 3;
  for (let row = 0; row < 3; row++) {
    step[at + row] =
      inverse[row * 3] * gradient[at] +
      inverse[row * 3 + 1] * gradient[at + 1] +
      inverse[row * 3 + 2] * gradient[at + 2];
  }
}

const small = new Float64Array(4);

/** Turns every active joint by its step on top of its ancestors' steps, and moves the root. */
function applyStep(plan: IkPlan, state: IkState, step: Float64Array): void {
  const { slotNode, slotParent, slotActive, activeSlot } = plan;
  const { delta, position, rotation } = state;
  const hubSlot = activeSlot[0];
  const translation = activeSlot.length * 3;
  for (let slot = 0; slot < slotNode.length; slot++) {
    if (slot < hubSlot || slotParent[slot] < 0) {
      for (let component = 0; component < 3; component++) {
        position[slot * 3 + component] += step[translation + component];
      }
      delta[slot * 4] = 0;
      delta[slot * 4 + 1] = 0;
      delta[slot * 4 + 2] = 0;
      delta[slot * 4 + 3] = 1;
    } else {
      placeSlot(plan, state, slot);
      copyQuat(delta, slot * 4, delta, slotParent[slot] * 4);
    }
    const active = slotActive[slot];
    if (active >= 0) {
      axisAngleToQuat(small, 0, step, active * 3);
      multiplyQuat(delta, slot * 4, small, 0, delta, slot * 4);
    }
    multiplyQuat(rotation, slot * 4, delta, slot * 4, rotation, slot * 4);
    normalizeQuat(rotation, slot * 4);
  }
}
