import { PoseMendError } from '../../contract/errors.ts';
import type { ExportDescription } from '../../contract/exports.ts';
import { type ExportFormat, holdsSeveralTakes, isRigFormat } from '../../contract/file-kinds.ts';
import { convertBvh } from '../../motion/edits/convert-bvh.ts';
import { convertNpy } from '../../motion/edits/convert-npy.ts';
import { isSameRate, nominalFps, resampledFrameCount } from '../../motion/edits/frame-rate.ts';
import { resampleBvh } from '../../motion/edits/resample-bvh.ts';
import { resampleNpy } from '../../motion/edits/resample-npy.ts';
import { checkFrameRange, sliceBvh, sliceNpy } from '../../motion/edits/slice.ts';
import { chainTurns, invertTurn, nameOfUpAxis, turnToYUp, upAxisNamed } from '../../motion/formats/axes.ts';
import type { BvhDocument } from '../../motion/formats/bvh-document.ts';
import { writeBvh } from '../../motion/formats/bvh-write.ts';
import { metresPerUnit, unitOfScale } from '../../motion/formats/unit-guess.ts';
import { FITTED_JOINT_COUNT } from '../../motion/skeleton/fitted-skeleton.ts';
import { SMPL_BODY_JOINTS } from '../../motion/skeleton/smpl/smpl-joints.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import { bvhOriginal, smplOriginal } from './clip-source.ts';
import { dropsLead, type ExportOptions, exportRange, isNewRig } from './export-options.ts';
import { exportRemarks } from './export-remarks.ts';
import { writeRig } from './export-rig.ts';
import { writeSmpl } from './export-smpl.ts';
import { namedPointCount } from './named-points.ts';
import { NEW_BVH_UNITS, withRestFrame } from './new-bvh.ts';
import type { OpenedClip } from './open-clip.ts';
import type { ExportVersion } from './skeleton-takes.ts';
import { type WholeArray, type WholeBvh, wholeArray, wholeBvh } from './whole-clip.ts';
import { writeArray } from './write-array.ts';

export type { ExportOptions } from './export-options.ts';

/** What an export would write, whatever its files are called. */
export interface ExportPlan extends Omit<ExportDescription, 'files'> {
  readonly format: ExportFormat;
}

const TITLES: Readonly<Record<ExportFormat, string>> = {
  bvh: 'BVH',
  fbx: 'FBX',
  glb: 'GLB',
  smpl: 'SMPL NPZ',
  npy: 'NPY',
  npz: 'NPZ',
  csv: 'CSV',
  trc: 'TRC',
};
const HIGHEST_FPS = 1000;
/** Files above 2 GB cannot be opened again; a channel takes about ten bytes of text. */
const MOST_VALUES = 2e8;

/**
 * What an export would write, without making it.
 * @throws PoseMendError ('usage') for choices that cannot be met.
 */
export function planExport(clip: OpenedClip, options: ExportOptions): ExportPlan {
  const { format, fps } = options;
  const { path } = clip;
  const refuse = (problem: string): never => {
    throw new PoseMendError('usage', `${path}: ${problem}`);
  };
  if (clip.dimensions === 2 && (isRigFormat(format) || format === 'smpl' || format === 'trc')) {
    refuse(`2D positions cannot become a ${TITLES[format]}, which is 3D; lift them to 3D, or write .npy`);
  }
  const isAsInput = (choice: string | undefined) => choice === undefined || choice === 'as-input';
  const hasChoice = !isAsInput(options.unit) || !isAsInput(options.up);
  if (clip.dimensions === 2 && hasChoice)
    refuse('2D positions are pixels, without unit and up axis; leave both as in the input');
  if (hasChoice && (format === 'fbx' || format === 'glb' || format === 'smpl'))
    refuse(
      `a ${TITLES[format]} has its own unit and axes, which every program knows; leave both as in the input`,
    );
  if (!isRigFormat(format) && isNewRig(options))
    refuse(`names, root motion and a rest frame are for BVH, FBX and GLB, not for a ${TITLES[format]}`);
  if (options.restFrame === true && format !== 'bvh')
    refuse(`a ${TITLES[format]} has its T-pose as its rest pose; a rest frame is for BVH`);
  if (options.keyErrorMm !== undefined && options.keyErrorMm > 0 && !holdsSeveralTakes(format))
    refuse(`a ${TITLES[format]} has a key in every frame; leave out key reduction, or write .fbx or .glb`);
  const range = exportRange(clip, options);
  try {
    checkFrameRange(range, clip.frameCount);
  } catch (cause) {
    refuse(`${(cause as Error).message}; choose a range inside it`);
  }
  if (fps !== undefined && !(fps > 0 && fps <= HIGHEST_FPS))
    refuse(`${fps} frames per second cannot be written; choose a rate above 0 and up to ${HIGHEST_FPS}`);

  const ownFps = nominalFps(clip.frameTime);
  const kept = range[1] - range[0] + 1;
  const isResampled = fps !== undefined && !isSameRate(ownFps, fps);
  const motionFrames = isResampled ? resampledFrameCount(kept, ownFps, fps) : kept;
  const frames = motionFrames + (options.restFrame === true ? 1 : 0);
  const target = plannedTarget(clip, options);
  if (frames * target.joints * 3 > MOST_VALUES)
    refuse(`${frames} frames make a file that is too large to be opened; choose a lower rate or a range`);
  const plan = { format, frames, fps: fps ?? ownFps, ...target };
  return { ...plan, remarks: exportRemarks(clip, options, { ...plan, range, isResampled }) };
}

