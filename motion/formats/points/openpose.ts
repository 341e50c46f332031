import { FormatError, type FormatWarning } from '../../errors.ts';
import type { LayoutName } from '../../skeleton/layouts.ts';
import type { ParsedFile } from '../tracks.ts';
import type { Detection } from './detection.ts';
import { frameRange } from './frame-range.ts';
import {
  COCO18_TO_COCO17,
  type JsonFrame,
  keypointRow,
  orderedJoints,
  type RowMeaning,
  sameOrder,
} from './json-keypoints.ts';
import { describeJson, isJsonArray, isJsonObject, type JsonObject } from './json-text.ts';
import { tracksOfPeople } from './people.ts';

/** OpenPose's models of the body by number of joints; the order of the layout's joints in them. */
const MODELS: Readonly<
  Record<number, { readonly name: string; readonly layout: LayoutName; readonly order: readonly number[] }>
> = {
  25: { name: 'BODY_25', layout: 'body25', order: sameOrder(25) },
  18: { name: 'COCO, 18 joints', layout: 'coco17', order: COCO18_TO_COCO17 },
};

/**
 * Frames of OpenPose's `--write_json`: `{people: [{person_id, pose_keypoints_2d: [x, y, c, ...]}]}`. Where 3D joints are
 * filled they count, else the 2D ones, pixels. Frames that are not there are gaps.
 */
export function readOpenPose(frames: readonly JsonFrame[], source: string): ParsedFile {
  const warnings: FormatWarning[] = [];
  const people = frames.flatMap((frame) => peopleOf(frame, source));
  const dimensions = people.some(({ person }) => isFilled(person, 'pose_keypoints_3d')) ? 3 : 2;
  const key = dimensions === 3 ? 'pose_keypoints_3d' : bodyKey(people);
  const filled = people.filter(({ person }) => isFilled(person, key));
  if (filled.length === 0)
    throw new FormatError(
      source,
      'people',
      'no frame has anybody in it',
      'check that OpenPose found the person',
    );
  let model: (typeof MODELS)[number] | undefined;
  const detections: Detection[] = [];
  for (const { frame, place, person } of filled) {
    const row = keypointRow(person[key]!, dimensions + 1, source, `${place}, ${key}`);
    const joints = row.values.length / row.columns;
    model ??= MODELS[joints];
    if (model === undefined || MODELS[joints] !== model) {
      const expected =
        model === undefined ? 'BODY_25 has 25, COCO has 18' : `frames before have ${model.name}`;
      const advice = 'run OpenPose with --model_pose BODY_25';
      throw new FormatError(source, `${place}, ${key}`, `${joints} joints; ${expected}`, advice);
    }
    const meaning: RowMeaning = { dimensions, order: model.order, zeroIsMissing: true };
    detections.push({ frame, person: personId(person), ...orderedJoints(row, meaning) });
  }
  const isNormalised = dimensions === 2 && detections.every(({ positions }) => !positions.some((x) => x > 2));
  if (isNormalised) {
    const message =
      'the points are no pixels but parts of the picture (--keypoint_scale); they stay as found';
    warnings.push({ place: key, message });
  }
  const facts = {
    dimensions,
    layouts: [model!.layout],
    fps: null,
    unit: null,
    up: null,
    imageSize: null,
    frames: frameRange(frames),
  } as const;
  return {
    producer: 'OpenPose',
    reason: `people with ${key} of ${model!.name}`,
    tracks: tracksOfPeople(detections, facts, source, warnings),
    warnings,
  };
}

interface FoundPerson {
  readonly frame: number;
  readonly place: string;
  readonly person: JsonObject;
}

function peopleOf({ frame, place, value }: JsonFrame, source: string): FoundPerson[] {
  const people = isJsonObject(value) ? value.people : undefined;
  if (!isJsonArray(people)) {
    const problem = `${describeJson(value)}, not OpenPose's {people: [...]}`;
    throw new FormatError(source, place, problem, 'choose only files that OpenPose wrote for one clip');
  }
  return people.map((person, index) => {
    if (isJsonObject(person)) return { frame, place: `${place}, person ${index}`, person };
    throw new FormatError(
      source,
      `${place}, person ${index}`,
      `${describeJson(person)} is no person`,
      'export again',
    );
  });
}

/** Before version 1.1 the body's key had no `_2d`. */
function bodyKey(people: readonly FoundPerson[]): string {
  return people.some(({ person }) => isFilled(person, 'pose_keypoints_2d'))
    ? 'pose_keypoints_2d'
    : 'pose_keypoints';
}

/** Somebody whose keypoints are all (0, 0, 0) is nobody. */
function isFilled(person: JsonObject, key: string): boolean {
  const value = person[key];
  return isJsonArray(value) && value.some((number) => number !== 0);
}

/** `[7]` or 7; -1 stands for nobody in particular. */
function personId({ person_id }: JsonObject): string | null {
  const id = isJsonArray(person_id) ? person_id[0] : person_id;
  return (typeof id === 'number' && id >= 0) || typeof id === 'string' ? String(id) : null;
}
