/**
 * First estimate of a frame: top-down, every active joint turns its nearest body joints towards their targets.
 * One such joint is a smallest swing (twist about the bone stays that of the start pose), several are a
 * damped rotation fit about the joint.
 */

import {
  copyQuat,
  multiplyQuat,
  quatBetween,
  rotateVec3,
  setIdentityQuat,
  slerpQuat,
} from '../../math/quat.ts';
import { addScaledVec3, lengthVec3 } from '../../math/vec3.ts';
import { BODY17_COUNT } from '../body17.ts';
import { fitRotation } from './fit-rotation.ts';
import type { IkPlan } from './plan.ts';
import { type IkState, placeSlot, poseStart } from './state.ts';

/**
 * Radians. A joint asked to turn this far from the start pose (more and more from 60°, wholly from 120°) most
 * likely starts from a limb that the input confused with another or threw aside; the frame before is then
 * the better start.
 */
const DOUBTFUL_TURN = Math.PI / 3;
const FLIPPED_TURN = (2 * Math.PI) / 3;
/** Metres: body joints nearer to the pivot than this give no direction. */
const SHORTEST_LEVER = 1e-3;
/**
 * Metres: a target a few centimetres from its pivot (the thigh under CMU's buttock) is nearer than its noise, and
 * its direction is mostly noise; such joints turn a part of the way, and those above them take the rest.
 */
const SHORT_LEVER = 0.08;
/**
 * Share of the current direction mixed into the wanted one where the target comes nearer to the pivot than
 * half the bone, so that a target on the pivot has a direction too.
 */
const DIRECTION_FLOOR = 0.02;

const HUB = 0;
const from = new Float64Array(BODY17_COUNT * 3);
const to = new Float64Array(BODY17_COUNT * 3);
const weights = new Float64Array(BODY17_COUNT);
const turn = new Float64Array(4);
const identity = new Float64Array(4);
const centre = new Float64Array(6);
const offset = new Float64Array(3);

/** Reads the start pose and the targets, writes the solved pose (`position`, `rotation`). */
export function aimAtTargets(plan: IkPlan, state: IkState): void {
  const { slotActive, slotParent, slotNode, activeSlot } = plan;
  const { delta, rotation, startRotation } = state;
  const hubSlot = activeSlot[HUB];
  aimHub(plan, state);
  for (let slot = 0; slot < slotNode.length; slot++) {
    const parent = slotParent[slot];
    // Above the hub everything was placed with it.
    if (slot <= hubSlot) continue;
    placeSlot(plan, state, slot);
    copyQuat(delta, slot * 4, delta, parent * 4);
    const active = slotActive[slot];
    if (active >= 0) {
      let count = gatherLevers(plan, state, active);
      solveTurn(count);
      if (startFromPrevious(plan, state, active)) {
        count = gatherLevers(plan, state, active);
        solveTurn(count);
      }
      multiplyQuat(delta, slot * 4, turn, 0, delta, slot * 4);
    }
    multiplyQuat(rotation, slot * 4, delta, slot * 4, startRotation, slot * 4);
  }
}

/** Places the hub and everything above it, which turns with nothing and moves along. */
function aimHub(plan: IkPlan, state: IkState): void {
  const { slotParent, activeSlot } = plan;
  const { delta, position, rotation, startPosition, startRotation } = state;
  const hubSlot = activeSlot[HUB];
  let count = gatherHub(plan, state);
  solveTurn(count);
  if (startFromPrevious(plan, state, HUB)) {
    count = gatherHub(plan, state);
    solveTurn(count);
  }
  for (let component = 0; component < 3; component++) {
    offset[component] = startPosition[hubSlot * 3 + component] - centre[component];
  }
  rotateVec3(offset, 0, turn, 0, offset, 0);
  for (let component = 0; component < 3; component++) {
    const moved = centre[3 + component] + offset[component];
    offset[component] = moved - startPosition[hubSlot * 3 + component];
  }
  for (let slot = 0; slot < hubSlot; slot++) setIdentityQuat(delta, slot * 4);
  for (let slot = hubSlot; slot >= 0; slot = slotParent[slot]) {
    for (let component = 0; component < 3; component++) {
      position[slot * 3 + component] = startPosition[slot * 3 + component] + offset[component];
    }
    copyQuat(rotation, slot * 4, startRotation, slot * 4);
  }
  copyQuat(delta, hubSlot * 4, turn, 0);
  multiplyQuat(rotation, hubSlot * 4, turn, 0, startRotation, hubSlot * 4);
}

/**
 * Offsets of the hub's body joints from `centre` (start, then target): the pelvis if the hub is the pelvis and
 * has a target, else the mean of the joints used.
 */
