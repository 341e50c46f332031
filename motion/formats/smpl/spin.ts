import type { FormatWarning } from '../../errors.ts';
import type { PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { cameraPerson } from './camera-person.ts';
import { dictOf } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

/** SPIN's evaluation output: `pose` (N, 72), `pred_joints`, `camera`; rows are pictures in the order of the data set. */
export function readSpin(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict === null || !dict.has('pred_joints') || !dict.has('pose')) return null;
  const warnings: FormatWarning[] = [];
  const track = readPerson(dict, cameraPerson('1', 'pose'), source, warnings);
  return { producer: 'SPIN', reason: 'keys pose, pred_joints', tracks: [track], warnings };
}
