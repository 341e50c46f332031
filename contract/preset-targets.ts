import type { RigNames, RootMotion } from '../motion/rig/rig.ts';
import type { ExportPreset } from './exports.ts';
import type { ExportFormat } from './file-kinds.ts';

/** What a preset decides about an export. */
export interface PresetTarget {
  readonly format: ExportFormat;
  readonly names: RigNames;
  readonly rootMotion: RootMotion;
}

/**
 * The file each program opens best. Unity maps HumanIK names to a Humanoid by itself; Unreal moves characters by a
 * joint on the floor.
 */
export const PRESET_TARGETS: Readonly<Record<ExportPreset, PresetTarget>> = {
  blender: { format: 'glb', names: 'as-input', rootMotion: 'hips' },
  unity: { format: 'fbx', names: 'humanik', rootMotion: 'hips' },
  unreal: { format: 'fbx', names: 'unreal', rootMotion: 'root' },
  maya: { format: 'fbx', names: 'humanik', rootMotion: 'hips' },
};
