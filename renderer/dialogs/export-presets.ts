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
  /** What the script written beside the clip is; absent where there is none. */
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
      'Run the script in the Scripting workspace: it imports the GLB beside it and sets the scene’s rate. File > Import > glTF does the first half.',
    script: 'imports it into Blender',
  },
  unity: {
    title: 'Unity',
    description:
      'Put the FBX into Assets and the script into a folder named Editor: it sets the rig to Humanoid, which the HumanIK names fit.',
    script: 'sets up its import in Unity',
  },
  unreal: {
    title: 'Unreal',
    description:
      'Names of Manny and a root joint for root motion. Run the script by Tools > Execute Python Script, or drag the FBX into the Content Browser.',
    script: 'imports it into Unreal',
  },
  maya: {
    title: 'Maya',
    description:
      'HumanIK names, which Maya characterizes by itself. Run the script in the Script Editor, or use File > Import.',
    script: 'imports it into Maya',
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
