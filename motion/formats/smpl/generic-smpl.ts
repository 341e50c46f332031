import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyDict, PyValue } from '../python/py-value.ts';
import type { ParsedFile, SmplModel } from '../tracks.ts';
import { buildSmplTrack } from './build-track.ts';
import { readBetas, readFps, readGender } from './person-facts.ts';
import { weighPose } from './pose-evidence.ts';
import { hasPosePieces, type PoseRows, readPosePieces } from './pose-pieces.ts';
import { dictOf, shapeText, type Tensor, tensorAt, tensorOf } from './py-tensor.ts';
import { readRotationRows, rotationLayout } from './rotation-rows.ts';

const POSE_KEYS = ['poses', 'pose', 'smpl_poses', 'smpl_pose', 'fullpose', 'full_pose', 'thetas'] as const;
const TRANSLATION_KEYS = ['trans', 'transl', 'translation', 'smpl_trans', 'root_trans', 'Th'] as const;
const BETA_KEYS = ['betas', 'shape', 'shapes', 'beta', 'smpl_betas'] as const;
const FRAME_KEYS = ['frame_ids', 'frame_id'] as const;

/** Joints of a whole pose under one key, and the model they are of. */
const COUNTS: readonly (readonly [joints: number, model: SmplModel])[] = [
  [24, 'smpl'],
  [52, 'smplh'],
  [22, 'smplh'],
  [55, 'smplx'],
];

/**
 * A dict with the usual keys of SMPL and no mark of a producer: `poses` (or `body_pose` with `global_orient`) and what
 * of `trans`, `betas`, `gender` and a frame rate it has. The up axis is the one along which the body stands.
 */
export function readGenericSmpl(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  return dict === null ? null : readSmplDict(dict, source, { producer: 'SMPL', id: '1', up: null });
}

export interface DictFacts {
  readonly producer: string;
  readonly id: string;
  readonly up: '+y' | '+z' | '-y' | null;
}

/** A dict of one person with the usual keys; null where it has no pose. */
export function readSmplDict(dict: PyDict, source: string, facts: DictFacts): ParsedFile | null {
  const warnings: FormatWarning[] = [];
  const pose = hasPosePieces(dict)
    ? readPosePieces(dict, source, warnings)
    : readWhole(dict, source, warnings);
  if (pose === null) return null;
  const translations = rowsAt(dict, TRANSLATION_KEYS, source, `(${pose.rows.rowCount}, 3)`);
  const betaKey = BETA_KEYS.find((key) => dict.has(key)) ?? BETA_KEYS[0];
  const track = buildSmplTrack(
    {
      id: facts.id,
      model: pose.model,
      rows: pose.rows,
      translations,
      frameIds: rowsAt(dict, FRAME_KEYS, source, `(${pose.rows.rowCount},)`),
      betas: readBetas(dict, betaKey, source),
      gender: readGender(dict.get('gender')),
      fps: readFps(dict, source),
      up: facts.up,
      space: null,
    },
    source,
    warnings,
  );
  const model = { smpl: 'SMPL', smplh: 'SMPL-H', smplx: 'SMPL-X' }[pose.model];
  const keys = [...pose.keys, ...(translations === null ? [] : [translations.key])];
  return {
    producer: facts.producer === 'SMPL' ? model : facts.producer,
    reason: `keys ${keys.join(', ')}`,
    tracks: [track],
    warnings,
  };
}

/** A whole pose under one key. Numbers that are places are left to other readers. */
function readWhole(dict: PyDict, source: string, warnings: FormatWarning[]): PoseRows | null {
  refuseBodyAlone(dict, source);
  const key = POSE_KEYS.find((name) => tensorOf(dict.get(name)) !== null);
  if (key === undefined) return null;
  const tensor = tensorAt(dict, key, source, '(N, 72)');
  const counts = COUNTS.map(([joints]) => joints);
  const layout = rotationLayout(tensor.shape, counts);
  const isSmpl = [...TRANSLATION_KEYS, ...BETA_KEYS, 'gender'].some((name) => dict.has(name));
  if (layout === null) {
    if (!isSmpl) return null;
    const expected = counts.map((count) => `(N, ${count * 3})`).join(' or ');
    throw new FormatError(source, key, `has the shape ${shapeText(tensor.shape)}`, `expected ${expected}`);
  }
  const { form, jointCount } = layout;
  if (
    !isSmpl &&
    form === 'axis-angle' &&
    weighPose(tensor.data, tensor.shape[0], jointCount).kind !== 'rotations'
  ) {
    return null;
  }
  const rows = readRotationRows(tensor, [jointCount], source, key, warnings);
  return { model: COUNTS.find(([joints]) => joints === jointCount)![1], rows, keys: [key] };
}

/** A body pose without the root's rotation cannot stand. */
function refuseBodyAlone(dict: PyDict, source: string): void {
  const key = ['body_pose', 'pose_body'].find((name) => dict.has(name));
  if (key === undefined || POSE_KEYS.some((name) => dict.has(name))) return;
  throw new FormatError(
    source,
    'global_orient',
    `the key is missing, but there is ${key}`,
    'a body needs the rotation of its root as well: global_orient or root_orient (N, 3)',
  );
}

function rowsAt(
  dict: PyDict,
  keys: readonly string[],
  source: string,
  expected: string,
): { readonly key: string; readonly tensor: Tensor } | null {
  const key = keys.find((name) => dict.has(name) && dict.get(name) !== null);
  return key === undefined ? null : { key, tensor: tensorAt(dict, key, source, expected) };
}
