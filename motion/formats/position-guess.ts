import { LAYOUTS, type LayoutName } from '../skeleton/layouts.ts';
import { applyTurn, invertTurn, turnToYUp, type UpAxis, upAxisOf } from './axes.ts';
import { guessMetresPerUnit, type UnitGuess } from './unit-guess.ts';

export interface PositionGuess {
  readonly unit: UnitGuess;
  readonly up: { readonly axis: UpAxis; readonly reason: string; readonly confidence: 'high' | 'low' };
}

/**
 * Joints that stand for the head, best first, and the part of the body height between them and the ankles.
 * From Drillis & Contini 1966: ankles at 0.039, chin at 0.870, eyes at 0.936 of the height; the nose between
 * the last two, SMPL's head joint at the base of the skull, LSP's neck below the chin.
 */
const HEAD_JOINTS: readonly (readonly [name: string, partOfHeight: number])[] = [
  ['headTop', 0.96],
  ['head', 0.96],
  ['nose', 0.87],
];
const SMPL_HEAD_PART = 0.85;
/** Height is this quantile of head-to-ankle distances over frames: crouching shortens it, noise lengthens it. */
const STANDING_QUANTILE = 0.9;
/** A standing body leans less than 1 to 2. */
const CLEAR_RATIO = 2;

/** Unit and up axis of 3D positions, [frame][joint][xyz] in the file's units and axes, from head and ankles. */
export function guessUnits(positions: Float64Array, layout: LayoutName): PositionGuess {
  const { names } = LAYOUTS[layout];
  const jointCount = names.length;
  const [headName, part] = HEAD_JOINTS.find(([name]) => names.includes(name))!;
  const head = names.indexOf(headName);
  const left = names.indexOf('leftAnkle');
  const right = names.indexOf('rightAnkle');

  const distances: number[] = [];
  const rise = [0, 0, 0];
  for (let first = 0; first + jointCount * 3 <= positions.length; first += jointCount * 3) {
    const vector = [0, 1, 2].map((axis) => {
      const ankles = (positions[first + left * 3 + axis] + positions[first + right * 3 + axis]) / 2;
      return positions[first + head * 3 + axis] - ankles;
    });
    const distance = Math.hypot(...vector);
    if (Number.isNaN(distance)) continue;
    distances.push(distance);
    for (let axis = 0; axis < 3; axis++) rise[axis] += vector[axis];
  }
  if (distances.length === 0) {
    const reason = 'no frame has both head and ankles; taken as Y up';
    return { unit: guessMetresPerUnit(Number.NaN), up: { axis: '+y', reason, confidence: 'low' } };
  }
  distances.sort((a, b) => a - b);
  const standing = distances[Math.floor((distances.length - 1) * STANDING_QUANTILE)];
  const partOfHeight = layout.startsWith('smpl') ? SMPL_HEAD_PART : part;
  const mean = rise.map((sum) => sum / distances.length);
  return { unit: guessMetresPerUnit(standing / partOfHeight), up: guessUp(mean) };
}

/** File units and axes to metres and Y up. [point][xyz]; NaN stays NaN. */
export function toMetresYUp(positions: Float64Array, metresPerUnit: number, up: UpAxis): Float64Array {
  const out = positions.map((value) => value * metresPerUnit);
  const turn = turnToYUp(up);
  for (let at = 0; at < out.length; at += 3) applyTurn(out, at, turn);
  return out;
}

/**
 * The way back. A coordinate that still has its value from `toMetresYUp(original, ...)` becomes the original
 * number again, bit for bit, which dividing by the unit alone would not give.
 */
export function fromMetresYUp(
  positions: Float64Array,
  metresPerUnit: number,
  up: UpAxis,
  original?: Float64Array,
): Float64Array {
  const out = positions.slice();
  const turnBack = invertTurn(turnToYUp(up));
  for (let at = 0; at < out.length; at += 3) applyTurn(out, at, turnBack);
  for (let at = 0; at < out.length; at++) {
    const isOriginal = original !== undefined && out[at] === original[at] * metresPerUnit;
    out[at] = isOriginal ? original[at] : out[at] / metresPerUnit;
  }
  return out;
}

function guessUp(mean: readonly number[]): PositionGuess['up'] {
  const sizes = mean.map(Math.abs);
  const axis = sizes.indexOf(Math.max(...sizes));
  const second = Math.max(...sizes.filter((_, other) => other !== axis));
  const up = upAxisOf(axis, mean[axis] >= 0);
  const shown = mean.map((value) => Number(value.toPrecision(3))).join(', ');
  const camera = up === '-y' ? ' (camera axes, Y down)' : '';
  return {
    axis: up,
    reason: `on average the head is (${shown}) from the ankles, so ${up} is up${camera}`,
    confidence: sizes[axis] > CLEAR_RATIO * second ? 'high' : 'low',
  };
}
