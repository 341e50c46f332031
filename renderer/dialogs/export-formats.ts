import type { ClipInfo } from '../../contract/clips.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../contract/file-kinds.ts';

/** What a format is called, and what a user should know to choose it. */
export interface FormatText {
  readonly title: string;
  readonly description: string;
}

export const FORMAT_TEXTS: Readonly<Record<ExportFormat, FormatText>> = {
  bvh: { title: 'BVH', description: 'Rotations on a skeleton, as text that nearly every program reads.' },
  fbx: { title: 'FBX', description: 'Skeleton and figure, every version a take. Always centimetres, Y up.' },
  glb: {
    title: 'GLB (glTF)',
    description: 'Skeleton and figure, every version an animation. Always metres, Y up.',
  },
  smpl: {
    title: 'SMPL / AMASS',
    description: 'Rotations, shape and path of a body model, NPZ. Always metres, Z up.',
  },
  npy: { title: 'NPY', description: 'Joint positions as one array.' },
  npz: { title: 'NPZ', description: 'Joint positions with joint names, frame rate and unit beside them.' },
  csv: { title: 'CSV', description: 'Joint positions as a table, a row for each frame.' },
  trc: { title: 'TRC', description: 'Joint positions as markers, for OpenSim and biomechanics.' },
};

/** The clip's side of an export. */
export type ExportedClip = Pick<ClipInfo, 'format' | 'kind' | 'dimensions'>;

/** 2D keypoints are positions in pixels, which no 3D format holds. */
const FLAT_FORMATS: readonly ExportFormat[] = ['npy', 'npz', 'csv'];

/** What a clip can become. */
export function formatsFor({ dimensions }: Pick<ExportedClip, 'dimensions'>): readonly ExportFormat[] {
  return dimensions === 2 ? FLAT_FORMATS : EXPORT_FORMATS;
}

/** Whether unit and up axis can be chosen: FBX, GLB and AMASS files have their own, which every program knows. */
export function hasChoiceOfUnit(format: ExportFormat): boolean {
  return format !== 'fbx' && format !== 'glb' && format !== 'smpl';
}
