import { FormatError, type FormatWarning } from '../../errors.ts';
import type { ParsedFile } from '../tracks.ts';
import type { Detection } from './detection.ts';
import { frameRange } from './frame-range.ts';
import { type JsonFrame, keypointRow, orderedJoints, type RowMeaning, sameOrder } from './json-keypoints.ts';
import { describeJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-text.ts';
import { tracksOfPeople } from './people.ts';

const JOINTS = 33;
const LEFT_HIP = 23;
const WORLD_KEYS = ['pose_world_landmarks', 'poseWorldLandmarks', 'world_landmarks', 'worldLandmarks'];
const IMAGE_KEYS = ['pose_landmarks', 'poseLandmarks', 'landmarks'];
const FRAME_KEYS = ['frames', 'data', 'results', 'poses'];
/** Metres. Written numbers are rounded, and the middle of the hips is the origin by definition. */
const ORIGIN_TOLERANCE = 0.01;
const ASSUMED_SIZE = [1920, 1080] as const;

/** What is known of a whole file beside its frames. */
export interface MediaPipeFacts {
  readonly fps: number | null;
  readonly imageSize: readonly [number, number] | null;
}

/** The frames of a MediaPipe file, or null where it is none. */
export function mediaPipeFrames(
  value: JsonValue,
): { frames: readonly JsonValue[]; facts: MediaPipeFacts } | null {
  if (isJsonArray(value)) {
    const first = value.find((frame) => posesOf(frame) !== null && posesOf(frame)!.poses.length > 0);
    if (first === undefined) return null;
    const isOneFrame = isLandmarks(value);
    return { frames: isOneFrame ? [value] : value, facts: { fps: null, imageSize: null } };
  }
  if (!isJsonObject(value)) return null;
  const facts = factsOf(value);
  for (const key of FRAME_KEYS) {
    const inner = value[key];
    const found = isJsonArray(inner) ? mediaPipeFrames(inner) : null;
    if (found !== null) return { frames: found.frames, facts };
  }
  // A list of frames under the key of the landmarks.
  for (const key of [...WORLD_KEYS, ...IMAGE_KEYS]) {
    const list = value[key];
    if (isJsonArray(list) && list.length > 0 && !isLandmarks(list) && list.some((one) => isPose(one)))
      return { frames: list.map((frame): JsonObject => ({ [key]: frame })), facts };
  }
  return posesOf(value) === null ? null : { frames: [value], facts };
}

/**
 * 33 landmarks per person and frame. World landmarks are 3D: metres from the middle of the hips, Y down. Landmarks in
 * parts of the picture are 2D only, in pixels of a known or assumed picture: their depth is no measure.
 */
export function readMediaPipe(
  frames: readonly JsonFrame[],
  facts: MediaPipeFacts,
  source: string,
): ParsedFile {
  const warnings: FormatWarning[] = [];
  const found = frames.map((frame) => ({ ...frame, poses: posesOf(frame.value) }));
  const kinds = new Set(
    found.flatMap(({ poses }) => (poses === null || poses.poses.length === 0 ? [] : poses.kind)),
  );
  const rows = found.flatMap(({ frame, place, value, poses }) => {
    if (poses === null)
      throw new FormatError(
        source,
        place,
        `${describeJson(value)}, not ${JOINTS} landmarks`,
        'save one pose per frame',
      );
    return poses.poses.map((pose, index) => {
      const where = `${place}, person ${index}`;
      const row = keypointRow(pose, 4, source, where);
      if (row.values.length !== JOINTS * row.columns)
        throw new FormatError(
          source,
          where,
          `${row.values.length / row.columns} landmarks, expected ${JOINTS}`,
          'save all',
        );
      return { frame, row, person: null };
    });
  });
  if (rows.length === 0)
    throw new FormatError(source, 'frames', 'no frame has anybody in it', 'check the video');
  if (kinds.size > 1)
    throw new FormatError(
      source,
      'frames',
      `some frames have ${[...kinds].join(', some ')}`,
      'save the same in all',
    );
  const isWorld =
    kinds.has('world landmarks') || (kinds.has('unnamed landmarks') && rows.every(isHipCentred));
  if (!isWorld) return readImageLandmarks(frames, rows, facts, source, warnings);
  const meaning: RowMeaning = { dimensions: 3, order: sameOrder(JOINTS), zeroIsMissing: false };
  const detections = rows.map(
    ({ frame, row }): Detection => ({ frame, person: null, ...orderedJoints(row, meaning) }),
  );
  const message = 'world landmarks start from the middle of the hips: where the body goes is not in the file';
  warnings.push({ place: 'pose_world_landmarks', message });
  const common = { dimensions: 3, layouts: ['mediapipe33'], unit: 'm', up: '-y', imageSize: null } as const;
  const all = { ...common, fps: facts.fps, frames: frameRange(frames) };
  const hint = kinds.has('unnamed landmarks') ? ' whose hips are at the origin' : '';
  return {
    producer: 'MediaPipe',
    reason: `${JOINTS} world landmarks per frame${hint}`,
    tracks: tracksOfPeople(detections, all, source, warnings),
    warnings,
  };
}

interface LandmarkRow {
  readonly frame: number;
  readonly row: { readonly values: Float64Array; readonly columns: number };
}

function readImageLandmarks(
  frames: readonly JsonFrame[],
  rows: readonly LandmarkRow[],
  facts: MediaPipeFacts,
  source: string,
  warnings: FormatWarning[],
): ParsedFile {
  const [width, height] = facts.imageSize ?? ASSUMED_SIZE;
  const place = 'pose_landmarks';
  warnings.push({ place, message: 'landmarks in parts of the picture are no 3D: read as 2D' });
  if (facts.imageSize === null)
    warnings.push({ place, message: `the picture's size is not in the file: taken as ${width} x ${height}` });
  const detections = rows.map(({ frame, row }): Detection => {
    const { values, columns } = row;
    const positions = new Float64Array(JOINTS * 2);
    const confidence = columns === 4 ? new Float64Array(JOINTS) : null;
    for (let joint = 0; joint < JOINTS; joint++) {
      positions[joint * 2] = values[joint * columns] * width;
      positions[joint * 2 + 1] = values[joint * columns + 1] * height;
      const trust = values[joint * columns + 3];
      if (confidence !== null) confidence[joint] = trust > 0 ? Math.min(1, trust) : 0;
    }
    return { frame, person: null, positions, confidence };
  });
  const common = { dimensions: 2, layouts: ['mediapipe33'], unit: null, up: null } as const;
  const all = { ...common, fps: facts.fps, imageSize: facts.imageSize, frames: frameRange(frames) };
  return {
    producer: 'MediaPipe',
    reason: `${JOINTS} landmarks per frame in parts of the picture`,
    tracks: tracksOfPeople(detections, all, source, warnings),
    warnings,
  };
}

interface Poses {
  readonly kind: 'world landmarks' | 'image landmarks' | 'unnamed landmarks';
  readonly poses: readonly JsonValue[];
}

/** Landmarks of all people in a frame, as JSON; world landmarks where there are both. Null for no frame of MediaPipe. */
function posesOf(frame: JsonValue): Poses | null {
  if (frame === null) return { kind: 'unnamed landmarks', poses: [] };
  if (isJsonArray(frame)) {
    const poses = listOfPoses(frame);
    return poses === null ? null : { kind: 'unnamed landmarks', poses };
  }
  if (!isJsonObject(frame)) return null;
  for (const [keys, kind] of [
    [WORLD_KEYS, 'world landmarks'],
    [IMAGE_KEYS, 'image landmarks'],
  ] as const) {
    for (const key of keys) {
      const inner = frame[key];
      const poses = inner === null ? [] : inner === undefined ? null : listOfPoses(inner);
      if (poses !== null) return { kind, poses };
    }
  }
  return null;
}

/** 33 landmarks, a list of such lists, or either as `{landmark: [...]}`. */
function listOfPoses(value: JsonValue): readonly JsonValue[] | null {
  const own = unwrapped(value);
  if (isLandmarks(own)) return [own];
  if (!isJsonArray(own)) return null;
  const poses = own.map(unwrapped);
  return poses.every(isLandmarks) ? poses : null;
}

function unwrapped(value: JsonValue): JsonValue {
  return isJsonObject(value) ? (value.landmark ?? value.landmarks ?? value) : value;
}

function isPose(value: JsonValue): boolean {
  const poses = listOfPoses(value);
  return poses !== null && poses.length > 0;
}

/** Lists of 33, or of another number of `{x, y, z}`, which is then an error with the number. */
function isLandmarks(value: JsonValue): boolean {
  if (!isJsonArray(value) || value.length === 0) return false;
  const [first] = value;
  if (isJsonObject(first)) return typeof first.x === 'number' && typeof first.y === 'number';
  const isRow =
    isJsonArray(first) && (first.length === 3 || first.length === 4) && typeof first[0] === 'number';
  return isRow && value.length === JOINTS;
}

function isHipCentred({ row: { values, columns } }: LandmarkRow): boolean {
  if (columns < 3) return false;
  const middle = [0, 1, 2].map(
    (axis) => (values[LEFT_HIP * columns + axis] + values[(LEFT_HIP + 1) * columns + axis]) / 2,
  );
  return middle.every((value) => Math.abs(value) < ORIGIN_TOLERANCE);
}

function factsOf(value: JsonObject): MediaPipeFacts {
  const number = (...keys: string[]): number | null => {
    const found = keys.map((key) => value[key]).find((entry) => typeof entry === 'number' && entry > 0);
    return typeof found === 'number' ? found : null;
  };
  const width = number('image_width', 'imageWidth', 'frame_width', 'width');
  const height = number('image_height', 'imageHeight', 'frame_height', 'height');
  return {
    fps: number('fps', 'frame_rate', 'frameRate'),
    imageSize: width === null || height === null ? null : [width, height],
  };
}
