import type { FrameRange } from '../../motion/edits/slice.ts';
import type { ExportOptions, ExportPlan } from './export-clip.ts';
import type { OpenedClip } from './open-clip.ts';

/** What the remarks are about. */
export interface PlannedExport extends Omit<ExportPlan, 'remarks'> {
  readonly range: FrameRange;
  readonly isResampled: boolean;
}

/** What a user should know before a file is written: what is kept, what changes. */
export function exportRemarks(
  clip: OpenedClip,
  options: ExportOptions,
  plan: PlannedExport,
): readonly string[] {
  return [
    hierarchyRemark(clip, options),
    ...rangeRemarks(clip, plan),
    ...rateRemarks(clip, options, plan),
    ...unitRemarks(clip, options, plan),
  ];
}

function hierarchyRemark({ format, source }: OpenedClip, options: ExportOptions): string {
  if (options.format === 'bvh' && format === 'bvh')
    return 'Names, hierarchy and channel order stay as in the input.';
  if (options.format === 'bvh') {
    return 'Positions get a skeleton of median bone lengths in a T-pose: limbs twist as knees and elbows bend, hands and feet follow forearm and shin, missing joints are filled in.';
  }
  if (format === 'bvh')
    return 'Only positions of the 17 body joints are written; rotations, fingers and face are not.';
  if (source.kind === 'positions' && source.original.array.dtype.kind !== 'f')
    return 'Joints and shape stay as in the input; whole numbers become fractions (float32 or wider).';
  return 'Joints, shape and missing values stay as in the input.';
}

function rangeRemarks(clip: OpenedClip, { range: [first, last] }: PlannedExport): string[] {
  const remarks: string[] = [];
  if (first > 0 || last < clip.frameCount - 1)
    remarks.push(`Frames ${first} to ${last} of 0 to ${clip.frameCount - 1} are written.`);
  const { leadFrames } = clip;
  if (leadFrames === 0) return remarks;
  if (first >= leadFrames) remarks.push('The T-pose before the motion is cut off.');
  else if (first === 0) remarks.push('The T-pose before the motion is kept.');
  else remarks.push('Part of the leap out of the T-pose is kept; begin at frame 0 or behind it.');
  return remarks;
}

function rateRemarks(clip: OpenedClip, options: ExportOptions, plan: PlannedExport): string[] {
  if (options.fps === undefined) return [];
  if (!plan.isResampled) {
    const isExact = Math.abs(options.fps * clip.frameTime - 1) < 1e-9;
    if (plan.format !== 'bvh' || isExact) return [];
    return [`The frames stay as they are; Frame Time becomes exactly 1/${options.fps} s.`];
  }
  const how =
    plan.format === 'bvh' ? 'rotations by slerp, positions linearly' : 'positions linearly, gaps stay gaps';
  const own = Number((1 / clip.frameTime).toFixed(2));
  const remarks = [`Resampled from ${own} to ${Number(options.fps.toFixed(2))} frames per second: ${how}.`];
  if (options.fps < own) remarks.push('Motion faster than the new rate can show is lost.');
  if (plan.range[0] < clip.leadFrames) remarks.push('The T-pose is held, not blended into the motion.');
  return remarks;
}

function unitRemarks(clip: OpenedClip, options: ExportOptions, plan: PlannedExport): string[] {
  if (clip.dimensions === 2) return [];
  const isNew = clip.format !== plan.format;
  const isUnitChosen = options.unit !== undefined && options.unit !== 'as-input';
  const isUpChosen = options.up !== undefined && options.up !== 'as-input';
  if (!isUnitChosen && !isUpChosen && !isNew) return [];
  return [`Written in ${plan.unit}, ${plan.up.toUpperCase()} up.`];
}
