import { FormatError } from '../../errors.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { readAist } from './aist.ts';
import { readAmass } from './amass.ts';
import { readBareArray } from './bare-array.ts';
import { readByPerson } from './by-person.ts';
import { readGenericSmpl } from './generic-smpl.ts';
import { readGvhmr } from './gvhmr.ts';
import { readHumanData } from './human-data.ts';
import { readParePicture } from './pare-picture.ts';
import { readPhalp } from './phalp.ts';
import { dictOf } from './py-tensor.ts';
import { readSmplifyX } from './smplify-x.ts';
import { readSpin } from './spin.ts';
import { readSynsp } from './synsp.ts';
import { readTram } from './tram.ts';

type Recogniser = (value: PyValue, source: string) => ParsedFile | null;

/** Most marked first: the usual keys of SMPL are also in files whose producer can be told. */
const RECOGNISERS: readonly Recogniser[] = [
  readAmass,
  readAist,
  readGvhmr,
  readTram,
  readParePicture,
  readHumanData,
  readSpin,
  readSynsp,
  readSmplifyX,
  readByPerson,
  readPhalp,
  readGenericSmpl,
  readBareArray,
];

/**
 * Reads what any known producer of SMPL motion writes, from the content of a Python data file.
 * Null where it is not SMPL. Throws FormatError where it is, but cannot be used: missing keys, shapes or lengths that do
 * not fit, a latent instead of a pose.
 */
export function readSmplFamily(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict?.has('v_template') && dict.has('J_regressor')) {
    throw new FormatError(
      source,
      'v_template',
      'this is a body model, not a motion',
      'give it as the model file beside a motion',
    );
  }
  for (const recognise of RECOGNISERS) {
    const file = recognise(value, source);
    if (file !== null) return file;
  }
  return null;
}
