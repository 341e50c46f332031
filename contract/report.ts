/** A stretch of frames the program marks as bad. Frames are inclusive, `worst` is the worst frame in it. */
export interface LowQualitySpan {
  readonly start: number;
  readonly end: number;
  readonly worst: number;
}

/** A foot stands from frame `start` to `end`, both inclusive; `locked` where it was held in place. */
export interface ReportedContact {
  readonly foot: 'left' | 'right';
  readonly start: number;
  readonly end: number;
  readonly locked: boolean;
}

/** A clean window consulted for frames `start`..`end` (inclusive). `distance` is the L2 of the retrieval vectors. */
export interface ReferenceUse {
  readonly start: number;
  readonly end: number;
  readonly entry: number;
  readonly clip: string;
  readonly distance: number;
}

/** Means over frames and body-17 joints, of the input and of what is written. 0 where it cannot be measured (2D). */
export interface TakeSummary {
  readonly movedMm: number;
  readonly accelBeforeMmPerFrame2: number;
  readonly accelAfterMmPerFrame2: number;
  readonly boneLengthSpreadBeforeMm: number;
  readonly boneLengthSpreadAfterMm: number;
  /** Mean jerk in the world, m/s³ (motion/metrics/jitter.ts), lead frames left out. */
  readonly jitterBeforeMPerS3: number;
  readonly jitterAfterMPerS3: number;
  /** Travel of standing ankles, for both in the sure contacts of the full refinement (motion/contact/foot-contacts.ts). */
  readonly footSlideBeforeMmPerFrame: number;
  readonly footSlideAfterMmPerFrame: number;
  /** Means of the report's expected errors; 0 where they are unknown (filters). */
  readonly expectedErrorBeforeMm: number;
  readonly expectedErrorAfterMm: number;
  /** Root-relative extent of the joints' motion, after over before (motion/metrics/range-of-motion.ts). */
  readonly rangeOfMotionKeptPercent: number;
}

/** What a refine did, as data. The command line writes it with `--report FILE.json`. */
export interface RefineReport {
  readonly frames: number;
  readonly fps: number;
  readonly model: string;
  readonly modelVersion: string;
  readonly device: string;
  /** 0..1 per frame, 1 = good; normalised over the whole clip (SynSP++, equation 4; motion/quality/pqe.ts). */
  readonly pqe: readonly number[];
  /** [frame][body-17 joint]. */
  readonly pqeJoints: readonly (readonly number[])[];
  /** Expected error of the input, mm, per frame; calibrated on the validation split. */
  readonly expectedErrorMm: readonly number[];
  /** Expected error left in the result, mm, per frame. */
  readonly expectedErrorAfterMm: readonly number[];
  readonly lowQuality: readonly LowQualitySpan[];
  /** When feet stand in the refined motion, left foot first; empty for 2D. */
  readonly footContacts: readonly ReportedContact[];
  readonly references: readonly ReferenceUse[];
  readonly timingsMs: Readonly<Record<string, number>>;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly library: { readonly path: string; readonly entries: number; readonly version: string } | null;
  readonly summary: TakeSummary;
  /** Notices a user should read: fall-backs, derived joints, unit guesses. */
  readonly notices: readonly string[];
}
