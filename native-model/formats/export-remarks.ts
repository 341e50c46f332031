import { holdsSeveralTakes, isRigFormat } from '../../contract/file-kinds.ts';
import type { FrameRange } from '../../motion/edits/slice.ts';
import type { RootMotion } from '../../motion/rig/rig.ts';
import { bvhOriginal, smplOriginal } from './clip-source.ts';
import type { ExportPlan } from './export-clip.ts';
import { dropsLead, type ExportOptions, exportRange, isNewRig } from './export-options.ts';
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
    contentRemark(clip, options),
    ...rigRemarks(clip, options),
    ...gapRemarks(clip, options),
    ...rangeRemarks(clip, plan),
    ...rateRemarks(clip, options, plan),
    ...unitRemarks(clip, options, plan),
  ];
}

const TWIST =
  'limbs twist as knees and elbows bend, hands and feet follow forearm and shin, because positions say nothing of twist';

function contentRemark(clip: OpenedClip, options: ExportOptions): string {
  const { source } = clip;
  const { format } = options;
  if (format === 'smpl') {
    if (smplOriginal(source) !== null)
      return 'Rotations, shape and gender of the body model; joints that were not refined keep their rotations.';
    return `SMPL-H rotations of an average body, solved for the positions of the 17 body joints: ${TWIST}; hands rest.`;
  }
  if (isRigFormat(format)) {
    if (source.kind === 'positions')
      return `Positions get a skeleton of median bone lengths in a T-pose: ${TWIST}; missing joints are filled in.`;
    if (format !== 'bvh' || isNewRig(options))
      return 'All joints of the clip with their motion; the rest pose becomes a T-pose, the positions stay the same.';
    if (bvhOriginal(source) !== null) return 'Names, hierarchy and channel order stay as in the input.';
    return 'All joints of the clip with their motion, in its own rest pose.';
  }
  if (source.kind === 'skeleton') {
    if (format === 'csv' || format === 'trc')
      return 'Positions of all joints of the skeleton are written; rotations are not.';
    return 'Only positions of the 17 body joints are written; rotations, fingers and face are not.';
  }
  if (format !== 'npy') return 'Joints and missing values stay as in the input.';
  if (source.original.array.dtype.kind !== 'f')
    return 'Joints and shape stay as in the input; whole numbers become fractions (float32 or wider).';
  return 'Joints, shape and missing values stay as in the input.';
}

const ROOT_REMARKS: Readonly<Record<RootMotion, string | null>> = {
  hips: null,
  root: 'A root joint on the floor carries the path and the heading; the hips move relative to it.',
  'in-place': 'The hips stay over one point of the floor; height and heading are kept.',
};

function rigRemarks(clip: OpenedClip, options: ExportOptions): string[] {
  const { format, names = 'as-input', rootMotion = 'hips', keyErrorMm = 0 } = options;
  const remarks: string[] = [];
  if (holdsSeveralTakes(format))
    remarks.push(
      'A small figure is bound to the skeleton, so that it is seen and its T-pose survives the import.',
    );
  if (names !== 'as-input') remarks.push(`Joints are named as ${NAME_TITLES[names]} names them.`);
  const root = ROOT_REMARKS[rootMotion];
  if (root !== null) remarks.push(root);
  if (keyErrorMm > 0)
    remarks.push(`Keys are left out where that moves no joint by more than ${keyErrorMm} mm in any frame.`);
  if (options.restFrame === true) remarks.push('The first frame is the T-pose.');
  if (clip.leadFrames > 0 && dropsLead(format) && exportRange(clip, options)[0] >= clip.leadFrames)
    remarks.push('The T-pose before the motion is the rest pose.');
  return remarks;
}

const NAME_TITLES = { mixamo: 'Mixamo', humanik: 'HumanIK', unreal: "Unreal's Manny" } as const;

function gapRemarks({ gaps }: OpenedClip, { format }: ExportOptions): string[] {
  if (gaps.length === 0) return [];
  const isBridged = isRigFormat(format) || format === 'smpl';
  return [
    isBridged
      ? 'Frames in which nobody was seen are bridged.'
      : 'Frames in which nobody was seen stay empty.',
  ];
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
    isRigFormat(plan.format) || plan.format === 'smpl'
      ? 'rotations by slerp, positions linearly'
      : 'positions linearly, gaps stay gaps';
  const own = Number((1 / clip.frameTime).toFixed(2));
  const remarks = [`Resampled from ${own} to ${Number(options.fps.toFixed(2))} frames per second: ${how}.`];
  if (options.fps < own) remarks.push('Motion faster than the new rate can show is lost.');
  if (plan.range[0] < clip.leadFrames) remarks.push('The T-pose is held, not blended into the motion.');
  return remarks;
}

function unitRemarks(clip: OpenedClip, options: ExportOptions, plan: PlannedExport): string[] {
  // FBX, GLB and SMPL have their own, which their readers know.
  if (clip.dimensions === 2 || dropsLead(plan.format)) return [];
  const isNew = clip.format !== plan.format || isNewRig(options);
  const isUnitChosen = options.unit !== undefined && options.unit !== 'as-input';
  const isUpChosen = options.up !== undefined && options.up !== 'as-input';
  if (!isUnitChosen && !isUpChosen && !isNew) return [];
  return [`Written in ${plan.unit}, ${plan.up.toUpperCase()} up.`];
}
