import { FormatError, type FormatWarning } from '../../errors.ts';
import type { PyDict, PyKey, PyValue } from '../python/py-value.ts';
import type { ParsedFile } from '../tracks.ts';
import { buildSmplTrack } from './build-track.ts';
import { dictOf, type Tensor, tensorOf, unwrap } from './py-tensor.ts';
import { joinRotationRows, readRotationRows } from './rotation-rows.ts';

/**
 * PHALP and 4D-Humans: a dict by picture, each with lists of what was found in it: `tid` (who), `tracked_time` (frames
 * since the person was last seen) and `smpl` (matrices `global_orient` (1, 3, 3) and `body_pose` (23, 3, 3)). Camera
 * axes. Who has a `tracked_time` above 0 is a ghost, predicted and not seen: a gap, like who is not listed at all.
 *
 * `camera` comes from a weak-perspective camera with a made-up focal length: it is no place in metres, so tracks have
 * no translation.
 */
export function readPhalp(value: PyValue, source: string): ParsedFile | null {
  const dict = dictOf(value);
  if (dict === null || dict.size === 0) return null;
  const pictures = [...dict].map(([key, picture]) => ({ key, own: dictOf(picture) }));
  if (!pictures.every(({ own }) => own?.has('tid') && own.has('smpl'))) return null;

  const people = new Map<number, Sightings>();
  let ghosts = 0;
  for (const [index, { key, own }] of pictures.entries()) {
    const frame = numberAt(own!, 'time') ?? index;
    const ids = listAt(own!, 'tid', key, source).map((id) => tensorOf(id)?.data[0] ?? Number.NaN);
    const poses = listAt(own!, 'smpl', key, source);
    if (poses.length !== ids.length) {
      throw new FormatError(
        source,
        `${key}, smpl`,
        `has ${poses.length} bodies for ${ids.length} people in tid`,
      );
    }
    for (const [at, id] of ids.entries()) {
      if (!Number.isFinite(id)) throw new FormatError(source, `${key}, tid`, 'a track id is no number');
      if (isGhost(own!, at, ids)) {
        ghosts++;
        continue;
      }
      const sightings = people.get(id) ?? { frames: [], orients: [], bodies: [], betas: [] };
      addSighting(sightings, frame, poses[at], key, source);
      people.set(id, sightings);
    }
  }
  if (people.size === 0) throw new FormatError(source, 'tid', 'no person is seen in any picture');
  const warnings: FormatWarning[] = [];
  if (ghosts > 0) {
    warnings.push({
      place: 'tracked_time',
      message: `${ghosts} predictions of unseen people are read as gaps`,
    });
  }
  const tracks = [...people].map(([id, sightings]) => buildPerson(id, sightings, source, warnings));
  return { producer: '4D-Humans (PHALP)', reason: 'pictures with tid, smpl', tracks, warnings };
}

interface Sightings {
  readonly frames: number[];
  readonly orients: Tensor[];
  readonly bodies: Tensor[];
  readonly betas: Float64Array[];
}

function addSighting(to: Sightings, frame: number, pose: PyValue, key: PyKey, source: string): void {
  const dict = dictOf(pose);
  const matrices = (name: string, count: number): Tensor => {
    const tensor = tensorOf(dict?.get(name));
    if (tensor?.data.length === count * 9) return tensor;
    throw new FormatError(
      source,
      `${key}, smpl`,
      `${name} is no array of matrices`,
      `expected (${count}, 3, 3)`,
    );
  };
  to.frames.push(frame);
  to.orients.push(matrices('global_orient', 1));
  to.bodies.push(matrices('body_pose', 23));
  const betas = tensorOf(dict?.get('betas'));
  if (betas) to.betas.push(betas.data);
}

function buildPerson(id: number, sightings: Sightings, source: string, warnings: FormatWarning[]) {
  const { frames, orients, bodies, betas } = sightings;
  const stacked = (tensors: readonly Tensor[], joints: number): Tensor => {
    const data = new Float64Array(tensors.length * joints * 9);
    for (const [row, tensor] of tensors.entries()) data.set(tensor.data, row * joints * 9);
    return { shape: [tensors.length, joints, 3, 3], data };
  };
  const rows = joinRotationRows(
    [
      {
        key: 'global_orient',
        rows: readRotationRows(stacked(orients, 1), [1], source, 'global_orient', warnings),
      },
      { key: 'body_pose', rows: readRotationRows(stacked(bodies, 23), [23], source, 'body_pose', warnings) },
    ],
    source,
  );
  const person = {
    id: String(id),
    model: 'smpl' as const,
    rows,
    translations: null,
    frameIds: { key: 'time', tensor: { shape: [frames.length], data: Float64Array.from(frames) } },
    betas: medianBetas(betas),
    gender: null,
    fps: null,
    up: '-y' as const,
    space: 'camera' as const,
  };
  return buildSmplTrack(person, source, warnings);
}

function medianBetas(betas: readonly Float64Array[]): Float64Array | null {
  if (betas.length === 0) return null;
  return Float64Array.from(betas[0], (_, beta) => {
    const values = betas.map((set) => set[beta]).sort((a, b) => a - b);
    return (values[(values.length - 1) >> 1] + values[values.length >> 1]) / 2;
  });
}

/** `tracked_time` says how long the `at`-th person was not seen; where it is missing, `tracked_ids` list who is. */
function isGhost(picture: PyDict, at: number, ids: readonly number[]): boolean {
  const times = tensorOf(picture.get('tracked_time'));
  if (times?.data.length === ids.length) return times.data[at] > 0;
  const tracked = tensorOf(picture.get('tracked_ids'));
  return tracked !== null && !tracked.data.includes(ids[at]);
}

function listAt(picture: PyDict, key: string, frame: PyKey, source: string): readonly PyValue[] {
  const value = unwrapList(picture.get(key));
  if (value === null) throw new FormatError(source, `${frame}, ${key}`, 'is no list');
  return value;
}

function unwrapList(value: PyValue | undefined): readonly PyValue[] | null {
  if (Array.isArray(value)) return value as readonly PyValue[];
  const tensor = tensorOf(value);
  return tensor === null ? null : Array.from(tensor.data);
}

function numberAt(picture: PyDict, key: string): number | null {
  const number = tensorOf(unwrap(picture.get(key)))?.data[0];
  return number !== undefined && Number.isFinite(number) ? number : null;
}
