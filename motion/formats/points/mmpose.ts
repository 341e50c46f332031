import { FormatError, type FormatWarning } from '../../errors.ts';
import { toBody17 } from '../../skeleton/layout-to-body17.ts';
import type { LayoutName } from '../../skeleton/layouts.ts';
import { toMetresYUp } from '../position-guess.ts';
import { checkSides } from '../side-check.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import type { Detection } from './detection.ts';
import { frameRange } from './frame-range.ts';
import { type JsonFrame, keypointRow, orderedJoints, type RowMeaning, sameOrder } from './json-keypoints.ts';
import { describeJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-text.ts';
import { tracksOfPeople } from './people.ts';

const LAYOUTS_2D: Readonly<Record<number, LayoutName>> = { 17: 'coco17', 26: 'halpe26', 133: 'wholebody133' };
/** Its lifters learn from Human3.6M, right leg first, or from H3WB. */
const LAYOUTS_3D: Readonly<Record<number, LayoutName>> = { 17: 'h36m17', 133: 'wholebody133' };

export function isMmPose(value: JsonValue): boolean {
  if (isJsonObject(value)) return isJsonArray(value.instance_info);
  const first = isJsonArray(value) ? value[0] : undefined;
  return isJsonObject(first) && (isFrame(first) || 'keypoint_scores' in first);
}

/**
 * MMPose 1.x: `{meta_info, instance_info: [{frame_id, instances: [{keypoints, keypoint_scores}]}]}`, or the list alone, or
 * the instances of one picture. 2D in pixels; 3D as its lifters have it.
 */
export function readMmPose(value: JsonValue, source: string): ParsedFile {
  const list = isJsonObject(value) ? (value.instance_info as readonly JsonValue[]) : (value as JsonValue[]);
  const meta = isJsonObject(value) && isJsonObject(value.meta_info) ? value.meta_info : {};
  const isOnePicture = !(isJsonObject(list[0]) && isFrame(list[0]));
  const frames = isOnePicture
    ? [{ frame: 0, place: 'frame 0', value: list }]
    : list.map((entry, index) => frameOf(entry, index, source));
  return readMmPoseFrames(frames, source, meta);
}

/** Frames whose values are lists of instances. */
export function readMmPoseFrames(
  frames: readonly JsonFrame[],
  source: string,
  meta: JsonObject = {},
): ParsedFile {
  const warnings: FormatWarning[] = [];
  const detections: Detection[] = [];
  let model: { readonly joints: number; readonly dimensions: 2 | 3; readonly layout: LayoutName } | undefined;
  for (const { frame, place: framePlace, value } of frames) {
    if (!isJsonArray(value))
      throw new FormatError(
        source,
        framePlace,
        `${describeJson(value)}, not a list of instances`,
        'export again',
      );
    for (const [index, instance] of value.entries()) {
      const place = `${framePlace}, instance ${index}, keypoints`;
      if (!isJsonObject(instance) || instance.keypoints === undefined)
        throw new FormatError(source, place, `${describeJson(instance)} has no keypoints`, 'export again');
      const row = keypointRow(instance.keypoints, 2, source, place);
      const joints = row.values.length / row.columns;
      const dimensions = row.columns === 2 ? 2 : 3;
      model ??= { joints, dimensions, layout: layoutOf(joints, dimensions, meta, source, place) };
      if (joints !== model.joints || dimensions !== model.dimensions) {
        const problem = `${joints} joints in ${dimensions}D, ${model.joints} in ${model.dimensions}D before`;
        throw new FormatError(source, place, problem, 'use one model');
      }
      const meaning: RowMeaning = { dimensions, order: sameOrder(joints), zeroIsMissing: false };
      const { positions } = orderedJoints(row, meaning);
      const confidence = scoresOf(instance, joints, source, place);
      detections.push({ frame, person: personOf(instance), positions, confidence });
    }
  }
  if (model === undefined)
    throw new FormatError(source, 'instance_info', 'no frame has anybody in it', 'check the detector');
  const facts = {
    dimensions: model.dimensions,
    layouts: [model.layout],
    fps: null,
    unit: null,
    up: model.layout === 'h36m17' && model.dimensions === 3 ? '+z' : null,
    imageSize: null,
    frames: frameRange(frames),
  } as const;
  const tracks = tracksOfPeople(detections, facts, source, warnings);
  return {
    producer: 'MMPose',
    reason: `instances with ${model.joints} keypoints in ${model.dimensions}D`,
    tracks: facts.up === null ? tracks : tracks.map((track) => unmirrored(track, warnings)),
    warnings,
  };
}

/**
 * MMPose turns what a lifter gives (camera axes x right, y down, z away) into (-x, z, -y): Z is up, but that is a
 * reflection, so left is right. Where the body shows it, x is negated back.
 */
function unmirrored(track: PointTrack, warnings: FormatWarning[]): PointTrack {
  const body = toBody17(toMetresYUp(track.positions, 1, '+z'), track.frameCount, 'h36m17').positions;
  if (checkSides(body).verdict !== 'mirrored') return track;
  const message = `${track.id}: the body is mirrored, as MMPose writes its lifters' results: x is negated`;
  warnings.push({ place: 'keypoints', message });
  return { ...track, positions: track.positions.map((value, at) => (at % 3 === 0 ? -value : value)) };
}

function isFrame(entry: JsonObject): boolean {
  return isJsonArray(entry.instances);
}

function frameOf(entry: JsonValue, index: number, source: string): JsonFrame {
  const instances = isJsonObject(entry) ? entry.instances : undefined;
  if (!isJsonObject(entry) || instances === undefined)
    throw new FormatError(
      source,
      `frame ${index}`,
      `${describeJson(entry)} has no instances`,
      'export again',
    );
  const number = entry.frame_id;
  const frame = typeof number === 'number' && Number.isSafeInteger(number) ? number : index;
  return { frame, place: `frame ${frame}`, value: instances };
}

function layoutOf(
  joints: number,
  dimensions: 2 | 3,
  meta: JsonObject,
  source: string,
  place: string,
): LayoutName {
  const isH36m = String(meta.dataset_name ?? '').includes('h36m');
  const layout =
    joints === 17 && isH36m ? 'h36m17' : dimensions === 2 ? LAYOUTS_2D[joints] : LAYOUTS_3D[joints];
  if (layout !== undefined) return layout;
  const known = Object.keys(dimensions === 2 ? LAYOUTS_2D : LAYOUTS_3D).join(', ');
  const problem = `${joints} joints in ${dimensions}D; known are ${known}`;
  throw new FormatError(source, place, problem, 'use a model of the human body');
}

function scoresOf(instance: JsonObject, joints: number, source: string, place: string): Float64Array | null {
  let scores = instance.keypoint_scores;
  if (isJsonArray(scores) && scores.length === 1 && isJsonArray(scores[0])) scores = scores[0];
  if (scores === undefined || scores === null) return null;
  if (!isJsonArray(scores) || scores.length !== joints)
    throw new FormatError(
      source,
      place,
      `keypoint_scores is ${describeJson(scores)} for ${joints} joints`,
      'export again',
    );
  return Float64Array.from(scores, (score) =>
    typeof score === 'number' && score > 0 ? Math.min(1, score) : 0,
  );
}

function personOf({ track_id, instance_id }: JsonObject): string | null {
  const id = track_id ?? instance_id;
  return typeof id === 'number' && id >= 0 ? String(id) : null;
}
