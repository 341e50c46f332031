import { type NamedBytes, parseJson } from './points/json-text.ts';
import { readPointJson, readPointJsonSet, sortedFrames } from './points/read-json.ts';
import { isEasyMocapSmpl, readEasyMocapSmpl } from './smpl/easymocap.ts';
import type { ParsedFile } from './tracks.ts';

/** Larger files are no single frame of a body model. */
const MOST_FRAME_BYTES = 1e6;

/**
 * The motion in one JSON, or in a set of one JSON per frame: a body model's rotations or joint positions.
 * @param source the file's or the folder's path, for messages
 */
export function readJsonMotion(files: readonly NamedBytes[], source: string): ParsedFile {
  const [first] = files;
  const name = files.length === 1 ? source : first.name;
  const isSmpl = first.bytes.length < MOST_FRAME_BYTES && isEasyMocapSmpl(parseJson(first.bytes, name));
  if (isSmpl) {
    const sorted = files.length === 1 ? [{ frame: 0, file: first }] : sortedFrames(files, source);
    const frames = sorted.map(({ frame, file }) => ({
      frame,
      place: file.name,
      value: parseJson(file.bytes, files.length === 1 ? source : file.name),
    }));
    const found = readEasyMocapSmpl(frames, source);
    if (found !== null) return found;
  }
  return files.length === 1 ? readPointJson(first.bytes, source) : readPointJsonSet(files, source);
}
