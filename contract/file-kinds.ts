/** Kinds of files that open as clips: what their suffixes say. `set` is a folder or a ZIP of one file per frame. */
export const INPUT_FORMATS = [
  'bvh',
  'npy',
  'npz',
  'pkl',
  'pt',
  'json',
  'csv',
  'trc',
  'c3d',
  'glb',
  'gltf',
  'fbx',
  'set',
] as const;
export type InputFormat = (typeof INPUT_FORMATS)[number];

/** Suffixes of the files that open, without the dot, in the order of a file dialog. */
export const CLIP_SUFFIXES: Readonly<Record<string, InputFormat>> = {
  bvh: 'bvh',
  fbx: 'fbx',
  glb: 'glb',
  gltf: 'gltf',
  npz: 'npz',
  npy: 'npy',
  pkl: 'pkl',
  pickle: 'pkl',
  joblib: 'pkl',
  pt: 'pt',
  pth: 'pt',
  json: 'json',
  csv: 'csv',
  tsv: 'csv',
  trc: 'trc',
  c3d: 'c3d',
  zip: 'set',
};

/** Suffixes of SMPL, SMPL-H and SMPL-X model files, without the dot. */
export const BODY_MODEL_SUFFIXES: readonly string[] = ['npz', 'pkl'];

/** What a clip can be written as. `smpl` is an AMASS-like NPZ of rotations, `npz` one of positions. */
export const EXPORT_FORMATS = ['bvh', 'fbx', 'glb', 'smpl', 'npy', 'npz', 'csv', 'trc'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How the name of a written file ends. */
export const EXPORT_SUFFIXES: Readonly<Record<ExportFormat, string>> = {
  bvh: 'bvh',
  fbx: 'fbx',
  glb: 'glb',
  smpl: 'npz',
  npy: 'npy',
  npz: 'npz',
  csv: 'csv',
  trc: 'trc',
};

/** How names of scripts end that import an export into another program; they name the files beside them. */
export const SCRIPT_SUFFIX = /\.(py|cs)$/i;

/** Formats of which one file holds several takes. */
export function holdsSeveralTakes(format: ExportFormat): boolean {
  return format === 'fbx' || format === 'glb';
}

/** Formats that hold joint rotations on a skeleton, and so can have other names, another root and fewer keys. */
export function isRigFormat(format: ExportFormat): boolean {
  return format === 'fbx' || format === 'glb' || format === 'bvh';
}

/** The input format a file's name says; undefined for another suffix. */
export function inputFormatOf(fileName: string): InputFormat | undefined {
  const dot = fileName.lastIndexOf('.');
  const suffix = dot < 0 ? '' : fileName.slice(dot + 1).toLowerCase();
  return Object.hasOwn(CLIP_SUFFIXES, suffix) ? CLIP_SUFFIXES[suffix] : undefined;
}

/** What a clip is written as unless told otherwise: its own kind of file where that is written, else the nearest. */
export function ownExportFormat(clip: {
  readonly format: InputFormat;
  readonly kind: 'skeleton' | 'positions';
  readonly dimensions: 2 | 3;
}): ExportFormat {
  const { format, kind, dimensions } = clip;
  if (format === 'bvh' || format === 'fbx') return format;
  if (format === 'glb' || format === 'gltf') return 'glb';
  if (kind === 'skeleton') return 'smpl';
  if (format === 'csv') return 'csv';
  if (format === 'trc' && dimensions === 3) return 'trc';
  return format === 'npy' ? 'npy' : 'npz';
}
