import type { FormatWarning } from '../../errors.ts';
import { isLayoutName } from '../../skeleton/layouts.ts';
import { isPyArray, type PyArray, type PyDict, type PyKey, type PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { type ArrayFacts, isPointShape, type NumberArray, tracksOfArray } from './array-tracks.ts';
import { rateNamed, unitNamed, upNamed } from './fact-words.ts';
import { POSITION_KEYS, splitColumns } from './generic-json.ts';
import { readHumanDataPoints } from './human-data-points.ts';
import { trackOfNames } from './named-points.ts';
import { numbersOf, pyDictOf, scalarOf, wordsOf } from './py-numbers.ts';
import { readSequencePoints } from './sequence-points.ts';

/** AIST++'s dances are at 60 frames a second. */
const AIST_FPS = 60;
/** Arrays of joints by 3 under these are axis-angles. */
const ROTATION_KEY = /pose|rot|orient|quat|axis|vel|acc|normal/i;
const FREEMOCAP_NAME = /freemocap|mediapipe_?(?:body|skel)_?3d|openposeskel_?3d/i;

/**
 * Joint positions in what a Python file holds: HumanData, SynSP and its kin, AIST++ keypoints, FreeMoCap arrays, and any
 * dictionary with positions under a usual key or as its only fitting array.
 * Null where there are none; body models are for others.
 * @throws FormatError where a known form is broken
 */
export function readPointArrays(value: PyValue, source: string): ParsedFile | null {
  const dict = pyDictOf(value);
  if (dict === null) return readBareArray(value, source);
  if (dict.has('keypoints3d_mask') || dict.has('keypoints2d_mask')) {
    const found = readHumanDataPoints(dict, source);
    if (found !== null) return found;
  }
  const isSequences = [dict.get('joints_3d'), dict.get('joints_2d')].some(
    (array) => isPyArray(array) && (array.items !== null || array.shape.length === 2),
  );
  if (dict.has('imgname') || isSequences) {
    const found = readSequencePoints(dict, source);
    if (found !== null) return found;
  }
  return readAistKeypoints(dict, source) ?? readPositions(dict, source);
}

/** An array alone: FreeMoCap's by its file's name, any other by its shape. */
function readBareArray(value: PyValue, source: string): ParsedFile | null {
  const array = isPyArray(value) && !hasPointShape(value) ? null : numbersOf(value);
  if (array === null || !isPointShape(array.shape)) return null;
  const isFreeMoCap = FREEMOCAP_NAME.test(source) && array.shape.length === 3 && array.shape[2] === 3;
  const unit = isFreeMoCap ? 'mm' : null;
  const facts: ArrayFacts = { id: '1', fps: null, unit, up: isFreeMoCap ? '+z' : null };
  const producer = isFreeMoCap ? 'FreeMoCap' : 'NumPy';
  return parsed(producer, `an array of shape (${array.shape.join(', ')})`, array, facts, source);
}

function readAistKeypoints(dict: PyDict, source: string): ParsedFile | null {
  if (!dict.has('keypoints3d_optim')) return null;
  const array = numbersOf(dict.get('keypoints3d_optim'));
  if (array === null || array.shape.length !== 3 || array.shape[1] !== 17) return null;
  const facts: ArrayFacts = { id: '1', fps: AIST_FPS, unit: null, up: null, layout: 'coco17' };
  return parsed('AIST++ keypoints', 'key keypoints3d_optim (N, 17, 3)', array, facts, source);
}

/** Under a usual key, or the only array that can be positions. */
function readPositions(dict: PyDict, source: string): ParsedFile | null {
  const names = wordsOf(dict.get('joint_names') ?? dict.get('names'));
  const fits = (key: PyKey): boolean => {
    const value = dict.get(key);
    return isPyArray(value) && (hasPointShape(value) || (names !== null && isOfNames(value, names.length)));
  };
  const usual = POSITION_KEYS.find(fits);
  const fitting = [...dict.keys()].filter((key) => !ROTATION_KEY.test(String(key)) && fits(key));
  const key = usual ?? (fitting.length === 1 ? fitting[0] : undefined);
  if (key === undefined) return null;
  const array = numbersOf(dict.get(key))!;
  const word = scalarOf(dict.get('layout'));
  const layout = typeof word === 'string' && isLayoutName(word) ? word : undefined;
  const rate = ['fps', 'framerate', 'frame_rate', 'mocap_framerate', 'mocap_frame_rate'].map((name) =>
    rateNamed(scalarOf(dict.get(name))),
  );
  const facts: ArrayFacts = {
    id: '1',
    fps: rate.find((found) => found !== null) ?? null,
    unit: unitNamed(scalarOf(dict.get('unit') ?? dict.get('units'))),
    up: upNamed(scalarOf(dict.get('up') ?? dict.get('up_axis'))),
    layout,
  };
  const reason = `key ${key} (${array.shape.join(', ')})`;
  const trusted = withConfidence(array, numbersOf(dict.get('confidence')));
  const columns = array.shape[array.shape.length - 1];
  // Beside a confidence of its own, or in a unit of length, three columns are x, y and z.
  const isSaid = trusted !== array || (columns === 3 && facts.unit !== null);
  const own = isSaid ? { ...facts, dimensions: columns as 2 | 3 } : facts;
  if (names === null || layout !== undefined || array.shape.length !== 3 || names.length !== array.shape[1])
    return parsed('NumPy', reason, trusted, own, source);
  const warnings: FormatWarning[] = [];
  const dimensions = array.shape[2] === 2 ? 2 : 3;
  const points = { names, dimensions, ...splitColumns(trusted, dimensions) } as const;
  const advice = 'name the joints left_hip, left_knee and so on';
  const track = trackOfNames(points, { ...facts, place: 'joint_names', advice }, source, warnings);
  return { producer: 'NumPy', reason: `${reason}, with joint names`, tracks: [track], warnings };
}

/** By its shape alone, so that arrays of no interest are not read. */
function hasPointShape({ shape, dtype }: PyArray): boolean {
  return !/^[OUS]/.test(dtype) && isPointShape(shape);
}

/** (frames, names, 2 | 3) of joints of any number. */
function isOfNames({ shape, dtype }: PyArray, count: number): boolean {
  const isTable =
    shape.length === 3 && shape[0] > 0 && shape[1] === count && (shape[2] === 2 || shape[2] === 3);
  return isTable && !/^[OUS]/.test(dtype);
}

/** A column more, where confidences are kept beside positions of the same frames and joints. */
function withConfidence(array: NumberArray, confidence: NumberArray | null): NumberArray {
  const { shape, data } = array;
  const columns = shape[shape.length - 1];
  const points = data.length / columns;
  if (confidence === null || columns > 3 || confidence.data.length !== points) return array;
  const out = new Float64Array(points * (columns + 1));
  for (let point = 0; point < points; point++) {
    out.set(data.subarray(point * columns, (point + 1) * columns), point * (columns + 1));
    out[point * (columns + 1) + columns] = confidence.data[point];
  }
  return { shape: [...shape.slice(0, -1), columns + 1], data: out };
}

function parsed(
  producer: string,
  reason: string,
  array: NumberArray,
  facts: ArrayFacts,
  source: string,
): ParsedFile {
  const warnings: FormatWarning[] = [];
  return { producer, reason, tracks: tracksOfArray(array, facts, source, warnings), warnings };
}
