import { expect, test } from 'vitest';
import { valueLabels } from './value-labels.ts';

test('half steps keep their half', () => {
  expect(valueLabels([0, 2.5, 5, 7.5])).toEqual(['0.0', '2.5', '5.0', '7.5']);
});

test('whole steps have no digits after the point, and binary dust makes none', () => {
  expect(valueLabels([0, 50, 100])).toEqual(['0', '50', '100']);
  expect(valueLabels([0, 0.1, 0.2, 0.1 + 0.2])).toEqual(['0.0', '0.1', '0.2', '0.3']);
});
