import { z } from 'zod';
import { FOOT_LOCK_MODES } from '../motion/contact/foot-lock.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { type Bytes, ClipId } from './clips.ts';
import type { RefineReport } from './report.ts';

const frame = z.number().int().nonnegative();

/** What the inspector holds and Refine sends. Absent library: the one that ships with the product. */
export const RefineChoices = z.strictObject({
  model: z.string().min(1).max(60),
  /** 0 gives the input back, 1 the full refinement. */
  strength: z.number().min(0).max(1),
  /** First and last frame, inclusive; absent: the whole clip. */
  range: z.tuple([frame, frame]).optional(),
  featherFrames: z.number().int().min(0).max(10_000),
  /** Body-17 joints that are refined; absent: all. */
  joints: z.array(z.boolean()).length(BODY17_COUNT).optional(),
  /** Whether standing feet are held in place, and how firmly; absent: off. */
  footLock: z.enum(FOOT_LOCK_MODES).optional(),
  useLibrary: z.boolean(),
  /** Only references carrying every tag are consulted. */
  tags: z.array(z.string().min(1).max(100)).max(50),
  /** Who performs the clip; references of this person are not consulted. */
  person: z.string().max(200).optional(),
  device: z.enum(['auto', 'cpu', 'cuda', 'dml', 'coreml', 'webgpu']),
});
export type RefineChoices = z.infer<typeof RefineChoices>;

/** A result beside its clip, without its frames. */
export interface TakeInfo {
  readonly id: string;
  readonly clip: string;
  readonly choices: RefineChoices;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  /** Everything of the report that is not an array over frames. */
  readonly report: Omit<RefineReport, 'pqe' | 'pqeJoints' | 'expectedErrorMm' | 'expectedErrorAfterMm'>;
}

/** What a take says about every frame. */
export interface TakeQuality {
  /** 0..1, 1 = good, [frame]. */
  readonly pqe: Float32Array;
  /** [frame][17]. */
  readonly pqeJoints: Float32Array;
  /** Expected error of the input, mm, [frame]; empty where it is unknown. */
  readonly expectedErrorMm: Float32Array;
  /** Expected error left in what is written, mm, [frame]; empty where it is unknown. */
  readonly expectedErrorAfterMm: Float32Array;
  /**
   * The frame's expected error shared out to its joints, mm, [frame][17]; its mean over joints is the frame's. Where
   * no error is known, the size of what the shares are made of: correction and disagreement.
   */
  readonly jointErrorMm: Float32Array;
}

/** What a running refine says. The last event is `done`; a failure or a cancel ends the stream with an error instead. */
export type RefineEvent =
  | { readonly kind: 'queued'; readonly jobsAhead: number }
  | {
      readonly kind: 'progress';
      readonly stage: string;
      /** 0..1 over the whole job. */
      readonly share: number;
      /** Null until it can be told. */
      readonly secondsLeft: number | null;
    }
  | { readonly kind: 'done'; readonly take: TakeInfo };

export const ReferenceQuery = z.strictObject({
  clip: ClipId,
  frame,
  count: z.number().int().min(1).max(24),
  model: z.string().min(1).max(60),
  tags: z.array(z.string().min(1).max(100)).max(50),
  person: z.string().max(200).optional(),
});
export type ReferenceQuery = z.infer<typeof ReferenceQuery>;

/** A clean window that resembles the clip around a frame. */
export interface ReferenceItem {
  readonly entry: number;
  readonly clip: string;
  readonly person: string;
  /** Frames of the entry's own source, both inclusive. */
  readonly startFrame: number;
  readonly endFrame: number;
  /** Frames per second of that source. */
  readonly fps: number;
  readonly licence: string;
  readonly tags: readonly string[];
  /** L2 of the retrieval vectors. */
  readonly distance: number;
}

export interface ReferenceAnswer {
  /** Frames of the clip the window holds. */
  readonly frames: readonly number[];
  /** Nearest first. */
  readonly items: readonly ReferenceItem[];
  /** Packed arrays: `poses` float32, metres, Y up, in the clip's own place, [item][window frame][17][xyz]. */
  readonly poses: Bytes;
}
