import { FormatError, type FormatWarning } from '../../errors.ts';
import type { ParsedFile } from '../tracks.ts';
import type { Detection } from './detection.ts';
import { frameRange } from './frame-range.ts';
import { type JsonFrame, keypointRow, orderedJoints, sameOrder } from './json-keypoints.ts';
import { describeJson, isJsonArray, isJsonObject, type JsonValue } from './json-text.ts';
import { tracksOfPeople } from './people.ts';

/** Joints of BODY_25, which come first also where hands and face follow. */
const BODY = 25;

export function isEasyMocap(value: JsonValue): boolean {
  return isJsonArray(value) && isJsonObject(value[0]) && 'keypoints3d' in value[0];
}

/** EasyMocap's `keypoints3d/000000.json`, ...: `[{id, keypoints3d: [[x, y, z, c], ...]}]`, BODY_25, metres, Z up. */
export function readEasyMocap(frames: readonly JsonFrame[], source: string): ParsedFile {
  const warnings: FormatWarning[] = [];
  const detections: Detection[] = [];
  let extra = 0;
  for (const { frame, place, value } of frames) {
    if (!isJsonArray(value))
      throw new FormatError(
        source,
        place,
        `${describeJson(value)}, not a list of people`,
        'choose keypoints3d files',
      );
    for (const [index, person] of value.entries()) {
      const where = `${place}, person ${index}, keypoints3d`;
      if (!isJsonObject(person) || person.keypoints3d === undefined)
        throw new FormatError(
          source,
          where,
          `${describeJson(person)} has no keypoints3d`,
          'choose keypoints3d files',
        );
      const row = keypointRow(person.keypoints3d, 4, source, where);
      const joints = row.values.length / row.columns;
      if (joints < BODY || row.columns < 3) {
        const problem = `${joints} joints of ${row.columns} numbers; BODY_25 has 25 of x, y, z, confidence`;
        throw new FormatError(source, where, problem, 'run EasyMocap with --body body25');
      }
      extra = Math.max(extra, joints - BODY);
      const joint = orderedJoints(row, { dimensions: 3, order: sameOrder(BODY), zeroIsMissing: true });
      const { id } = person;
      const name = typeof id === 'number' || typeof id === 'string' ? String(id) : null;
      detections.push({ frame, person: name, ...joint });
    }
  }
  if (extra > 0)
    warnings.push({ place: 'keypoints3d', message: `${extra} joints of hands and face are not read` });
  const facts = {
    dimensions: 3,
    layouts: ['body25'],
    fps: null,
    unit: 'm',
    up: '+z',
    imageSize: null,
    frames: frameRange(frames),
  } as const;
  return {
    producer: 'EasyMocap',
    reason: 'people with id and keypoints3d',
    tracks: tracksOfPeople(detections, facts, source, warnings),
    warnings,
  };
}
