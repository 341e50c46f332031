import { FormatError } from '../../errors.ts';
import type { ParsedFile } from '../tracks.ts';
import { isAlphaPose, isAlphaPoseDict, readAlphaPose, readAlphaPoseDict } from './alphapose.ts';
import { isEasyMocap, readEasyMocap } from './easymocap.ts';
import { readGenericJson } from './generic-json.ts';
import type { JsonFrame } from './json-keypoints.ts';
import {
  describeJson,
  isJsonArray,
  isJsonObject,
  type JsonValue,
  type NamedBytes,
  parseJson,
  refuseLongText,
} from './json-text.ts';
import { mediaPipeFrames, readMediaPipe } from './mediapipe.ts';
import { isMmPose, readMmPose, readMmPoseFrames } from './mmpose.ts';
import { isMoveApi, readMoveApi } from './move-api.ts';
import { readOpenPose } from './openpose.ts';

const KNOWN =
  'OpenPose, MediaPipe, MMPose, AlphaPose, EasyMocap, Move, or positions as [frame][joint][x, y, z]';

/**
 * Joint positions in one JSON file, from whichever program.
 * @throws FormatError with what was found where it is none of the known forms
 */
export function readPointJson(bytes: Uint8Array, source: string): ParsedFile {
  const value = parseJson(bytes, source);
  const single = [{ frame: 0, place: 'frame 0', value }];
  if (isOpenPose(value)) return readOpenPose(single, source);
  if (isAlphaPoseDict(value)) return readAlphaPoseDict(value, source);
  if (isAlphaPose(value)) return readAlphaPose(value, source);
  if (isEasyMocap(value)) return readEasyMocap(single, source);
  if (isMmPose(value)) return readMmPose(value, source);
  if (isMoveApi(value)) return readMoveApi(value, source);
  const mediaPipe = mediaPipeFrames(value);
  if (mediaPipe !== null) return readMediaPipe(numbered(mediaPipe.frames), mediaPipe.facts, source);
  return readGenericJson(value, source);
}

/**
 * One clip in a set of JSON files, one per frame: OpenPose's, EasyMocap's, MediaPipe's or MMPose's. The last number in
 * a file's name is its frame; frames without a file are gaps.
 */
export function readPointJsonSet(files: readonly NamedBytes[], source: string): ParsedFile {
  if (files.length === 1) return readPointJson(files[0].bytes, files[0].name);
  refuseLongText(
    files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    source,
  );
  const frames = sortedFrames(files, source).map(
    ({ frame, file }): JsonFrame => ({ frame, place: file.name, value: parseJson(file.bytes, file.name) }),
  );
  const kind = frames.map(({ value }) => readerOf(value)).find((reader) => reader !== null);
  if (kind !== undefined && kind !== null) return kind(frames, source);
  const first = describeJson(frames[0]?.value);
  throw new FormatError(source, frames[0]?.place ?? 'files', `${first}: no known form of one frame`, KNOWN);
}

type FrameReader = (frames: readonly JsonFrame[], source: string) => ParsedFile;

function readerOf(value: JsonValue): FrameReader | null {
  if (isOpenPose(value)) return readOpenPose;
  if (isEasyMocap(value)) return readEasyMocap;
  if (isMmPose(value)) return (frames, source) => readMmPoseFrames(frames, source);
  if (isJsonArray(value) && value.length === 0) return null;
  return mediaPipeFrames(value) === null
    ? null
    : (frames, source) => readMediaPipe(frames, { fps: null, imageSize: null }, source);
}

function isOpenPose(value: JsonValue): boolean {
  return isJsonObject(value) && isJsonArray(value.people);
}

function numbered(frames: readonly JsonValue[]): JsonFrame[] {
  return frames.map((value, frame) => ({ frame, place: `frame ${frame}`, value }));
}

/** Files of one clip in the order of their frames. @throws FormatError for files of two clips, and without numbers */
export function sortedFrames(
  files: readonly NamedBytes[],
  source: string,
): { frame: number; file: NamedBytes }[] {
  const frames = files.map((file) => {
    const name = file.name.slice(Math.max(file.name.lastIndexOf('/'), file.name.lastIndexOf('\\')) + 1);
    // `walk_000000000012_keypoints.json`: not the 2 of a name like keypoints2.
    const [, clip, digits] = /^(.*?)(\d+)(?:_keypoints)?\.json$/i.exec(name) ?? [];
    if (digits === undefined || digits.length > 15)
      throw new FormatError(
        source,
        file.name,
        'the name has no frame number',
        'name files as clip_000012.json',
      );
    return { frame: Number(digits), clip, file };
  });
  const other = frames.find(({ clip }) => clip !== frames[0].clip);
  if (other !== undefined) {
    const problem = `files of two clips: ${frames[0].file.name} and ${other.file.name}`;
    throw new FormatError(source, other.file.name, problem, 'open the files of one clip');
  }
  const sorted = frames.toSorted((a, b) => a.frame - b.frame);
  const twice = sorted.findIndex(({ frame }, at) => at > 0 && frame === sorted[at - 1].frame);
  if (twice > 0)
    throw new FormatError(
      source,
      sorted[twice].file.name,
      `frame ${sorted[twice].frame} is there twice`,
      'open the files of one clip',
    );
  return sorted;
}
