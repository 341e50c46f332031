import type { ExportChoices, ExportPreset } from '../../contract/exports.ts';
import { ownExportFormat } from '../../contract/file-kinds.ts';
import { PRESET_TARGETS } from '../../contract/preset-targets.ts';
import type { RigNames, RootMotion } from '../../motion/rig/rig.ts';
import { type ExportedClip, formatsFor } from './export-formats.ts';

export type ExportPresetName = 'as-input' | ExportPreset;

/** What a preset decides; takes, range and frame rate are the user's in every case. */
export interface ExportTarget extends Pick<ExportChoices, 'format' | 'unit' | 'up'> {
  readonly names: RigNames;
  readonly rootMotion: RootMotion;
  /** 0: every frame is a key. */
  readonly keyErrorMm: number;
  readonly restFrame: boolean;
}

export interface ExportPresetText {
  readonly title: string;
  /** What to do with the files, in a line or two. */
  readonly description: string;
  /** What the script written beside the clip does; absent where there is none. */
  readonly script?: string;
}

export const EXPORT_PRESET_TEXTS: Readonly<Record<ExportPresetName, ExportPresetText>> = {
  'as-input': {
    title: 'As the input',
    description: 'The format, unit and axes the clip came with, so that the result can take its place.',
  },
  blender: {
    title: 'Blender',
    description:
      'Scripting > Open > Run Script: the script imports the GLB beside it at its own rate. File > Import > glTF 2.0 works as well; set the rate yourself then.',
    script: 'imports it into Blender',
  },
  unity: {
    title: 'Unity',
    description:
      'Put both files into one folder under Assets: the script imports the FBX as Humanoid, which its HumanIK names fit.',
    script: 'imports it into Unity as Humanoid',
  },
  unreal: {
    title: 'Unreal',
    description:
      'Drag the FBX into the Content Browser and tick Enable Root Motion. Joints are named as Manny’s, which the IK Retargeter knows.',
  },
  maya: {
    title: 'Maya',
    description:
      'File > Import. Joints are named as in Maya’s HumanIK template, which maps them to a character.',
  },
};

export const EXPORT_PRESET_NAMES = Object.keys(EXPORT_PRESET_TEXTS) as readonly ExportPresetName[];

const PLAIN: Omit<ExportTarget, 'format'> = {
  unit: 'as-input',
  up: 'as-input',
  names: 'as-input',
  rootMotion: 'hips',
  keyErrorMm: 0,
  restFrame: false,
};

/** What a preset makes of a clip. 2D keypoints stay pixels in an array under every one. */
export function presetTarget(preset: ExportPresetName, clip: ExportedClip): ExportTarget {
  const own = { ...PLAIN, format: ownExportFormat(clip) };
  return preset === 'as-input' || clip.dimensions === 2 ? own : { ...PLAIN, ...PRESET_TARGETS[preset] };
}

/** A preset with what was changed by hand, as far as the clip can be written so. */
export function changedTarget(
  preset: ExportPresetName,
  changes: Partial<ExportTarget>,
  clip: ExportedClip,
): ExportTarget {
  const target = { ...presetTarget(preset, clip), ...changes };
  if (clip.dimensions === 3) return target;
  const format = formatsFor(clip).includes(target.format) ? target.format : ownExportFormat(clip);
  return { ...PLAIN, format };
}

/** The changes with one more; what the preset says anyway is none. */
export function withChange(
  preset: ExportPresetName,
  changes: Partial<ExportTarget>,
  clip: ExportedClip,
  change: Partial<ExportTarget>,
): Partial<ExportTarget> {
  const own = presetTarget(preset, clip);
  const all = { ...changes, ...change };
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => own[key as keyof ExportTarget] !== value),
  );
}
