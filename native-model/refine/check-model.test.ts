import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest';
import { writeModelFolder } from '../../test/model-folders.ts';
import { temporaryFolder } from '../../test/run-command.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { checkModel } from './refine-settings.ts';

const folder = temporaryFolder();
writeModelFolder(folder.path, 'hpr-net', { architecture: 'hpr-net', windowLength: 17 });
writeModelFolder(folder.path, 'smoothnet-8', { architecture: 'smoothnet' });

beforeEach(() => void vi.stubEnv('POSEMEND_MODELS', folder.path));
afterEach(() => vi.unstubAllEnvs());
afterAll(() => folder.remove());

function clip(format: 'bvh' | 'npy', dimensions: 2 | 3 = 3): OpenedClip {
  const source = { kind: format === 'bvh' ? 'skeleton' : 'positions' };
  return { path: `walk.${format}`, format, dimensions, source } as OpenedClip;
}

test('a network on rotations takes a BVH and refuses an array, with the way out', () => {
  expect(() => checkModel(clip('bvh'), 'hpr-net')).not.toThrow();
  expect(() => checkModel(clip('npy'), 'hpr-net')).toThrow(
    expect.objectContaining({
      code: 'usage',
      message:
        "walk.npy: 'hpr-net' works on joint rotations and this clip has positions; choose posemend or synsp++",
    }),
  );
});

test('a network on positions takes both, in 2D only one that treats every coordinate by itself', () => {
  expect(() => checkModel(clip('bvh'), 'smoothnet-8')).not.toThrow();
  expect(() => checkModel(clip('npy'), 'smoothnet-8')).not.toThrow();
  expect(() => checkModel(clip('npy', 2), 'smoothnet-8')).not.toThrow();
  expect(() => checkModel(clip('npy', 2), 'hpr-net')).toThrow('this clip is 2D; lift it to 3D');
});

test('a model that is not there is refused with the names of those that are', () => {
  expect(() => checkModel(clip('npy'), 'nothing')).toThrow(
    "there is no model 'nothing'; there are hpr-net, smoothnet-8, one-euro",
  );
});
