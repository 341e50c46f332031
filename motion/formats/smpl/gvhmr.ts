import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { dictOf } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

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
