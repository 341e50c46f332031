import { z } from 'zod';
import type { UpName } from '../motion/formats/axes.ts';
import type { LengthUnit } from '../motion/formats/unit-guess.ts';
import { LAYOUTS, type LayoutName } from '../motion/skeleton/layouts.ts';
import type { InputFormat } from './file-kinds.ts';

/** Bytes as a platform's own Blob: what crosses a process border instead of JSON numbers. */
export interface Bytes {
  readonly size: number;
  arrayBuffer(): Promise<ArrayBuffer>;
}

/**
 * A file the user picked, dropped or named on the command line, as its host registered it. The engine opens
 * nothing else, and the window never sees or says a path.
 */
export const FileToken = z.string().min(1).max(100);
export const ClipId = z.string().regex(/^clip-[\w-]{1,60}$/);
export const TakeId = z.string().regex(/^take-[\w-]{1,60}$/);

const LAYOUT_NAMES = Object.keys(LAYOUTS) as [LayoutName, ...LayoutName[]];

/** What a user says about a file; what is left out is guessed. */
export const OpenChoices = z.strictObject({
  layout: z.enum(LAYOUT_NAMES).optional(),
  fps: z.number().min(0.001).max(1000).optional(),
  unit: z.enum(['mm', 'cm', 'm', 'inch', 'cmu']).optional(),
  up: z.enum(['y', '-y', 'z', '-z', 'x', '-x']).optional(),
  /** Name of the ROOT to use where a BVH has several. */
  root: z.string().max(200).optional(),
  /** Which of several people or animations, by `id`; the first by default. */
  person: z.string().max(200).optional(),
  /** Whether 2D keypoints are lifted to 3D; they stay 2D by default. */
  lift: z.boolean().optional(),
  /** The user's own SMPL, SMPL-H or SMPL-X model file, for exact proportions; average ones by default. */
  bodyModel: FileToken.optional(),
});
export type OpenChoices = z.infer<typeof OpenChoices>;

/** Something found in a file or said about a clip, with its reason. */
export interface Fact {
  readonly name: string;
  readonly value: string;
}

/** How a clip is drawn: joints and the lines between them. */
export interface Drawing {
  readonly names: readonly string[];
  /** Pairs of joint indices. */
  readonly bones: readonly (readonly [number, number])[];
  /** Which drawn joint stands for each body-17 joint; -1 if none does. */
  readonly body17: readonly number[];
}

/** An open clip, without its frames. */
export interface ClipInfo {
  readonly id: string;
  readonly name: string;
  /** File name with its suffix. */
  readonly fileName: string;
  readonly format: InputFormat;
  /** Whether it has rotations on a skeleton or positions only. */
  readonly kind: 'skeleton' | 'positions';
  readonly frameCount: number;
  /** Seconds per frame. */
  readonly frameTime: number;
  /** Calibration frames (T-pose) before the motion; they stay as they are. */
  readonly leadFrames: number;
  readonly dimensions: 2 | 3;
  readonly facts: readonly Fact[];
  readonly notices: readonly string[];
  readonly drawing: Drawing;
  /** Which body-17 joints the file does not have itself. */
  readonly derived: readonly boolean[];
}

/** A guess about a file, with what it rests on. */
export interface Guess<T> {
  readonly value: T;
  readonly reason: string;
  readonly confidence: 'high' | 'low';
}

/** What the import dialog starts from. */
export interface ImportGuess {
  readonly format: InputFormat;
  readonly name: string;
  /** What the file is, for a user: `BVH skeleton and motion`, `WHAM results`, with what tells so. */
  readonly producer: Guess<string>;
  readonly kind: 'skeleton' | 'positions';
  /** Everyone in the file, or every animation; with one there is nothing to choose. */
  readonly people: readonly {
    readonly id: string;
    readonly frameCount: number;
    /** Frames in which the person was seen. */
    readonly seenFrames: number;
  }[];
  /** Whose motion the rest is about. */
  readonly person: string;
  /** What several entries of `people` are. */
  readonly peopleAre: 'people' | 'animations';
  /** ROOTs of a BVH; one or none elsewhere. */
  readonly roots: readonly string[];
  /** Whether 2D keypoints can be lifted to 3D. */
  readonly canLift: boolean;
  /** Whether the user's own body model file would give exact proportions. */
  readonly takesBodyModel: boolean;
  /** Which of the choices apply: a BVH has no layout, a GLB no unit to be said. */
  readonly asks: readonly ('layout' | 'fps' | 'unit' | 'up')[];
  /** Of the array in the file; null where it has no shape to speak of. */
  readonly shape: readonly number[] | null;
  readonly dimensions: 2 | 3;
  readonly frameCount: number;
  /** Null where joints have names or are a model's own, and where several candidates are as likely. */
  readonly layout: Guess<LayoutName | null> & { readonly candidates: readonly LayoutName[] };
  readonly fps: Guess<number>;
  readonly unit: Guess<LengthUnit>;
  readonly up: Guess<UpName>;
  /** The dialog may be left out: nothing about the file is a guess. */
  readonly isCertain: boolean;
}

/** The first frames of a file under some choices. */
export interface ImportPreview {
  readonly drawing: Drawing;
  readonly facts: readonly Fact[];
  readonly notices: readonly string[];
  readonly frameCount: number;
  readonly frameTime: number;
  /** Packed arrays: `positions` float32, metres, Y up, [frame][joint][xyz]. */
  readonly frames: Bytes;
}
