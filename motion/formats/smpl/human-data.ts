import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { readSmplDict } from './generic-smpl.ts';
import { dictOf, keyText } from './py-tensor.ts';

/**
 * MMHuman3D HumanData: a dict `smpl` or `smplx` of `global_orient` (N, 3), `body_pose` (N, 23 | 21, 3), `betas`, `transl`
 * beside keypoints and a `config`. Axes are those of the data set; the one along which the body stands is up.
 */
export function readHumanData(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  const key = ['smplx', 'smpl', 'smplh'].find((name) => dictOf(dict?.get(name)) !== null);
  if (dict === null || key === undefined) return null;
  const params = dictOf(dict.get(key))!;
  const file = readSmplDict(params, source, { producer: 'MMHuman3D HumanData', id: '1', up: null });
  if (file === null) return null;
  return { ...file, reason: `key ${key} with ${keyText(params)}` };
}
