import { extname } from 'node:path';
import { type Command, Option } from 'commander';
import { PoseMendError } from '../contract/errors.ts';
import { EXPORT_PRESETS, type ExportPreset } from '../contract/exports.ts';
import {
  EXPORT_FORMATS,
  EXPORT_SUFFIXES,
  type ExportFormat,
  type InputFormat,
  inputFormatOf,
  isRigFormat,
  ownExportFormat,
} from '../contract/file-kinds.ts';
import { PRESET_TARGETS } from '../contract/preset-targets.ts';
import { RIG_NAMES, type RigNames, ROOT_MOTIONS, type RootMotion } from '../motion/rig/rig.ts';
import type { ExportOptions, OpenedClip } from '../native-model/index.ts';
import { parseFps, parseMillimetres } from './option-values.ts';

/** How results are written, as commander hands it over. */
export interface ExportFlags {
  readonly to?: ExportFormat;
  readonly preset?: ExportPreset;
  readonly outFps?: number;
  readonly outUnit?: 'mm' | 'cm' | 'm';
  readonly outUp?: 'y' | 'z';
  readonly names?: RigNames;
  readonly rootMotion?: RootMotion;
  readonly keyError?: number;
  readonly restFrame?: boolean;
}

export function addExportOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--to <format>',
        'format of what is written; by default what the name of OUT says (smpl: an .npz of SMPL rotations)',
      ).choices(EXPORT_FORMATS),
    )
    .addOption(
      new Option(
        '--preset <program>',
        'format, names and root motion for a program, and its import script beside the file',
      ).choices(EXPORT_PRESETS),
    )
    .addOption(new Option('--out-fps <number>', 'resample to so many frames per second').argParser(parseFps))
    .addOption(new Option('--out-unit <unit>', 'unit of what is written').choices(['mm', 'cm', 'm']))
    .addOption(new Option('--out-up <axis>', 'up axis of what is written').choices(['y', 'z']))
    .addOption(new Option('--names <convention>', 'joint names of a BVH, FBX or GLB').choices(RIG_NAMES))
    .addOption(
      new Option(
        '--root-motion <where>',
        'where the path over the floor goes in a BVH, FBX or GLB: hips, a root joint, or nowhere',
      ).choices(ROOT_MOTIONS),
    )
    .addOption(
      new Option(
        '--key-error <mm>',
        'leave out keys of an FBX or GLB that move no joint by more than this',
      ).argParser(parseMillimetres),
    )
    .option('--rest-frame', 'begin a BVH with a T-pose frame');
}

/** The format that the options or OUT's name say; undefined where it is the clip's own. */
export function formatFor(output: string, { to, preset }: ExportFlags): ExportFormat | undefined {
  if (to !== undefined) return to;
  const suffix = extname(output).slice(1).toLowerCase();
  // An .npz is SMPL for a clip of rotations and positions for others.
  if (suffix === 'npz') return undefined;
  const named = EXPORT_FORMATS.find((format) => EXPORT_SUFFIXES[format] === suffix);
  return named ?? (preset === undefined ? undefined : PRESET_TARGETS[preset].format);
}

/**
 * A file's name in the format that the options ask for.
 * @param fallback the suffix where they ask for none, by what the file is
 */
export function renamedFor(
  fileName: string,
  { to, preset }: ExportFlags,
  fallback: (from: InputFormat | undefined) => string,
): string {
  const asked = to ?? (preset === undefined ? undefined : PRESET_TARGETS[preset].format);
  const from = inputFormatOf(fileName);
  const stem = from === undefined ? fileName : fileName.slice(0, -extname(fileName).length);
  return `${stem}.${asked === undefined ? fallback(from) : EXPORT_SUFFIXES[asked]}`;
}

/** Everything about how one clip is written. */
export function exportOptionsFor(clip: OpenedClip, output: string, flags: ExportFlags): ExportOptions {
  const own = ownExportFormat({ ...clip, kind: clip.source.kind });
  const isNpz = extname(output).toLowerCase() === '.npz' && flags.to === undefined;
  const format = isNpz ? (own === 'smpl' ? 'smpl' : 'npz') : (formatFor(output, flags) ?? own);
  const suffix = extname(output).slice(1).toLowerCase();
  if (flags.to !== undefined && isWrittenSuffix(suffix) && suffix !== EXPORT_SUFFIXES[flags.to]) {
    const problem = `--to ${flags.to} does not fit its suffix; leave out --to, or name it .${EXPORT_SUFFIXES[flags.to]}`;
    throw new PoseMendError('usage', `${output}: ${problem}`);
  }
  const { preset, outFps, outUnit, outUp, keyError, restFrame } = flags;
  const target = preset === undefined || !isRigFormat(format) ? null : PRESET_TARGETS[preset];
  const names = flags.names ?? target?.names;
  const rootMotion = flags.rootMotion ?? target?.rootMotion;
  // Blender takes a BVH's numbers for metres.
  const unit = outUnit ?? (preset === 'blender' && format === 'bvh' ? 'm' : undefined);
  return {
    format,
    ...(outFps !== undefined && { fps: outFps }),
    ...(unit !== undefined && { unit }),
    ...(outUp !== undefined && { up: outUp }),
    ...(names !== undefined && { names }),
    ...(rootMotion !== undefined && { rootMotion }),
    ...(keyError !== undefined && { keyErrorMm: keyError }),
    ...(restFrame === true && { restFrame }),
  };
}

function isWrittenSuffix(suffix: string): boolean {
  return Object.values(EXPORT_SUFFIXES).includes(suffix);
}

/** Whether a format is 3D, so that 2D keypoints must be lifted to be written in it. */
export function needsLift(format: ExportFormat | undefined): boolean {
  return format !== undefined && (isRigFormat(format) || format === 'smpl' || format === 'trc');
}
