import { expect, test } from 'vitest';
import type { ModelSummary } from '../../../contract/engine-info.ts';
import { modelGroups } from './model-options.ts';

const MODELS: ModelSummary[] = [
  { name: 'median', kind: 'filter', title: 'median filter', version: '1' },
  { name: 'synsp++', kind: 'network', title: 'SynSP++', version: '2' },
  { name: 'broken', kind: 'network', title: 'damaged', version: '?', problem: 'its card is missing' },
];

test('networks stand before filters', () => {
  const groups = modelGroups(MODELS, 3);
  expect(groups.map(({ group, items }) => [group, items.map(({ value }) => value)])).toEqual([
    ['Networks', ['synsp++', 'broken']],
    ['Filters', ['median']],
  ]);
});

test('a damaged network says why, and a 2D clip leaves only filters', () => {
  expect(modelGroups(MODELS, 3)[0].items[1]).toMatchObject({
    disabled: true,
    problem: 'its card is missing',
  });
  expect(modelGroups(MODELS, 2).flatMap(({ items }) => items.filter((item) => !item.disabled))).toEqual([
    { value: 'median', label: 'median', disabled: false, problem: '' },
  ]);
});
