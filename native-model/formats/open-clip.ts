import type { UpName } from '../../motion/formats/axes.ts';
import type { LengthUnit } from '../../motion/formats/unit-guess.ts';
import type { LayoutName } from '../../motion/skeleton/layouts.ts';
import { hashSource } from '../pvd/ingest.ts';
import type { ClipSource } from './clip-source.ts';
import { openBvh } from './open-bvh.ts';
import { openNpy } from './open-npy.ts';
import { readClipFile } from './read-clip-file.ts';

export type Format = 'bvh' | 'npy';

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
}

/** A clip as the program works on it: metres, Y up, body-17. */
export interface OpenedClip {
  readonly path: string;
  /** File name without its suffix. */
  readonly name: string;
  readonly format: Format;
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
  /** What was found in the file, with reasons, to be shown. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What a user should read. */
  readonly notices: readonly string[];
  /** SHA-256 of the file. */
  readonly sourceHash: string;
  readonly source: ClipSource;
}

/** What a format's opener adds to the file's identity. */
export type ClipContent = Omit<OpenedClip, 'path' | 'name' | 'format' | 'sourceHash'>;

/**
 * Opens a BVH or NPY file.
 * @throws FormatError where the content is wrong, PoseMendError where the file cannot be read.
 */
export async function openClip(path: string, options: OpenOptions = {}): Promise<OpenedClip> {
  const { bytes, format, name } = await readClipFile(path);
  const content = format === 'bvh' ? openBvh(bytes, path, name, options) : openNpy(bytes, path, options);
  return {
    path,
    name,
    format,
    ...content,
    sourceHash: hashSource(bytes),
  };
}
