import { FormatError, type FormatWarning } from '../../errors.ts';
import type { ParsedFile } from '../tracks.ts';
import { keypointRow } from './json-keypoints.ts';
import { describeJson, isJsonArray, isJsonObject, type JsonObject, type JsonValue } from './json-text.ts';
import { trackOfNames } from './named-points.ts';

const MOST_NAMES = 1000;

/** Whether frames have joints by name, each with a position. */
export function isMoveApi(value: JsonValue): value is JsonObject {
  if (!isJsonObject(value) || !isJsonArray(value.frames)) return false;
  const first = value.frames.find(isJsonObject);
  if (first === undefined || !isJsonObject(first.joints)) return false;
  return Object.values(first.joints).some((joint) => isJsonObject(joint) && joint.position !== undefined);
}

/** Move's motion data: `{metadata, frames: [{joints: {name: {position, rotation, confidence}}}]}`, metres, Y up. */
export function readMoveApi(value: JsonObject, source: string): ParsedFile {
  const warnings: FormatWarning[] = [];
  const frames = value.frames as readonly JsonValue[];
  const names = new Map<string, number>();
  for (const frame of frames)
    for (const name of Object.keys(jointsOf(frame) ?? {})) if (!names.has(name)) names.set(name, names.size);
  if (names.size > MOST_NAMES)
    throw new FormatError(
      source,
      'frames',
      `${names.size} different joints`,
      'export the motion of one person',
    );
  const count = names.size;
  const positions = new Float64Array(frames.length * count * 3).fill(Number.NaN);
  const confidence = new Float64Array(frames.length * count).fill(1);
  let hasConfidence = false;
  for (const [number, frame] of frames.entries()) {
    const joints = jointsOf(frame);
    if (joints === null)
      throw new FormatError(
        source,
        `frame ${number}`,
        `${describeJson(frame)} has no joints`,
        'export again',
      );
    for (const [name, joint] of Object.entries(joints)) {
      const position = isJsonObject(joint) ? joint.position : undefined;
      if (!isJsonObject(joint) || position === undefined || position === null) continue;
      const place = `frame ${number}, ${name.slice(0, 40)}`;
      const { values } = keypointRow(isJsonObject(position) ? [position] : position, 3, source, place);
      if (values.length !== 3)
        throw new FormatError(source, place, 'the position is not x, y, z', 'export again');
      const at = number * count + names.get(name)!;
      positions.set(values, at * 3);
      if (typeof joint.confidence === 'number') {
        confidence[at] = joint.confidence;
        hasConfidence = true;
      }
    }
  }
  const meta = isJsonObject(value.metadata) ? value.metadata : {};
  const rate = meta.fps ?? meta.frame_rate ?? meta.frameRate ?? value.fps;
  const points = {
    names: [...names.keys()],
    dimensions: 3,
    positions,
    confidence: hasConfidence ? confidence : null,
  } as const;
  const facts = {
    id: '1',
    fps: typeof rate === 'number' && rate > 0 ? rate : null,
    unit: 'm',
    up: '+y',
    place: 'joints',
    advice: 'export a skeleton with hips, knees, ankles, shoulders, elbows and wrists',
  } as const;
  return {
    producer: 'Move',
    reason: `frames with ${count} joints by name, each with a position`,
    tracks: [trackOfNames(points, facts, source, warnings)],
    warnings,
  };
}

function jointsOf(frame: JsonValue): JsonObject | null {
  return isJsonObject(frame) && isJsonObject(frame.joints) ? frame.joints : null;
}