function gatherHub(plan: IkPlan, state: IkState): number {
  let count = collectHub(plan, state, true);
  if (count < 3) count = collectHub(plan, state, false);
  const { hubBody } = plan;
  const isPivotKnown = hubBody >= 0 && state.targetWeight[hubBody] > 0;
  centre.fill(0);
  if (isPivotKnown) {
    for (let component = 0; component < 3; component++) {
      centre[component] = state.startPosition[plan.activeSlot[HUB] * 3 + component];
      centre[3 + component] = state.target[hubBody * 3 + component];
    }
  } else {
    let total = 0;
    for (let point = 0; point < count; point++) {
      total += weights[point];
      for (let component = 0; component < 3; component++) {
        centre[component] += weights[point] * from[point * 3 + component];
        centre[3 + component] += weights[point] * to[point * 3 + component];
      }
    }
    for (let component = 0; component < 6; component++) centre[component] /= total;
  }
  for (let point = 0; point < count; point++) {
    for (let component = 0; component < 3; component++) {
      from[point * 3 + component] -= centre[component];
      to[point * 3 + component] -= centre[3 + component];
    }
  }
  return count;
}

function collectHub(plan: IkPlan, state: IkState, isNearestOnly: boolean): number {
  let count = 0;
  const first = plan.nearestStart[HUB];
  const end = isNearestOnly ? plan.nearestStart[HUB + 1] : BODY17_COUNT;
  for (let at = isNearestOnly ? first : 0; at < end; at++) {
    const body = isNearestOnly ? plan.nearestBody[at] : at;
    if (state.targetWeight[body] === 0 || body === plan.hubBody) continue;
    writeStartBody(plan, state, body, count * 3);
    for (let component = 0; component < 3; component++) {
      to[count * 3 + component] = state.target[body * 3 + component];
    }
    weights[count] = state.targetWeight[body];
    count++;
  }
  return count;
}

/** Offsets of a joint's nearest body joints as its ancestors have turned them, and those of their targets. */
function gatherLevers(plan: IkPlan, state: IkState, active: number): number {
  const slot = plan.activeSlot[active];
  const parent = plan.slotParent[slot];
  const { delta, position, startPosition, target, targetWeight } = state;
  let count = 0;
  for (let nearest = plan.nearestStart[active]; nearest < plan.nearestStart[active + 1]; nearest++) {
    const body = plan.nearestBody[nearest];
    if (targetWeight[body] === 0) continue;
    const at = count * 3;
    writeStartBody(plan, state, body, at);
    let length2 = 0;
    for (let component = 0; component < 3; component++) {
      from[at + component] -= startPosition[slot * 3 + component];
      to[at + component] = target[body * 3 + component] - position[slot * 3 + component];
      length2 += from[at + component] * from[at + component];
    }
    if (length2 < SHORTEST_LEVER * SHORTEST_LEVER) continue;
    rotateVec3(from, at, delta, parent * 4, from, at);
    weights[count] = targetWeight[body];
    count++;
  }
  return count;
}

function writeStartBody(plan: IkPlan, state: IkState, body: number, at: number): void {
  const { bodyPartStart, bodyPartSlot, bodyPartWeight } = plan;
  for (let component = 0; component < 3; component++) {
    let sum = 0;
    for (let part = bodyPartStart[body]; part < bodyPartStart[body + 1]; part++) {
      sum += bodyPartWeight[part] * state.startPosition[bodyPartSlot[part] * 3 + component];
    }
    from[at + component] = sum;
  }
}

/** Writes `turn`, with a non-negative last component. */
function solveTurn(count: number): void {
  if (count === 0) {
    setIdentityQuat(turn, 0);
  } else if (count === 1) {
    const nearness = 1 - (2 * lengthVec3(to, 0)) / lengthVec3(from, 0);
    if (nearness > 0) addScaledVec3(to, 0, to, 0, from, 0, DIRECTION_FLOOR * nearness);
    quatBetween(turn, 0, from, 0, to, 0);
    const share = lengthVec3(from, 0) / SHORT_LEVER;
    if (share < 1) {
      setIdentityQuat(identity, 0);
      slerpQuat(turn, 0, identity, 0, turn, 0, share * share * (3 - 2 * share));
    }
  } else {
    fitRotation(turn, 0, from, to, weights, count);
  }
  if (turn[3] >= 0) return;
  for (let component = 0; component < 4; component++) turn[component] = -turn[component];
}

/**
 * Where `turn` is suspiciously large, moves the start pose of a joint and all solved joints below it towards
 * the frame before. False if nothing changed.
 */
function startFromPrevious(plan: IkPlan, state: IkState, active: number): boolean {
  const angle = 2 * Math.acos(Math.min(1, turn[3]));
  if (angle <= DOUBTFUL_TURN || state.hasPrevious[0] === 0) return false;
  const share = Math.min(1, (angle - DOUBTFUL_TURN) / (FLIPPED_TURN - DOUBTFUL_TURN));
  const amount = share * share * (3 - 2 * share);
  const { slotActive, subtreeSlots, subtreeStart } = plan;
  for (let at = subtreeStart[active]; at < subtreeStart[active + 1]; at++) {
    const slot = subtreeSlots[at];
    if (slotActive[slot] < 0 || !movesTarget(plan, state, slotActive[slot])) continue;
    slerpQuat(state.startLocal, slot * 4, state.startLocal, slot * 4, state.previousLocal, slot * 4, amount);
  }
  poseStart(plan, state, active);
  return true;
}

function movesTarget(plan: IkPlan, state: IkState, active: number): boolean {
  for (let lever = plan.leverStart[active]; lever < plan.leverStart[active + 1]; lever++) {
    if (state.targetWeight[plan.effectorBody[plan.leverEffector[lever]]] > 0) return true;
  }
  return false;
}
