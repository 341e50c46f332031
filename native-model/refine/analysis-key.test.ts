import { expect, test } from 'vitest';
import type { OpenedClip } from '../formats/open-clip.ts';
import { analysisKey } from './analysis-key.ts';
import type { RefineSettings } from './refine-settings.ts';

const SETTINGS: RefineSettings = { model: 'synsp++', strength: 1, device: 'cpu', library: 'default' };

function clip(change: object = {}, source: object = {}): OpenedClip {
  const npy = { kind: 'positions', layout: 'h36m17', metresPerUnit: 1, up: '+y', ...source };
  return {
    sourceHash: 'a',
    name: 'walk',
    format: 'npy',
    frameTime: 1 / 30,
    leadFrames: 0,
    dimensions: 3,
    ...change,
    source: npy,
  } as unknown as OpenedClip;
}

const keyOf = (change: Partial<RefineSettings>) => analysisKey(clip(), { ...SETTINGS, ...change });

test('strength, range, feather, joints and rotation smoothing need no other analysis', () => {
  const key = keyOf({});
  expect(keyOf({ strength: 0.3, range: [1, 2], featherFrames: 4 })).toBe(key);
  expect(keyOf({ joints: new Array(17).fill(false), smoothRotationsSeconds: 1 })).toBe(key);
});

test('whatever changes the answer changes the key', () => {
  const keys = [
    keyOf({}),
    keyOf({ model: 'gaussian' }),
    keyOf({ device: 'auto' }),
    keyOf({ library: 'none' }),
    keyOf({ library: { directory: 'none' } }),
    keyOf({ tags: ['dance'] }),
    keyOf({ person: 'p' }),
    analysisKey(clip({ sourceHash: 'b' }), SETTINGS),
    analysisKey(clip({ name: 'run' }), SETTINGS),
    analysisKey(clip({ frameTime: 1 / 60 }), SETTINGS),
    analysisKey(clip({}, { layout: 'h36m17-left' }), SETTINGS),
    analysisKey(clip({}, { metresPerUnit: 0.001 }), SETTINGS),
    analysisKey(clip({}, { up: '+z' }), SETTINGS),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('the order of tags does not count, and a filter depends on no library', () => {
  expect(keyOf({ tags: ['a', 'b'] })).toBe(keyOf({ tags: ['b', 'a', 'b'] }));
  const filter = { model: 'gaussian' };
  expect(keyOf({ ...filter, library: 'none', device: 'auto', tags: ['a'], person: 'p' })).toBe(keyOf(filter));
});
