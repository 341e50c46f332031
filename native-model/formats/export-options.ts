import type { ExportFormat } from '../../contract/file-kinds.ts';
import type { FrameRange } from '../../motion/edits/slice.ts';
import type { RigNames, RootMotion } from '../../motion/rig/rig.ts';

/** How a clip is written. */
export interface ExportOptions {
  readonly format: ExportFormat;
  /** First and last frame, inclusive; the whole clip by default. */
  readonly range?: FrameRange;
  /** Frames per second to resample to; the clip's own by default. */
  readonly fps?: number;
  /** Unit of what is written; `as-input` by default. A new BVH is in centimetres, positions of a skeleton in metres. */
  readonly unit?: 'as-input' | 'mm' | 'cm' | 'm';
  /** Up axis of what is written; `as-input` by default. New files are Y up. */
  readonly up?: 'as-input' | 'y' | 'z';
  /** Names of the joints of a BVH, FBX or GLB; the clip's own by default. */
  readonly names?: RigNames;
  /** Where the path over the floor goes in a BVH, FBX or GLB; `hips` by default. */
  readonly rootMotion?: RootMotion;
  /** Leaves out keys of an FBX or GLB that move no joint by more than this, mm; by default every frame is a key. */
  readonly keyErrorMm?: number;
  /** Whether a BVH begins with a frame in the rest pose, which is then a T-pose. */
  readonly restFrame?: boolean;
}

/** Whether a BVH asks for more than its own hierarchy: then it is written on a new one, with a T-pose at rest. */
export function isNewRig({
  names = 'as-input',
  rootMotion = 'hips',
  restFrame = false,
}: ExportOptions): boolean {
  return names !== 'as-input' || rootMotion !== 'hips' || restFrame;
}

/** Formats of a motion alone: a T-pose before it is left out, as their rest pose is one. */
export function dropsLead(format: ExportFormat): boolean {
  return format === 'fbx' || format === 'glb' || format === 'smpl';
}

/** The frames that are written, first and last. */
export function exportRange(
  { frameCount, leadFrames }: { readonly frameCount: number; readonly leadFrames: number },
  { range, format }: ExportOptions,
): FrameRange {
  return range ?? [dropsLead(format) ? Math.min(leadFrames, frameCount - 1) : 0, frameCount - 1];
}
