import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { cameraPerson } from './camera-person.ts';
import { dictOf, pyArrayOf, sliceRows, tensorAt } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

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
    const own = new Map<string, PyValue>([['pred_pose', pyArrayOf(sliceRows(poses, person, 1))]]);
    if (shapes?.shape[0] === count) own.set('pred_shape', pyArrayOf(sliceRows(shapes, person, 1)));
    const keys = { ...cameraPerson(String(person + 1), 'pred_pose'), betas: 'pred_shape' };
    return readPerson(own, keys, source, warnings);
  });
  if (count === 0) throw new FormatError(source, 'pred_pose', 'nobody was found in this picture');
  return { producer: 'PARE (one picture)', reason: 'keys pred_pose, pred_cam', tracks, warnings };
}
