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
  readonly unit: string;
  readonly up: string;
  readonly joints: number;
  /** What a user should know before writing. */
  readonly remarks: readonly string[];
}
