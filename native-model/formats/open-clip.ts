import { PoseMendError } from '../../contract/errors.ts';
import type { InputFormat } from '../../contract/file-kinds.ts';
import { fileNamePart } from '../../contract/file-names.ts';
import type { FrameRange } from '../../motion/edits/slice.ts';
import type { UpName } from '../../motion/formats/axes.ts';
import { isPositionArray } from '../../motion/formats/npy-positions.ts';
import type { ParsedFile } from '../../motion/formats/tracks.ts';
import type { LengthUnit } from '../../motion/formats/unit-guess.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';
import { liftClip } from '../lift/lift-clip.ts';
import { hashSource } from '../pvd/ingest.ts';
import type { ClipSource } from './clip-source.ts';
import { openBvh } from './open-bvh.ts';
import { openNpy } from './open-npy.ts';
import { openTrack } from './open-track.ts';
import { type ClipFile, readClipFile } from './read-clip-file.ts';
import { readTracks } from './read-tracks.ts';

/** What a user says about a file; what is left out is guessed, and the guess is shown with its reason. */
export interface OpenOptions {
  readonly layout?: LayoutName;
  /** Frames per second; overrules the file. */
  readonly fps?: number;
  readonly unit?: LengthUnit;
  /** A BVH is Y up or Z up; positions can also have a camera's axes, `-y`, or any other. */
  readonly up?: UpName;
  /** The text of a joint map file and its path, for messages. */
  readonly jointMap?: { readonly text: string; readonly source: string };
  /** Name of the ROOT to use where a BVH has several. */
  readonly root?: string;
  /** Which of several people or animations, by id; whoever is seen the longest by default. */
  readonly person?: string;
  /** Whether 2D keypoints are lifted to 3D. */
  readonly lift?: boolean;
  /** Path of the user's own body model file. */
  readonly bodyModel?: string;
}

/** A clip as the program works on it: metres, Y up, body-17. */
export interface OpenedClip {
  readonly path: string;
  /** File name without its suffix. */
  readonly name: string;
  readonly format: InputFormat;
  readonly frameCount: number;
  /** Seconds per frame. */
  readonly frameTime: number;
  /** Calibration frames (T-pose) before the motion; they stay as they are. */
  readonly leadFrames: number;
  readonly dimensions: 2 | 3;
  readonly layout: LayoutName | null;
  /** Metres, Y up, [frame][17][xyz]; NaN where the source saw no joint. Empty for 2D. */
  readonly body17: Float64Array;
  /** Which body-17 joints the source does not have itself. */
  readonly derived: readonly boolean[];
  /** Frames in which the person was not seen at all. */
  readonly gaps: readonly FrameRange[];
  /** What was found in the file, with reasons, to be shown. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What a user should read. */
  readonly notices: readonly string[];
  /** SHA-256 of the file. */
  readonly sourceHash: string;
  readonly source: ClipSource;
}

/** What a format's opener adds to the file's identity. */
export interface ClipContent extends Omit<OpenedClip, 'path' | 'name' | 'format' | 'sourceHash'> {
  /** Of 2D keypoints, where it is known: width and height of the picture, pixels. */
  readonly imageSize?: readonly [width: number, height: number];
  /** Whose motion it is, where the file holds several. */
  readonly person?: string;
}

/**
 * Opens a clip of any format.
 * @throws FormatError where the content is wrong, PoseMendError where the file cannot be read.
 */
export async function openClip(path: string, options: OpenOptions = {}): Promise<OpenedClip> {
  const file = await readClipFile(path);
  const { format, name } = file;
  const hash = hashOf(file);
  const { imageSize, person, ...found } = await contentOf(file, hash, options);
  const isLifted = options.lift === true && found.dimensions === 2;
  const content = isLifted
    ? await liftedOnce([path, hash, person, found.layout, found.frameTime].join('\n'), () =>
        liftClip(found, path, imageSize ?? null),
      )
    : found;
  if (person === undefined) return { path, name, format, ...content, sourceHash: hash };
  // What is written of several people has several names, and each of them is a motion of its own.
  const own = `${name}-${fileNamePart(person)}`;
  return { path, name: own, format, ...content, sourceHash: hashSource(Buffer.from(`${hash} ${person}`)) };
}

async function contentOf(file: ClipFile, hash: string, options: OpenOptions): Promise<ClipContent> {
  const { bytes, path, name, format } = file;
  const isBvh = format === 'bvh';
  if (isBvh || isPlainArray(file, options.layout)) {
    if (options.person !== undefined) {
      const advice = 'leave out --person; who performs a clip is --performer';
      throw new PoseMendError(
        'usage',
        `${path}: it holds one clip, and no '${options.person}' to choose; ${advice}`,
      );
    }
    return isBvh ? openBvh(bytes, path, name, options) : openNpy(bytes, path, options);
  }
  return openTrack(await tracksOf(file, hash), path, name, options);
}

/** The ids of everyone in a file, or of its animations; one id or none where there is nothing to choose. */
export async function peopleIn(path: string): Promise<readonly string[]> {
  const file = await readClipFile(path);
  if (file.format === 'bvh' || isPlainArray(file, undefined)) return [];
  return (await tracksOf(file)).tracks.map(({ id }) => id);
}

/** Whether a file is an NPY of joint positions, and nothing that needs more of a look. */
export function isPlainArray({ format, bytes, path }: ClipFile, layout: LayoutName | undefined): boolean {
  return format === 'npy' && isPositionArray(bytes, path, layout);
}

/** The file read last: a dialog asks for one file again and again, each time read another way. */
let last: { readonly key: string; readonly parsed: ParsedFile } | null = null;
/** Larger files are read again rather than kept. */
const MOST_KEPT_BYTES = 1e8;

/** `readTracks`, from memory where the file is the one asked for before. */
export async function tracksOf(file: ClipFile, hash = hashOf(file)): Promise<ParsedFile> {
  const key = `${file.path}\n${hash}`;
  if (last?.key === key) return last.parsed;
  last = null;
  const parsed = await readTracks(file);
  const bytes = file.parts?.reduce((sum, part) => sum + part.bytes.length, 0) ?? file.bytes.length;
  if (bytes <= MOST_KEPT_BYTES) last = { key, parsed };
  return parsed;
}

/** What was lifted last: a dialog shows it before it is opened, and a network is not asked twice. */
let lastLift: { readonly key: string; readonly content: Promise<ClipContent> } | null = null;

async function liftedOnce(key: string, lift: () => Promise<ClipContent>): Promise<ClipContent> {
  if (lastLift?.key !== key) lastLift = { key, content: lift() };
  const asked = lastLift;
  try {
    return await asked.content;
  } catch (error) {
    if (lastLift === asked) lastLift = null;
    throw error;
  }
}

function hashOf({ bytes, parts }: ClipFile): string {
  if (parts === null) return hashSource(bytes);
  return hashSource(
    Buffer.from(parts.map(({ name, bytes: part }) => `${name} ${hashSource(part)}`).join('\n')),
  );
}
