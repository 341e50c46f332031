import type { FormatWarning } from '../../errors.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { cameraPerson } from './camera-person.ts';
import { dictOf } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

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