/**
 * The bytes of one file: a version cut, resampled and converted as the options say, in this order; of an FBX or a GLB all
 * versions.
 * @throws PoseMendError ('usage') as `planExport` does, and for several versions in a format that holds one.
 */
export async function exportVersions(
  clip: OpenedClip,
  versions: readonly ExportVersion[],
  asked: ExportOptions,
): Promise<Uint8Array> {
  planExport(clip, asked);
  const { format } = asked;
  const options = dropsLead(format) ? { ...asked, range: exportRange(clip, asked) } : asked;
  if (holdsSeveralTakes(format)) return writeRig(clip, versions, options);
  if (versions.length !== 1) throw new RangeError(`a file of format ${format} holds one version`);
  const [version] = versions;
  if (format === 'smpl') return writeSmpl(clip, version.result, options);
  if (format !== 'bvh') return writeArray(cutArray(clip, version, options), format);
  let whole = wholeBvh(clip, version, options);
  const { range, fps } = options;
  if (range !== undefined) whole = { ...whole, document: sliceBvh(whole.document, range) };
  if (fps !== undefined)
    whole = { ...whole, document: resampleBvh(whole.document, fps, leadOf(clip, options)) };
  if (options.restFrame === true) whole = { ...whole, document: withRestFrame(whole.document) };
  return writeBvh(convertedBvh(whole, options));
}

/** `exportVersions` of one version: a result, or with null the input. */
export function exportClip(
  clip: OpenedClip,
  result: SolvedResult | null,
  options: ExportOptions,
): Promise<Uint8Array> {
  return exportVersions(clip, [{ name: result === null ? 'raw' : 'refined', result }], options);
}

function leadOf({ leadFrames }: OpenedClip, { range }: ExportOptions): number {
  return Math.max(0, leadFrames - (range?.[0] ?? 0));
}

function cutArray(clip: OpenedClip, version: ExportVersion, options: ExportOptions): WholeArray {
  let whole = wholeArray(clip, version, options.format);
  const { range, fps, unit = 'as-input', up = 'as-input' } = options;
  if (range !== undefined) whole = { ...whole, array: sliceNpy(whole.array, range) };
  if (fps !== undefined) {
    const from = nominalFps(whole.frameTime);
    const array = resampleNpy(whole.array, whole.points, from, fps, leadOf(clip, options));
    whole = { ...whole, array, frameTime: 1 / fps };
  }
  if (unit === 'as-input' && up === 'as-input') return whole;
  const scale = unit === 'as-input' ? whole.metresPerUnit : metresPerUnit(unit);
  const axis = up === 'as-input' ? whole.up : upAxisNamed(up);
  const turn = chainTurns(turnToYUp(whole.up), invertTurn(turnToYUp(axis)));
  const array = convertNpy(whole.array, whole.points, whole.metresPerUnit / scale, turn);
  return { ...whole, array, metresPerUnit: scale, up: axis };
}

function convertedBvh(
  { document, units }: WholeBvh,
  { unit = 'as-input', up = 'as-input' }: ExportOptions,
): BvhDocument {
  if (unit === 'as-input' && up === 'as-input') return document;
  return convertBvh(document, units, {
    ...units,
    metresPerUnit: unit === 'as-input' ? units.metresPerUnit : metresPerUnit(unit),
    upAxis: up === 'as-input' ? (units.upAxis ?? 'y') : up,
  });
}

/** Unit, axes and joints of what would be written. */
function plannedTarget(clip: OpenedClip, options: ExportOptions) {
  const { format, unit, up } = options;
  const joints = plannedJoints(clip, options);
  if (clip.dimensions === 2) return { unit: 'pixels', up: 'as found', joints };
  if (format === 'fbx') return { unit: 'cm', up: 'y', joints };
  if (format === 'glb') return { unit: 'm', up: 'y', joints };
  if (format === 'smpl') return { unit: 'm', up: 'z', joints };
  const found = unitsOfInput(clip, options);
  return {
    unit: unit === undefined || unit === 'as-input' ? unitOfScale(found.metresPerUnit) : unit,
    up: up === undefined || up === 'as-input' ? found.up : up,
    joints,
  };
}

/** What `as-input` means. */
function unitsOfInput({ source }: OpenedClip, options: ExportOptions): { metresPerUnit: number; up: string } {
  if (options.format === 'bvh') {
    const units = isNewRig(options) ? undefined : bvhOriginal(source)?.units;
    const { metresPerUnit: scale, upAxis } = units ?? NEW_BVH_UNITS;
    return { metresPerUnit: scale, up: upAxis ?? 'y' };
  }
  if (source.kind === 'positions')
    return { metresPerUnit: source.metresPerUnit, up: nameOfUpAxis(source.up) };
  return { metresPerUnit: 1, up: 'y' };
}

function plannedJoints(clip: OpenedClip, { format, rootMotion }: ExportOptions): number {
  const { source } = clip;
  if (format === 'smpl') return smplOriginal(source)?.track.jointCount ?? SMPL_BODY_JOINTS;
  if (!isRigFormat(format)) return namedPointCount(clip, format === 'npy' || format === 'npz');
  const extra = rootMotion === 'root' ? 1 : 0;
  if (source.kind === 'positions') return FITTED_JOINT_COUNT + extra;
  const original = bvhOriginal(source);
  if (original !== null && format === 'bvh' && extra === 0) return original.document.joints.length;
  return source.clip.skeleton.isEndSite.filter((isEnd) => !isEnd).length + extra;
}
