import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyDict, PyValue } from '../python/py-value.ts';
import type { ParsedFile, SmplTrack } from '../tracks.ts';
import { idText } from './person-facts.ts';
import { dictOf, tensorOf } from './py-tensor.ts';
import { readPerson } from './read-person.ts';

/**
 * Dicts by person: VIBE, TCMR, MEVA and PARE on a video (`pose` (N, 72) in camera axes, a weak-perspective `pred_cam`),
 * and WHAM (also `pose_world`, `trans_world`, Y up). `frame_ids` tell which frames of the video the rows are.
 *
 * `pred_cam` is a scale and a shift in the picture, no place in metres, so such tracks have no translation. The frame
 * rate is the video's, which the file does not tell.
 */
export function readByPerson(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict === null) return null;
  const people = [...dict].flatMap(([id, person]) => {
    const own = dictOf(person);
    return own !== null && (own.has('pose') || own.has('pose_world')) ? [{ id: idText(id), own }] : [];
  });
  if (people.length === 0) return null;

  const warnings: FormatWarning[] = [];
  const tracks: SmplTrack[] = [];
  for (const { id, own } of people) {
    const pose = tensorOf(own.get(own.has('pose_world') ? 'pose_world' : 'pose'));
    if (pose !== null && pose.shape[0] === 0) {
      warnings.push({ place: `person ${id}`, message: 'has no frame and is left out' });
      continue;
    }
    tracks.push(readOne(id, own, source, warnings));
  }
  if (tracks.length === 0) throw new FormatError(source, 'people', 'no person has a frame');
  const { producer, reason } = nameProducer(people[0].own);
  return {
    producer,
    reason: `people ${people.map(({ id }) => id).join(', ')} with ${reason}`,
    tracks,
    warnings,
  };
}

function readOne(id: string, own: PyDict, source: string, warnings: FormatWarning[]): SmplTrack {
  const isWorld = own.has('pose_world');
  return readPerson(
    own,
    {
      id,
      model: 'smpl',
      pose: [{ key: isWorld ? 'pose_world' : 'pose', jointCounts: [24] }],
      translation: isWorld ? 'trans_world' : 'trans',
      betas: 'betas',
      frameIds: own.has('frame_ids') ? 'frame_ids' : 'frame_id',
      fps: null,
      up: isWorld ? '+y' : '-y',
      space: isWorld ? 'world' : 'camera',
    },
    source,
    warnings,
  );
}

function nameProducer(person: PyDict): { producer: string; reason: string } {
  if (person.has('pose_world')) return { producer: 'WHAM', reason: 'pose_world, trans_world' };
  if (person.has('smpl_joints2d') || person.has('smpl_joints3d')) {
    return { producer: 'PARE', reason: 'pose, smpl_joints2d' };
  }
  if (person.has('pred_cam')) return { producer: 'VIBE, TCMR or MEVA', reason: 'pose, pred_cam' };
  return { producer: 'SMPL by person', reason: 'pose' };
}
