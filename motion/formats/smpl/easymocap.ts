import { FormatError, type FormatWarning } from '../../errors.ts';
import { axisAngleToQuat } from '../../math/axis-angle.ts';
import { multiplyQuat, rotateVec3 } from '../../math/quat.ts';
import { averagePelvisOffset } from '../../skeleton/smpl/average-smpl.ts';
import type { JsonFrame } from '../points/json-keypoints.ts';
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../points/json-text.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile, SmplModel } from '../tracks.ts';
import { buildSmplTrack } from './build-track.ts';
import { idText } from './person-facts.ts';
import { tensorOf } from './py-tensor.ts';

/** Numbers of a pose, and the model and joints they are of. */
const POSE_SIZES: Readonly<Record<number, readonly [SmplModel, number]>> = {
  72: ['smpl', 24],
  66: ['smplh', 22],
  156: ['smplh', 52],
  165: ['smplx', 55],
};

/**
 * EasyMocap: each person has `Rh`, `Th`, `poses` (its first joint is 0) and `shapes`. The mesh is posed first and then
 * turned as a whole, V = R(Rh) X + Th, about its origin and not about the pelvis. In SMPL's terms the root turns by Rh and
 * the pelvis J0 comes to R J0 + Th, so trans = R J0 + Th - J0. Z up, metres, world axes of the calibration.
 *
 * @param pelvisOffset J0, metres: that of the body the track will be posed with
 * Returns null where no frame holds such people.
 */
export function readEasyMocapSmpl(
  frames: readonly JsonFrame[],
  source: string,
  pelvisOffset: readonly [number, number, number] = averagePelvisOffset('smpl'),
): ParsedFile | null {
  const people = new Map<string, Row[]>();
  for (const { frame, place, value } of frames) {
    for (const person of peopleOf(value)) {
      const id = idText((person.id ?? 0) as PyValue);
      const rows = people.get(id) ?? [];
      rows.push(readRow(person, frame, place, source));
      people.set(id, rows);
    }
  }
  if (people.size === 0) return null;
  const warnings: FormatWarning[] = [];
  const tracks = [...people].map(([id, rows]) => buildPerson(id, rows, pelvisOffset, source, warnings));
  return { producer: 'EasyMocap', reason: 'people with Rh, Th, poses, shapes', tracks, warnings };
}

/** Whether a frame's JSON holds people posed by SMPL. */
export function isEasyMocapSmpl(value: JsonValue): boolean {
  return peopleOf(value).length > 0;
}

/** A list of people, or an object with such a list under `annots`. */
function peopleOf(value: JsonValue): JsonObject[] {
  const list = isJsonObject(value) ? value.annots : value;
  if (list === undefined || !isJsonArray(list)) return [];
  return list.filter(
    (person): person is JsonObject =>
      isJsonObject(person) && 'Rh' in person && 'Th' in person && 'poses' in person,
  );
}

interface Row {
  readonly frame: number;
  readonly turn: Float64Array;
  readonly shift: Float64Array;
  readonly pose: Float64Array;
  readonly shapes: Float64Array | null;
}

function readRow(person: JsonObject, frame: number, place: string, source: string): Row {
  const numbers = (key: string, size: number | null): Float64Array => {
    const data = tensorOf(person[key] as PyValue | undefined)?.data;
    if (data && (size === null || data.length === size)) return data;
    const found = data ? `${data.length} numbers` : 'no numbers';
    throw new FormatError(source, `${place}, ${key}`, `holds ${found}`, `expected ${size ?? 'a pose'}`);
  };
  const pose = numbers('poses', null);
  if (!POSE_SIZES[pose.length]) {
    const advice =
      pose.length === 78 || pose.length === 87
        ? 'its hands are coefficients of a basis in the model file; run EasyMocap with --body smpl'
        : 'expected 72, 66, 156 or 165';
    throw new FormatError(source, `${place}, poses`, `holds ${pose.length} numbers`, advice);
  }
  return {
    frame,
    turn: numbers('Rh', 3),
    shift: numbers('Th', 3),
    pose,
    shapes: tensorOf(person.shapes as PyValue | undefined)?.data ?? null,
  };
}

function buildPerson(
  id: string,
  unsorted: readonly Row[],
  pelvisOffset: readonly [number, number, number],
  source: string,
  warnings: FormatWarning[],
) {
  const rows = unsorted.toSorted((a, b) => a.frame - b.frame);
  const [model, jointCount] = POSE_SIZES[rows[0].pose.length];
  const rotations = new Float64Array(rows.length * jointCount * 4);
  const translations = new Float64Array(rows.length * 3);
  const turn = new Float64Array(4);
  const pelvis = new Float64Array(3);
  for (const [index, row] of rows.entries()) {
    if (row.pose.length !== rows[0].pose.length) {
      throw new FormatError(source, `frame ${row.frame}, poses`, 'changes its number of joints');
    }
    const first = index * jointCount * 4;
    for (let joint = 0; joint < jointCount; joint++) {
      axisAngleToQuat(rotations, first + joint * 4, row.pose, joint * 3);
    }
    axisAngleToQuat(turn, 0, row.turn, 0);
    // The root's own rotation, where there is one, turns about the pelvis before the whole is turned.
    multiplyQuat(rotations, first, turn, 0, rotations, first);
    rotateVec3(pelvis, 0, turn, 0, pelvisOffset, 0);
    for (let axis = 0; axis < 3; axis++) {
      translations[index * 3 + axis] = pelvis[axis] + row.shift[axis] - pelvisOffset[axis];
    }
  }
  const shapes = rows.flatMap((row) => (row.shapes === null ? [] : [row.shapes]));
  const ids = Float64Array.from(rows, (row) => row.frame);
  return buildSmplTrack(
    {
      id,
      model,
      rows: { rowCount: rows.length, jointCount, rotations },
      translations: { key: 'Th', tensor: { shape: [rows.length, 3], data: translations } },
      frameIds: { key: 'frame', tensor: { shape: [rows.length], data: ids } },
      betas: shapes[shapes.length >> 1] ?? null,
      gender: null,
      fps: null,
      up: '+z',
      space: 'world',
    },
    source,
    warnings,
  );
}
