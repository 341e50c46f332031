import { PoseMendError } from '../../contract/errors.ts';
import type { ExportDescription } from '../../contract/exports.ts';
import { convertBvh } from '../../motion/edits/convert-bvh.ts';
import { convertNpy } from '../../motion/edits/convert-npy.ts';
import { isSameRate, nominalFps, resampledFrameCount } from '../../motion/edits/frame-rate.ts';
import { resampleBvh } from '../../motion/edits/resample-bvh.ts';
import { resampleNpy } from '../../motion/edits/resample-npy.ts';
import { checkFrameRange, type FrameRange, sliceBvh, sliceNpy } from '../../motion/edits/slice.ts';
import { chainTurns, invertTurn, nameOfUpAxis, turnToYUp, upAxisNamed } from '../../motion/formats/axes.ts';
import { metresPerUnit, unitOfScale } from '../../motion/formats/unit-guess.ts';
import { BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { FITTED_JOINT_COUNT } from '../../motion/skeleton/fitted-skeleton.ts';
import { layoutJointCount } from '../../motion/skeleton/layouts.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import { exportRemarks } from './export-remarks.ts';
import type { Format, OpenedClip } from './open-clip.ts';
import { NEW_BVH_UNITS, type WholeClip, wholeClip, writeWholeClip } from './whole-clip.ts';

export interface ExportOptions {
  readonly format: Format;
  /** First and last frame, inclusive; the whole clip by default. */
  readonly range?: FrameRange;
  /** Frames per second to resample to; the clip's own by default. */
  readonly fps?: number;
  /** Unit of what is written; `as-input` by default. A new BVH is in centimetres, body-17 in metres. */
  readonly unit?: 'as-input' | 'mm' | 'cm' | 'm';
  /** Up axis of what is written; `as-input` by default. A new BVH and body-17 are Y up. */
  readonly up?: 'as-input' | 'y' | 'z';
}

/** What an export would write, whatever its files are called. */
export interface ExportPlan extends Omit<ExportDescription, 'files'> {
  readonly format: Format;
}

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
  if (clip.dimensions === 2) {
    if (format === 'bvh') refuse('2D positions cannot become a BVH, which is 3D; write .npy');
    const isAsInput = (choice: string | undefined) => choice === undefined || choice === 'as-input';
    if (!isAsInput(options.unit) || !isAsInput(options.up))
      refuse('2D positions are pixels, without unit and up axis; leave both as in the input');
  }
  const range = options.range ?? [0, clip.frameCount - 1];
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
  const frames = isResampled ? resampledFrameCount(kept, ownFps, fps) : kept;
  const target = plannedTarget(clip, options);
  if (frames * target.joints * 3 > MOST_VALUES)
    refuse(`${frames} frames make a file that is too large to be opened; choose a lower rate or a range`);
  const plan = { format, frames, fps: fps ?? ownFps, ...target };
  return { ...plan, remarks: exportRemarks(clip, options, { ...plan, range, isResampled }) };
}

/**
 * The bytes of a result, or with null of the input, cut, resampled and converted as the options say, in this
 * order. With the format alone they are those of `encodeResult` and `encodeClip`.
 * @throws PoseMendError ('usage') as `planExport` does.
 */
export function exportClip(
  clip: OpenedClip,
  result: SolvedResult | null,
  options: ExportOptions,
): Uint8Array {
  planExport(clip, options);
  const { range, fps } = options;
  let whole = wholeClip(clip, result, options.format);
  let { leadFrames } = clip;
  if (range !== undefined) {
    whole = sliced(whole, range);
    leadFrames = Math.max(0, leadFrames - range[0]);
  }
  if (fps !== undefined) whole = resampled(whole, fps, leadFrames);
  return writeWholeClip(converted(whole, options));
}

function sliced(whole: WholeClip, range: FrameRange): WholeClip {
  return whole.format === 'bvh'
    ? { ...whole, document: sliceBvh(whole.document, range) }
    : { ...whole, array: sliceNpy(whole.array, range) };
}

function resampled(whole: WholeClip, fps: number, leadFrames: number): WholeClip {
  if (whole.format === 'bvh') return { ...whole, document: resampleBvh(whole.document, fps, leadFrames) };
  const array = resampleNpy(whole.array, whole.points, nominalFps(whole.frameTime), fps, leadFrames);
  return { ...whole, array, frameTime: 1 / fps };
}

function converted(whole: WholeClip, { unit = 'as-input', up = 'as-input' }: ExportOptions): WholeClip {
  if (unit === 'as-input' && up === 'as-input') return whole;
  if (whole.format === 'bvh') {
    const { units } = whole;
    const to = {
      ...units,
      metresPerUnit: unit === 'as-input' ? units.metresPerUnit : metresPerUnit(unit),
      upAxis: up === 'as-input' ? (units.upAxis ?? 'y') : up,
    };
    return { ...whole, document: convertBvh(whole.document, units, to), units: to };
  }
  const scale = unit === 'as-input' ? whole.metresPerUnit : metresPerUnit(unit);
  const axis = up === 'as-input' ? whole.up : upAxisNamed(up);
  const turn = chainTurns(turnToYUp(whole.up), invertTurn(turnToYUp(axis)));
  const array = convertNpy(whole.array, whole.points, whole.metresPerUnit / scale, turn);
  return { ...whole, array, metresPerUnit: scale, up: axis };
}

/** Unit, axes and joints of what would be written. */
function plannedTarget(clip: OpenedClip, { format, unit, up }: ExportOptions) {
  const { source } = clip;
  if (clip.dimensions === 2) return { unit: 'pixels', up: 'as found', joints: ownJoints(clip) };
  const isOwnFormat = clip.format === format;
  let found = { metresPerUnit: 1, up: 'y' as string };
  if (!isOwnFormat && format === 'bvh') found = { ...found, metresPerUnit: NEW_BVH_UNITS.metresPerUnit };
  if (isOwnFormat) {
    found =
      source.kind === 'skeleton'
        ? { metresPerUnit: source.original!.units.metresPerUnit, up: source.original!.units.upAxis ?? 'y' }
        : { metresPerUnit: source.metresPerUnit, up: nameOfUpAxis(source.up) };
  }
  return {
    unit: unit === undefined || unit === 'as-input' ? unitOfScale(found.metresPerUnit) : unit,
    up: up === undefined || up === 'as-input' ? found.up : up,
    joints: isOwnFormat ? ownJoints(clip) : format === 'bvh' ? FITTED_JOINT_COUNT : BODY17_COUNT,
  };
}

function ownJoints({ source }: OpenedClip): number {
  return source.kind === 'skeleton' ? source.original!.document.joints.length : layoutJointCount(source.layout);
}
