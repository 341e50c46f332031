import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { dictOf, keyText, sliceRows, tensorAt } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

/** Products of other methods that estimate SMPL from video or pictures, one reader each. */

/**
 * GVHMR (`hmr4d_results.pt`): `smpl_params_global` with `body_pose` (L, 63), `global_orient` (L, 3), `transl` (L, 3).
 * Gravity aligned, Y up, metres; the video is always rewritten at 30 fps. A file with `smpl_params_incam` only is in
 * camera axes.
 */
export function readGvhmr(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  const key = ['smpl_params_global', 'smpl_params_incam'].find((name) => dict?.has(name));
  if (dict === null || key === undefined) return null;
  const params = dictOf(dict.get(key));
  if (params === null)
    throw new FormatError(source, key, 'is no dict of body_pose, global_orient and transl');
  const isWorld = key === 'smpl_params_global';
  const warnings: FormatWarning[] = [];
  const track = readPerson(
    params,
    {
      id: '1',
      model: 'smplx',
      pose: [
        { key: 'global_orient', jointCounts: [1] },
        { key: 'body_pose', jointCounts: [21] },
      ],
      translation: 'transl',
      betas: 'betas',
      frameIds: null,
      fps: 30,
      up: isWorld ? '+y' : '-y',
      space: isWorld ? 'world' : 'camera',
    },
    source,
    warnings,
  );
  return { producer: 'GVHMR', reason: `key ${key}`, tracks: [track], warnings };
}

/**
 * TRAM (`hps/hps_track_k.npy`): `pred_rotmat` (N, 24, 3, 3) or `pred_pose` (N, 144), `pred_trans` (N, 1, 3) in metres,
 * `frame` (N,). Camera axes: the moving camera of `camera.npy` beside it is not applied.
 */
export function readTram(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict === null || !dict.has('pred_trans')) return null;
  const key = ['pred_rotmat', 'pred_pose'].find((name) => dict.has(name));
  if (key === undefined) return null;
  const warnings: FormatWarning[] = [
    {
      place: 'camera.npy',
      message: 'the motion is as the camera sees it: the movement of the camera is a file of its own',
    },
  ];
  const track = readPerson(
    dict,
    {
      ...cameraPerson('1', key),
      translation: 'pred_trans',
      betas: 'pred_shape',
      frameIds: dict.has('frame') ? 'frame' : null,
    },
    source,
    warnings,
  );
  return { producer: 'TRAM', reason: `keys ${key}, pred_trans`, tracks: [track], warnings };
}

/**
 * PARE on a folder of pictures: a file for each picture, `pred_pose` (P, 24, 3, 3) of the P people in it. Each is a track
 * of one frame, in camera axes without translation.
 */
export function readParePicture(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict === null || !dict.has('pred_pose') || !dict.has('pred_cam')) return null;
  const warnings: FormatWarning[] = [];
  const poses = tensorAt(dict, 'pred_pose', source, '(P, 24, 3, 3)');
  const count = poses.shape[0] ?? 0;
  const shapes = dict.has('pred_shape') ? tensorAt(dict, 'pred_shape', source, '(P, 10)') : null;
  const tracks = Array.from({ length: count }, (_, person) => {
    const own = new Map<string, PyValue>([['pred_pose', numbers(sliceRows(poses, person, 1))]]);
    if (shapes?.shape[0] === count) own.set('pred_shape', numbers(sliceRows(shapes, person, 1)));
    const keys = { ...cameraPerson(String(person + 1), 'pred_pose'), betas: 'pred_shape' };
    return readPerson(own, keys, source, warnings);
  });
  if (count === 0) throw new FormatError(source, 'pred_pose', 'nobody was found in this picture');
  return { producer: 'PARE (one picture)', reason: 'keys pred_pose, pred_cam', tracks, warnings };
}

/** SPIN's evaluation output: `pose` (N, 72), `pred_joints`, `camera`; rows are pictures in the order of the data set. */
export function readSpin(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict === null || !dict.has('pred_joints') || !dict.has('pose')) return null;
  const warnings: FormatWarning[] = [];
  const track = readPerson(dict, cameraPerson('1', 'pose'), source, warnings);
  return { producer: 'SPIN', reason: 'keys pose, pred_joints', tracks: [track], warnings };
}

/** A VPoser latent has this many numbers. */
const LATENT_SIZE = 32;

/**
 * SMPLify-X: a file for each picture, `global_orient` (1, 3), `body_pose` (1, 63) or the 32 numbers of a VPoser latent,
 * `camera_translation` (1, 3). A track of one frame in camera axes. Hands are 12 coefficients of a basis that is
 * in the model file; they are left out, as is the face.
 */
export function readSmplifyX(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  const marks = ['camera_rotation', 'camera_translation', 'left_hand_pose', 'expression'];
  if (dict === null || !dict.has('body_pose') || !dict.has('global_orient')) return null;
  const { shape } = tensorAt(dict, 'body_pose', source, '(1, 63)');
  if (shape.at(-1) === LATENT_SIZE && shape.length <= 2) {
    throw new FormatError(
      source,
      'body_pose',
      'body_pose (1, 32) is a VPoser latent, not joint rotations',
      'decode it with VPoser and save the joint rotations, (1, 63)',
    );
  }
  if (marks.filter((key) => dict.has(key)).length < 2 || !dict.has('camera_translation')) return null;
  const warnings: FormatWarning[] = [
    {
      place: 'left_hand_pose',
      message: 'hands and face of SMPLify-X are not read: they need its model file',
    },
  ];
  const track = readPerson(
    dict,
    {
      ...cameraPerson('1', 'body_pose'),
      model: 'smplx',
      pose: [
        { key: 'global_orient', jointCounts: [1] },
        { key: 'body_pose', jointCounts: [21] },
      ],
      translation: 'camera_translation',
    },
    source,
    warnings,
  );
  return { producer: 'SMPLify-X', reason: `keys ${keyText(dict)}`, tracks: [track], warnings };
}

/** SMPL under one key, in the axes of a camera that looks along +Z with Y down. */
function cameraPerson(id: string, key: string) {
  return {
    id,
    model: 'smpl' as const,
    pose: [{ key, jointCounts: [24] }],
    translation: null,
    betas: 'betas',
    frameIds: null,
    fps: null,
    up: '-y' as const,
    space: 'camera' as const,
  };
}

function numbers({
  shape,
  data,
}: {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}): PyValue {
  return { kind: 'array', shape, dtype: 'f8', data, items: null };
}
