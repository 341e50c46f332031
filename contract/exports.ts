import { z } from 'zod';
import { ClipId, TakeId } from './clips.ts';

const frame = z.number().int().nonnegative();

/** What the export dialog holds. */
export const ExportChoices = z.strictObject({
  clip: ClipId,
  /** The takes to write, one file each; none with `raw` alone. */
  takes: z.array(TakeId).max(50),
  /** Whether the input is written as well. */
  raw: z.boolean(),
  format: z.enum(['bvh', 'npy']),
  range: z.tuple([frame, frame]).optional(),
  fps: z.number().min(0.001).max(1000).optional(),
  unit: z.enum(['as-input', 'mm', 'cm', 'm']),
  up: z.enum(['as-input', 'y', 'z']),
});
export type ExportChoices = z.infer<typeof ExportChoices>;

/** What an export would write. */
export interface ExportDescription {
  readonly files: readonly {
    readonly name: string;
    /** The take it holds; null for the input. */
    readonly take: string | null;
  }[];
  readonly frames: number;
  readonly fps: number;
  /** `m`, `cm`, `mm`, `inch`, `cmu`, or `pixels` for 2D. */
  readonly unit: string;
  /** `y`, `z`, `-y`, ..., or `as found` for 2D. */
  readonly up: string;
  /** Joints with a rotation or a position; end sites do not count. */
  readonly joints: number;
  /** Sentences a user reads before writing: what is kept and what changes. */
  readonly remarks: readonly string[];
}
