import { expect, test } from 'vitest';
import { leftError } from './left-error.ts';

const BEFORE = Float32Array.of(80, 40, 60);
const AFTER = Float32Array.of(20, 20, 30);

test('a full refinement leaves its own error, none leaves that of the input', () => {
  expect([...leftError(BEFORE, AFTER, Float64Array.of(1, 1, 1), undefined)]).toEqual([20, 20, 30]);
  expect([...leftError(BEFORE, AFTER, Float64Array.of(0, 0, 0), undefined)]).toEqual([80, 40, 60]);
});

test('half the strength leaves the middle, frame by frame', () => {
  expect([...leftError(BEFORE, AFTER, Float64Array.of(0.5, 1, 0), undefined)]).toEqual([50, 20, 60]);
});

test('joints left out keep their error', () => {
  const joints = Array.from({ length: 17 }, (_, joint) => joint < 0);
  expect([...leftError(BEFORE, AFTER, Float64Array.of(1, 1, 1), joints)]).toEqual([80, 40, 60]);
});

test('where no error is known there is none', () => {
  const none = new Float32Array(0);
  expect(leftError(none, none, Float64Array.of(1, 1), undefined)).toHaveLength(0);
});
