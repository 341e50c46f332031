import { z } from 'zod';
import { RIG_NAMES, ROOT_MOTIONS } from '../motion/rig/rig.ts';
import { ClipId, TakeId } from './clips.ts';
import { EXPORT_FORMATS } from './file-kinds.ts';

const frame = z.number().int().nonnegative();

/** Programs an export can be made for. */
export const EXPORT_PRESETS = ['blender', 'unity', 'unreal', 'maya'] as const;
export type ExportPreset = (typeof EXPORT_PRESETS)[number];

/** What the export dialog holds. */
export const ExportChoices = z.strictObject({
  clip: ClipId,
  /** The takes to write, one file each or, in FBX and GLB, all in one; none with `raw` alone. */
  takes: z
    .array(TakeId)
    .max(50)
    .refine((takes) => new Set(takes).size === takes.length, 'a take is listed twice'),
  /** Whether the input is written as well. */
  raw: z.boolean(),
  format: z.enum(EXPORT_FORMATS),
  range: z.tuple([frame, frame]).optional(),
  fps: z.number().min(0.001).max(1000).optional(),
  unit: z.enum(['as-input', 'mm', 'cm', 'm']),
  up: z.enum(['as-input', 'y', 'z']),
  /** The program the files are for; its script is written beside them. */
  preset: z.enum(EXPORT_PRESETS).optional(),
  /** Names of the joints of a BVH, FBX or GLB. */
  names: z.enum(RIG_NAMES).optional(),
  /** Where the path over the floor goes in a BVH, FBX or GLB. */
  rootMotion: z.enum(ROOT_MOTIONS).optional(),
  /** Keys that move no joint by more than this are left out of an FBX or GLB, mm; 0 or absent: every frame is a key. */
  keyErrorMm: z.number().min(0).max(1000).optional(),
  /** Whether a BVH starts with a frame in the rest pose. */
  restFrame: z.boolean().optional(),
});
export type ExportChoices = z.infer<typeof ExportChoices>;

export interface ExportedFile {
  readonly name: string;
  /** The takes a clip file holds, null for the input; empty for a script that imports one. */
  readonly takes: readonly (string | null)[];
}

/** What an export would write. */
export interface ExportDescription {
  readonly files: readonly ExportedFile[];
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
