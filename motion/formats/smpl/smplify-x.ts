import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { cameraPerson } from './camera-person.ts';
import { dictOf, keyText, tensorAt } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

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
