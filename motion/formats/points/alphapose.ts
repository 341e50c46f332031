import { FormatError, type FormatWarning } from '../../errors.ts';
import type { LayoutName } from '../../skeleton/layouts.ts';
import type { ParsedFile } from '../tracks.ts';
import type { Detection } from './detection.ts';
import { frameRange } from './frame-range.ts';
import { type JsonFrame, keypointRow, orderedJoints, type RowMeaning, sameOrder } from './json-keypoints.ts';
import { describeJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-text.ts';
import { readOpenPose } from './openpose.ts';
import { tracksOfPeople } from './people.ts';

/** AlphaPose's models by number of joints. Halpe's first 26 of 136 are the body. */
const MODELS: Readonly<Record<number, readonly [name: string, layout: LayoutName, joints: number]>> = {
  17: ['COCO', 'coco17', 17],
  26: ['Halpe, 26 joints', 'halpe26', 26],
  133: ['COCO-WholeBody', 'wholebody133', 133],
  136: ['Halpe, 136 joints', 'halpe26', 26],
};

export function isAlphaPose(value: JsonValue): boolean {
  return isJsonArray(value) && isJsonObject(value[0]) && 'image_id' in value[0] && 'keypoints' in value[0];
}

/** `{"0.jpg": {people: [...]}}` or `{bodies: [...]}`: the forms of `--format open` and `cmu`. */
export function isAlphaPoseDict(value: JsonValue): value is JsonObject {
  if (!isJsonObject(value)) return false;
  const [name] = Object.keys(value);
  const first = name === undefined ? undefined : value[name];
  return name !== undefined && frameNumber(name) !== null && isJsonObject(first) && bodiesOf(first) !== null;
}

/** `[{image_id, keypoints: [x, y, c, ...], score, idx}]`, one entry per person and picture; pixels. */
export function readAlphaPose(value: JsonValue, source: string): ParsedFile {
  const warnings: FormatWarning[] = [];
  const entries = value as readonly JsonValue[];
  const detections: Detection[] = [];
  let model: (typeof MODELS)[number] | undefined;
  for (const [index, entry] of entries.entries()) {
    const place = `entry ${index}`;
    const name = isJsonObject(entry) ? entry.image_id : undefined;
    const keypoints = isJsonObject(entry) ? entry.keypoints : undefined;
    const frame = name === undefined ? null : frameNumber(String(name));
    if (!isJsonObject(entry) || keypoints === undefined || frame === null) {
      const problem = `${describeJson(entry)}, without keypoints or a numbered image_id`;
      throw new FormatError(source, place, problem, 'save AlphaPose results of one video');
    }
    const row = keypointRow(keypoints, 3, source, `${place}, keypoints`);
    const joints = row.values.length / row.columns;
    model ??= MODELS[joints];
    if (model === undefined || MODELS[joints] !== model) {
      const expected =
        model === undefined ? 'known are 17, 26, 133 and 136' : `entries before have ${model[0]}`;
      throw new FormatError(source, `${place}, keypoints`, `${joints} joints; ${expected}`, 'use one model');
    }
    const meaning: RowMeaning = { dimensions: 2, order: sameOrder(model[2]), zeroIsMissing: true };
    detections.push({ frame, person: personOf(entry), ...orderedJoints(row, meaning) });
  }
  if (model![0] === 'Halpe, 136 joints')
    warnings.push({ place: 'keypoints', message: 'face and hands (joints 26 to 135) are not read' });
  const facts = {
    dimensions: 2,
    layouts: [model![1]],
    fps: null,
    unit: null,
    up: null,
    imageSize: null,
    frames: frameRange(detections),
  } as const;
  return {
    producer: 'AlphaPose',
    reason: `entries with image_id and keypoints of ${model![0]}`,
    tracks: tracksOfPeople(detections, facts, source, warnings),
    warnings,
  };
}

/** The same per picture, as OpenPose has it. */
export function readAlphaPoseDict(value: JsonObject, source: string): ParsedFile {
  const frames = Object.entries(value).map(([name, picture]): JsonFrame => {
    const people = isJsonObject(picture) ? bodiesOf(picture) : null;
    const frame = frameNumber(name);
    if (people === null || frame === null)
      throw new FormatError(source, name, `${describeJson(picture)}, not {people: [...]}`, 'export again');
    return { frame, place: name, value: { people } };
  });
  return { ...readOpenPose(frames, source), producer: 'AlphaPose', reason: 'a picture with people per key' };
}

function bodiesOf(picture: JsonObject): readonly JsonValue[] | null {
  if (isJsonArray(picture.people)) return picture.people;
  if (!isJsonArray(picture.bodies)) return null;
  return picture.bodies.map((body) =>
    isJsonObject(body) && body.joints !== undefined ? { pose_keypoints_2d: body.joints } : body,
  );
}

/** The last number in a picture's name: 12 for `video_000012.jpg`. */
function frameNumber(name: string): number | null {
  const digits = /(\d+)(?=\D*$)/.exec(name)?.[1];
  return digits === undefined || digits.length > 15 ? null : Number(digits);
}

/** `idx` is a number, or lists around one. */
function personOf({ idx }: JsonObject): string | null {
  let id = idx;
  for (let depth = 0; depth < 4 && isJsonArray(id); depth++) id = id[0];
  return typeof id === 'number' || typeof id === 'string' ? String(id) : null;
}
