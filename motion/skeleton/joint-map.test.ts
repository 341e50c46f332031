import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { nearestNames, parseJointMap, resolveJointMap } from './joint-map.ts';
import type { Skeleton } from './skeleton.ts';

const skeleton: Skeleton = {
  names: ['rig:Hips', 'rig:LeftThigh', 'rig:leftEye', 'rig:rightEye', 'prop:Hips'],
  parents: Int32Array.from([-1, 0, 0, 0, 0]),
  restOffsets: new Float64Array(15),
  isEndSite: [false, false, false, false, false],
};

test('a joint map reads one name or several per body joint', () => {
  const map = parseJointMap(
    '\uFEFF{ "leftHip": "rig:LeftThigh", "head": ["leftEye", "RIGHTEYE"] }',
    'map.json',
  );
  expect(resolveJointMap(map, skeleton)).toEqual({
    leftHip: [{ node: 1, weight: 1 }],
    head: [
      { node: 2, weight: 0.5 },
      { node: 3, weight: 0.5 },
    ],
  });
});

test('an unknown key is answered with the valid ones', () => {
  expect(() => parseJointMap('{ "hips": "Hips" }', 'map.json')).toThrow(
    /^map\.json:hips: is not a body joint; the keys are pelvis, rightHip, .*, rightWrist$/,
  );
});

test('an unknown joint is answered with the nearest names', () => {
  const map = parseJointMap('{ "leftHip": "LeftTigh" }', 'map.json');
  expect(() => resolveJointMap(map, skeleton)).toThrow(
    /^map\.json:leftHip: the skeleton has no joint "LeftTigh"; near names are: rig:LeftThigh, /,
  );
});

test('a name that two joints bear is refused with both', () => {
  const map = parseJointMap('{ "pelvis": "hips" }', 'map.json');
  expect(() => resolveJointMap(map, skeleton)).toThrow(/2 joints; write one in full: rig:Hips, prop:Hips/);
});

test.each([
  '',
  '[]',
  'null',
  '"Hips"',
  '{"head": []}',
  '{"head": 3}',
  '{"head": ["a", 3]}',
  '{"head": ""}',
  '{"head"',
])('the text %s is refused as a format error', (text) => {
  expect(() => parseJointMap(text, 'map.json')).toThrow(FormatError);
});

test('nearest names are ordered by the edits they need', () => {
  expect(nearestNames('shin', ['thigh', 'lShin', 'Shin', 'foot'], 3)).toEqual(['Shin', 'lShin', 'thigh']);
});
