import type { ExportChoices } from '../../contract/exports.ts';

export type ExportPresetName = 'as-input' | 'blender' | 'unity' | 'unreal';

/** What a preset decides; takes, range and frame rate are the user's in every case. */
export type ExportTarget = Pick<ExportChoices, 'format' | 'unit' | 'up'>;

export interface ExportPreset {
  readonly title: string;
  /** What the programme does with the file, in one line. */
  readonly description: string;
  /** Absent format: that of the clip. */
  readonly target: Pick<ExportTarget, 'unit' | 'up'> & Partial<ExportTarget>;
}

export const EXPORT_PRESETS: Readonly<Record<ExportPresetName, ExportPreset>> = {
  'as-input': {
    title: 'As the input',
    description: 'The format, unit and axes the clip came with, so that it can take the place of the input.',
    target: { unit: 'as-input', up: 'as-input' },
  },
  blender: {
    title: 'Blender',
    description:
      'BVH in metres, Y up: what File > Import > Motion Capture expects. Tick Update Scene FPS there, or the scene keeps its own rate.',
    target: { format: 'bvh', unit: 'm', up: 'y' },
  },
  unity: {
    title: 'Unity',
    description:
      'BVH in metres, Y up. Unity reads no BVH itself: import it into Blender and save an FBX, or use a BVH plug-in.',
    target: { format: 'bvh', unit: 'm', up: 'y' },
  },
  unreal: {
    title: 'Unreal',
    description:
      'BVH in centimetres, Z up, as Unreal counts, for a BVH plug-in. Unreal reads no BVH itself; to go through Blender and FBX, take the Blender preset.',
    target: { format: 'bvh', unit: 'cm', up: 'z' },
  },
};

export const EXPORT_PRESET_NAMES = Object.keys(EXPORT_PRESETS) as readonly ExportPresetName[];

/** The clip's side of a preset: 2D keypoints stay an array of pixels under every one. */
export interface ExportedClip {
  readonly format: 'bvh' | 'npy';
  readonly dimensions: 2 | 3;
}

export function presetTarget(preset: ExportPresetName, clip: ExportedClip): ExportTarget {
  if (clip.dimensions === 2) return { format: 'npy', unit: 'as-input', up: 'as-input' };
  return { format: clip.format, ...EXPORT_PRESETS[preset].target };
}

/** Whether a choice of format, unit and axis is that of a preset. */
export function isPreset(preset: ExportPresetName, clip: ExportedClip, target: ExportTarget): boolean {
  const own = presetTarget(preset, clip);
  return own.format === target.format && own.unit === target.unit && own.up === target.up;
}
