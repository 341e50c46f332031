import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyDict, PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { readFps } from './person-facts.ts';
import { dictOf, shapeText, tensorAt, unwrap } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

/**
 * AMASS (Mahmood et al. 2019): SMPL-H with `poses` (N, 156), and SMPL-X (`*_stageii.npz`) with (N, 165). Metres, Z up.
 * The frame rate is `mocap_framerate` in the first and `mocap_frame_rate` in the second; copies of both exist without
 * it. `shape.npz` beside the takes holds a person's shape only.
 */
export function readAmass(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict === null) return null;
  if (isShapeOnly(dict)) {
    throw new FormatError(
      source,
      'poses',
      'this is the shape of a person without a motion (shape.npz of AMASS)',
      'open one of the *_poses.npz or *_stageii.npz files beside it',
    );
  }
  const isAmass =
    dict.has('poses') &&
    dict.has('trans') &&
    ['mocap_framerate', 'mocap_frame_rate', 'dmpls', 'surface_model_type', 'pose_hand'].some((key) =>
      dict.has(key),
    );
  if (!isAmass) return null;

  const { shape } = tensorAt(dict, 'poses', source, '(N, 156) or (N, 165)');
  // SMPL's 24 joints under AMASS's keys: made by other programs, in axes of their own.
  if (shape[1] === 72) return null;
  const isX = unwrap(dict.get('surface_model_type')) === 'smplx' || shape[1] === 165;
  const warnings: FormatWarning[] = [];
  const fps = readFps(dict, source);
  if (fps === null) warnings.push({ place: 'mocap_framerate', message: 'the file has no frame rate' });
  const track = readPerson(
    dict,
    {
      id: '1',
      model: isX ? 'smplx' : 'smplh',
      pose: [{ key: 'poses', jointCounts: isX ? [55, 22] : [52, 22] }],
      translation: 'trans',
      betas: 'betas',
      frameIds: null,
      fps,
      up: '+z',
      space: 'world',
    },
    source,
    warnings,
  );
  return {
    producer: isX ? 'AMASS (SMPL-X)' : 'AMASS (SMPL-H)',
    reason: `keys poses ${shapeText(shape)}, trans${rateKey(dict)}`,
    tracks: [track],
    warnings,
  };
}

function isShapeOnly(dict: PyDict): boolean {
  const isMotion = [...dict.keys()].some((key) =>
    /pose|orient|joint|keypoint|smpl|template|positions/i.test(String(key)),
  );
  return dict.has('betas') && dict.has('gender') && !isMotion;
}

function rateKey(dict: PyDict): string {
  const key = ['mocap_framerate', 'mocap_frame_rate'].find((name) => dict.has(name));
  return key === undefined ? '' : `, ${key}`;
}
