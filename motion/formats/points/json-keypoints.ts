import { FormatError } from '../../errors.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-text.ts';

/** One frame of a file: its number, its content, and what an error calls it. */
export interface JsonFrame {
  readonly frame: number;
  readonly place: string;
  readonly value: JsonValue;
}

/** Joints of one person as a file has them, all columns of a joint together. */
export interface KeypointRow {
  readonly values: Float64Array;
  readonly columns: number;
}

export interface RowMeaning {
  readonly dimensions: 2 | 3;
  /** For each layout joint the joint of the row, -1 for none. */
  readonly order: readonly number[];
  /** Joints at the origin, or of confidence 0, were not seen. */
  readonly zeroIsMissing: boolean;
}

/** More joints than any body has. */
const MOST_JOINTS = 1000;

/**
 * `[x, y, c, x, y, c, ...]`, `[[x, y, c], ...]` or `[{x, y, z}, ...]`; null inside is a missing number. Lists that hold
 * nothing but one list of joints are taken off.
 * @param columns numbers per joint in flat lists
 */
export function keypointRow(value: JsonValue, columns: number, source: string, place: string): KeypointRow {
  if (!isJsonArray(value)) throw notJoints(source, place, 'no list of joints');
  if (value.length === 1 && isJsonArray(value[0]) && isJsonArray(value[0][0]))
    return keypointRow(value[0], columns, source, place);
  if (value.length > MOST_JOINTS * 4)
    throw notJoints(source, place, `${value.length} numbers for one person`);
  const first = value.find((joint) => joint !== null);
  if (isJsonObject(first)) return objectRow(value, first, source, place);
  if (!isJsonArray(first)) {
    if (value.length % columns !== 0)
      throw notJoints(source, place, `${value.length} numbers are not ${columns} for each joint`);
    const values = new Float64Array(value.length);
    for (let at = 0; at < values.length; at++) values[at] = numberOf(value[at], source, place);
    return { values, columns };
  }
  const width = first.length;
  if (width < 2 || width > 4) throw notJoints(source, place, `a joint has ${width} numbers`);
  const values = new Float64Array(value.length * width).fill(Number.NaN);
  for (let joint = 0; joint < value.length; joint++) {
    const entry = value[joint];
    if (entry === null) continue;
    if (!isJsonArray(entry) || entry.length !== width)
      throw notJoints(source, `${place}, joint ${joint}`, `not ${width} numbers like the joints before`);
    for (let column = 0; column < width; column++)
      values[joint * width + column] = numberOf(entry[column], source, place);
  }
  return { values, columns: width };
}

/** `{x, y}` or `{x, y, z}`, with a confidence under one of several names. */
function objectRow(
  joints: readonly JsonValue[],
  first: JsonObject,
  source: string,
  place: string,
): KeypointRow {
  const trust = ['visibility', 'confidence', 'score', 'c']
    .filter((key) => first[key] !== undefined)
    .slice(0, 1);
  const keys = ['x', 'y', ...(first.z === undefined ? [] : ['z']), ...trust];
  const values = new Float64Array(joints.length * keys.length).fill(Number.NaN);
  for (let joint = 0; joint < joints.length; joint++) {
    const entry = joints[joint];
    if (entry === null) continue;
    if (!isJsonObject(entry))
      throw notJoints(source, `${place}, joint ${joint}`, `no ${keys.join(', ')} like the joints before`);
    for (let column = 0; column < keys.length; column++)
      values[joint * keys.length + column] = numberOf(entry[keys[column]] ?? null, source, place);
  }
  return { values, columns: keys.length };
}

/** Positions and confidences of a row in layout order. Confidence is the column after the coordinates. */
export function orderedJoints(
  { values, columns }: KeypointRow,
  { dimensions, order, zeroIsMissing }: RowMeaning,
): { readonly positions: Float64Array; readonly confidence: Float64Array | null } {
  const positions = new Float64Array(order.length * dimensions).fill(Number.NaN);
  const confidence = columns > dimensions ? new Float64Array(order.length) : null;
  for (const [joint, from] of order.entries()) {
    const at = from * columns;
    if (from < 0 || at >= values.length) continue;
    const trust = columns > dimensions ? values[at + dimensions] : 1;
    let isOrigin = true;
    for (let axis = 0; axis < dimensions; axis++) if (values[at + axis] !== 0) isOrigin = false;
    const isMissing = zeroIsMissing && (isOrigin || !(trust > 0));
    // NaN counts as no confidence.
    if (confidence !== null) confidence[joint] = trust > 0 ? Math.min(1, trust) : 0;
    if (isMissing) continue;
    for (let axis = 0; axis < dimensions; axis++) positions[joint * dimensions + axis] = values[at + axis];
  }
  return { positions, confidence };
}

/** 0, 1, 2, ...: a row that is in layout order. */
export function sameOrder(joints: number): readonly number[] {
  return Array.from({ length: joints }, (_, joint) => joint);
}

/** COCO's 18 joints of OpenPose in the order of `coco17`, which has no neck. */
export const COCO18_TO_COCO17: readonly number[] = [
  0, 15, 14, 17, 16, 5, 2, 6, 3, 7, 4, 11, 8, 12, 9, 13, 10,
];

function numberOf(value: JsonValue, source: string, place: string): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (value === null) return Number.NaN;
  throw notJoints(source, place, `${typeof value} where a number should be`);
}

function notJoints(source: string, place: string, problem: string): FormatError {
  return new FormatError(source, place, problem, 'save each joint as x, y and confidence, or x, y, z');
}
