import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { dictOf, tensorAt } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

/**
 * AIST++ motions (Li et al. 2021): `smpl_poses` (N, 72), `smpl_trans` (N, 3) and `smpl_scaling` (1,). The body is
 * `scaling` times the size of SMPL, so the translation is divided by it and the motion is that of a person of SMPL's
 * size. Y up, 60 fps.
 */
export function readAist(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict === null || !dict.has('smpl_poses') || !dict.has('smpl_scaling')) return null;
  const scaling = tensorAt(dict, 'smpl_scaling', source, 'one number').data;
  if (scaling.length !== 1 || !(scaling[0] > 0)) {
    throw new FormatError(source, 'smpl_scaling', `is ${scaling.join(', ')}`, 'expected one number above 0');
  }
  const warnings: FormatWarning[] = [];
  const track = readPerson(
    dict,
    {
      id: '1',
      model: 'smpl',
      pose: [{ key: 'smpl_poses', jointCounts: [24] }],
      translation: 'smpl_trans',
      betas: 'betas',
      frameIds: null,
      fps: 60,
      up: '+y',
      space: 'world',
    },
    source,
    warnings,
  );
  const translations = track.translations?.map((metres) => metres / scaling[0]) ?? null;
  return {
    producer: 'AIST++',
    reason: 'keys smpl_poses, smpl_scaling',
    tracks: [{ ...track, translations }],
    warnings,
  };
}
