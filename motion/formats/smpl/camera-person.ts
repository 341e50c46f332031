import type { PersonKeys } from './read-person.ts';

/** SMPL under one key, in the axes of a camera that looks along +Z with Y down. */
export function cameraPerson(id: string, key: string): PersonKeys {
  return {
    id,
    model: 'smpl',
    pose: [{ key, jointCounts: [24] }],
    translation: null,
    betas: 'betas',
    frameIds: null,
    fps: null,
    up: '-y',
    space: 'camera',
  };
}
