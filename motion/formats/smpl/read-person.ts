import type { FormatWarning } from '../../errors.ts';
import type { UpAxis } from '../axes.ts';
import type { PyDict } from '../python/py-value.ts';
import type { SmplModel, SmplTrack } from '../tracks.ts';
import { buildSmplTrack } from './build-track.ts';
import { readBetas, readGender } from './person-facts.ts';
import { tensorAt } from './py-tensor.ts';
import { joinRotationRows, readRotationRows } from './rotation-rows.ts';

/** Where the motion of one person lies in a dict, and what its producer says of it. */
export interface PersonKeys {
  readonly id: string;
  readonly model: SmplModel;
  /** One key with all joints, or several that are put side by side (root, body). */
  readonly pose: readonly { readonly key: string; readonly jointCounts: readonly number[] }[];
  readonly translation: string | null;
  readonly betas: string;
  readonly frameIds: string | null;
  readonly fps: number | null;
  readonly up: UpAxis | null;
  readonly space: SmplTrack['space'] | null;
}

/** Reads one person; optional keys that the dict lacks are left out. Throws FormatError for what does not fit. */
export function readPerson(
  dict: PyDict,
  keys: PersonKeys,
  source: string,
  warnings: FormatWarning[],
): SmplTrack {
  const { id, model, fps, up, space } = keys;
  const pieces = keys.pose.map(({ key, jointCounts }) => {
    const expected = `axis-angle (N, ${jointCounts[0] * 3}) or matrices (N, ${jointCounts[0]}, 3, 3)`;
    const tensor = tensorAt(dict, key, source, expected);
    return { key, rows: readRotationRows(tensor, jointCounts, source, key, warnings) };
  });
  const rows = joinRotationRows(pieces, source);
  const rowKey = (key: string | null, expected: string) =>
    key === null || dict.get(key) === undefined || dict.get(key) === null
      ? null
      : { key, tensor: tensorAt(dict, key, source, expected) };
  return buildSmplTrack(
    {
      id,
      model,
      rows,
      translations: rowKey(keys.translation, `(${rows.rowCount}, 3)`),
      frameIds: rowKey(keys.frameIds, `(${rows.rowCount},)`),
      betas: readBetas(dict, keys.betas, source),
      gender: readGender(dict.get('gender')),
      fps,
      up,
      space,
    },
    source,
    warnings,
  );
}
