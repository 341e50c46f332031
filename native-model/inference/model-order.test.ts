import { expect, test } from 'vitest';
import { compareNetworks } from './model-order.ts';

function network(name: string, architecture: 'posemend' | 'synsp++' | 'synsp' | 'hpr-net' | 'smoothnet') {
  return { name, card: { architecture, windowLength: Number(name.split('-')[1]) || 8 } };
}

test('the default stands first, then its relatives, each with the longest window first', () => {
  const names = [
    network('smoothnet-8', 'smoothnet'),
    network('hpr-net', 'hpr-net'),
    network('synsp', 'synsp'),
    { name: 'broken', card: null },
    network('smoothnet-64', 'smoothnet'),
    network('synsp++', 'synsp++'),
    network('posemend', 'posemend'),
    network('smoothnet-32', 'smoothnet'),
  ]
    .sort(compareNetworks)
    .map(({ name }) => name);
  expect(names).toEqual([
    'posemend',
    'synsp++',
    'synsp',
    'hpr-net',
    'smoothnet-64',
    'smoothnet-32',
    'smoothnet-8',
    'broken',
  ]);
});

test('networks that differ in nothing else, and damaged ones, are in the order of their names', () => {
  const names = [
    { name: 'b', card: null },
    { name: 'a', card: null },
    network('y', 'synsp'),
    network('x', 'synsp'),
  ]
    .sort(compareNetworks)
    .map(({ name }) => name);
  expect(names).toEqual(['x', 'y', 'a', 'b']);
});
