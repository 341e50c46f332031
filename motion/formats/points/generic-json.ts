import { FormatError, type FormatWarning } from '../../errors.ts';
import { isLayoutName } from '../../skeleton/layouts.ts';
import type { ParsedFile } from '../tracks.ts';
import { type NumberArray, tracksOfArray } from './array-tracks.ts';
import { rateNamed, unitNamed, upNamed } from './fact-words.ts';
import { describeJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-text.ts';
import { trackOfNames } from './named-points.ts';

/** Keys under which programs keep joint positions, best first. */
export const POSITION_KEYS: readonly string[] = [
  'positions',
  'joint_positions',
  'joints3d',
  'joints_3d',
  'joints3D',
  'pred_joints',
  'keypoints3d',
  'keypoints_3d',
  'keypoints',
  'joints',
  'poses3d',
  'pose3d',
  'xyz',
  'joints2d',
  'joints_2d',
  'keypoints2d',
  'keypoints_2d',
];
const LIST_KEYS = ['frames', 'data', 'poses', 'motion'];
const MOST_AXES = 5;
const ADVICE = 'save {"fps": 30, "layout": "coco17", "positions": [frame][joint][x, y, z]}';

/** Nested lists of numbers, (frames, joints, 2 | 3 | 4), alone or under a key beside `fps`, `unit`, `up`, `layout`, `joint_names`. */
export function readGenericJson(value: JsonValue, source: string): ParsedFile {
  const found = findNumbers(value);
  if (found === null)
    throw new FormatError(
      source,
      'file',
      `${describeJson(value)}: no joint positions in a known form`,
      ADVICE,
    );
  const warnings: FormatWarning[] = [];
  const { list, key, facts } = found;
  let array = numberArray(list, source, key);
  if (array.shape.length === 2) array = { ...array, shape: [1, ...array.shape] };
  const names = jointNames(facts, array);
  const shown = `numbers of shape (${array.shape.join(', ')}) ${key === '' ? 'in lists' : `under ${key}`}`;
  const common = {
    id: '1',
    fps: rateNamed(facts.fps ?? facts.frame_rate ?? facts.framerate),
    unit: unitNamed(facts.unit ?? facts.units),
    up: upNamed(facts.up ?? facts.up_axis),
  };
  if (names !== null) {
    const dimensions = array.shape[2] === 2 ? 2 : 3;
    const points = { names, dimensions, ...splitColumns(array, dimensions) } as const;
    const named = { ...common, place: 'joint_names', advice: ADVICE };
    const tracks = [trackOfNames(points, named, source, warnings)];
    return { producer: 'JSON', reason: `${shown}, with joint names`, tracks, warnings };
  }
  const word = facts.layout ?? facts.skeleton;
  const layout = typeof word === 'string' && isLayoutName(word) ? word : undefined;
  const tracks = tracksOfArray(array, { ...common, layout }, source, warnings);
  return { producer: 'JSON', reason: shown, tracks, warnings };
}

interface Found {
  readonly list: readonly JsonValue[];
  readonly key: string;
  readonly facts: JsonObject;
}

function findNumbers(value: JsonValue): Found | null {
  if (isJsonArray(value)) {
    if (isNumbers(value)) return { list: value, key: '', facts: {} };
    return framesOfObjects(value, {});
  }
  if (!isJsonObject(value)) return null;
  for (const key of POSITION_KEYS) {
    const list = value[key];
    if (isJsonArray(list) && isNumbers(list)) return { list, key, facts: value };
  }
  for (const key of LIST_KEYS) {
    const list = value[key];
    if (!isJsonArray(list)) continue;
    if (isNumbers(list)) return { list, key, facts: value };
    const frames = framesOfObjects(list, value);
    if (frames !== null) return frames;
  }
  return null;
}

/** `[{keypoints: [[x, y, z], ...]}, ...]`: one object per frame. */
function framesOfObjects(list: readonly JsonValue[], facts: JsonObject): Found | null {
  const first = list[0];
  if (!isJsonObject(first)) return null;
  const key = POSITION_KEYS.find((candidate) => {
    const inner = first[candidate];
    return isJsonArray(inner) && isNumbers(inner);
  });
  if (key === undefined) return null;
  return { list: list.map((frame) => (isJsonObject(frame) ? (frame[key] ?? null) : null)), key, facts };
}

/** Lists that go down to a number or null along their first non-null entries. */
function isNumbers(list: readonly JsonValue[]): boolean {
  let at: JsonValue | undefined = list;
  for (let depth = 0; depth <= MOST_AXES && isJsonArray(at); depth++) {
    const entries: readonly JsonValue[] = at;
    at = entries.find((entry) => entry !== null);
  }
  return typeof at === 'number';
}

/** @throws FormatError where lists beside each other have different lengths; with the index */
function numberArray(list: readonly JsonValue[], source: string, key: string): NumberArray {
  const shape: number[] = [];
  for (let at: JsonValue | undefined = list; isJsonArray(at); ) {
    shape.push(at.length);
    const entries: readonly JsonValue[] = at;
    at = entries.find((entry) => entry !== null);
  }
  if (shape.length < 2 || shape.length > 4) {
    const problem = `numbers in ${shape.length} levels of lists`;
    throw new FormatError(source, key || 'file', problem, ADVICE);
  }
  const size = shape.reduce((product, length) => product * length, 1);
  // Every number takes a character at least, but null stands for a whole list.
  if (size > 2 ** 26)
    throw new FormatError(source, key || 'file', 'too many numbers', 'save the clip as NPY');
  const data = new Float64Array(size).fill(Number.NaN);
  const steps = shape.map((_, axis) =>
    shape.slice(axis + 1).reduce((product, length) => product * length, 1),
  );
  const index = new Array<number>(shape.length).fill(0);
  fill(list, 0, 0);
  return { shape, data };

  function fill(entries: readonly JsonValue[], axis: number, first: number): void {
    if (entries.length !== shape[axis])
      throw new FormatError(
        source,
        placeOf(axis),
        `${entries.length} entries, ${shape[axis]} in the first`,
        ADVICE,
      );
    const isLast = axis === shape.length - 1;
    for (let position = 0; position < entries.length; position++) {
      const entry = entries[position];
      if (entry === null) continue;
      const at = first + position * steps[axis];
      index[axis] = position;
      if (isLast && typeof entry === 'number') data[at] = entry;
      else if (!isLast && isJsonArray(entry)) fill(entry, axis + 1, at);
      else throw new FormatError(source, placeOf(axis + 1), `${describeJson(entry)} among numbers`, ADVICE);
    }
  }

  function placeOf(axis: number): string {
    const indices = index.slice(0, axis).map((position) => `[${position}]`);
    return key + indices.join('') || 'file';
  }
}

function jointNames(facts: JsonObject, { shape }: NumberArray): string[] | null {
  const names = facts.joint_names ?? facts.jointNames ?? facts.keypoint_names ?? facts.names;
  if (!isJsonArray(names) || shape.length !== 3 || names.length !== shape[1]) return null;
  return names.every((name) => typeof name === 'string') ? (names as string[]) : null;
}

/** Coordinates and the column after them, which is a confidence. */
export function splitColumns(
  { shape, data }: NumberArray,
  dimensions: 2 | 3,
): { readonly positions: Float64Array; readonly confidence: Float64Array | null } {
  const columns = shape[shape.length - 1];
  const points = data.length / columns;
  const positions = new Float64Array(points * dimensions);
  const confidence = columns > dimensions ? new Float64Array(points) : null;
  for (let point = 0; point < points; point++) {
    for (let axis = 0; axis < dimensions; axis++)
      positions[point * dimensions + axis] = data[point * columns + axis];
    if (confidence !== null) confidence[point] = data[point * columns + dimensions];
  }
  return { positions, confidence };
}
