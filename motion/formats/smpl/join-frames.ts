import { FormatError } from '../../errors.ts';
import type { ParsedFile, SmplTrack } from '../tracks.ts';
import { buildSmplTrack } from './build-track.ts';

/** The file of one picture of a video, with the picture's number. */
export interface FrameFile {
  readonly frame: number;
  /** The file's name. */
  readonly place: string;
  readonly file: ParsedFile;
}

/**
 * One clip of files with one frame each, as PARE writes for a folder of pictures and SMPLify-X for each picture. Pictures
 * without a file are gaps.
 * Throws FormatError where a file has several people, as nothing tells who is who from picture to picture, more frames
 * than one, or another model than the first.
 */
export function joinSmplFrames(files: readonly FrameFile[], source: string): ParsedFile {
  const sorted = files.toSorted((a, b) => a.frame - b.frame);
  const tracks = sorted.map(({ file, place }) => {
    const [track, ...others] = file.tracks;
    if (others.length > 0) {
      throw new FormatError(
        source,
        place,
        `has ${file.tracks.length} people, and nothing tells who is who in the next picture`,
        'track the people in the video (PARE on a video, PHALP), or open the picture alone',
      );
    }
    if (track.kind !== 'smpl' || track.frameCount !== 1) {
      throw new FormatError(source, place, `is no SMPL pose of one picture (${file.producer})`);
    }
    return track;
  });
  if (tracks.length === 0) throw new FormatError(source, 'files', 'there is no file to join');
  const [first] = tracks;
  for (const [index, track] of tracks.entries()) {
    if (track.model === first.model && track.jointCount === first.jointCount && track.up === first.up)
      continue;
    throw new FormatError(source, sorted[index].place, `is ${track.model}, the first file ${first.model}`);
  }
  const warnings = [...sorted[0].file.warnings];
  const joined = buildSmplTrack(
    {
      ...first,
      rows: {
        rowCount: tracks.length,
        jointCount: first.jointCount,
        rotations: concatenate(tracks.map(({ rotations }) => rotations)),
      },
      translations: joinTranslations(tracks),
      frameIds: {
        key: 'file names',
        tensor: { shape: [tracks.length], data: Float64Array.from(sorted, ({ frame }) => frame) },
      },
    },
    source,
    warnings,
  );
  const { producer, reason } = sorted[0].file;
  return { producer, reason: `${files.length} files with ${reason}`, tracks: [joined], warnings };
}

function joinTranslations(tracks: readonly SmplTrack[]) {
  const parts = tracks.map(({ translations }) => translations);
  if (parts.includes(null)) return null;
  return {
    key: 'translations',
    tensor: { shape: [tracks.length, 3], data: concatenate(parts as Float64Array[]) },
  };
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
