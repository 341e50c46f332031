import { expect, test } from 'vitest';
import type { ModelSummary } from '../../../contract/engine-info.ts';
import { modelGroups } from './model-options.ts';

const MODELS: ModelSummary[] = [
  { name: 'median', kind: 'filter', title: 'median filter', version: '1' },
  { name: 'synsp++', kind: 'network', title: 'SynSP++', version: '2' },
  { name: 'hpr-net', kind: 'network', title: 'HPR-Net', version: '1', needs: 'rotations' },
  { name: 'broken', kind: 'network', title: 'damaged', version: '?', problem: 'its card is missing' },
];

const BVH = { dimensions: 3, kind: 'skeleton' } as const;
const ARRAY_3D = { dimensions: 3, kind: 'positions' } as const;
const ARRAY_2D = { dimensions: 2, kind: 'positions' } as const;

test('networks stand before filters', () => {
  const groups = modelGroups(MODELS, BVH);
  expect(groups.map(({ group, items }) => [group, items.map(({ value }) => value)])).toEqual([
    ['Networks', ['synsp++', 'hpr-net', 'broken']],
    ['Filters', ['median']],
  ]);
});

test('a damaged network says why, and a 2D clip leaves only filters', () => {
  expect(modelGroups(MODELS, BVH)[0].items[2]).toMatchObject({
    disabled: true,
    problem: 'its card is missing',
  });
  expect(
    modelGroups(MODELS, ARRAY_2D).flatMap(({ items }) => items.filter((item) => !item.disabled)),
  ).toEqual([{ value: 'median', label: 'median', disabled: false, problem: '' }]);
});

test('a network that treats every coordinate for itself reads 2D, too', () => {
  const smoothNet: ModelSummary = {
    name: 'smoothnet-32',
    kind: 'network',
    title: '',
    version: '1',
    reads2d: true,
  };
  expect(modelGroups([smoothNet], ARRAY_2D)[0].items[0].problem).toBe('');
});

test('a network on rotations takes a BVH and refuses an array of positions with the reason', () => {
  expect(modelGroups(MODELS, BVH)[0].items[1]).toMatchObject({ value: 'hpr-net', disabled: false });
  expect(modelGroups(MODELS, ARRAY_3D)[0].items[1]).toMatchObject({
    value: 'hpr-net',
    disabled: true,
    problem: 'reads rotations, and this clip has positions only',
  });
  expect(modelGroups(MODELS, ARRAY_3D)[0].items[0].disabled).toBe(false);
});
