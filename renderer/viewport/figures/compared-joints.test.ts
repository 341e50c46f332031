import { expect, test } from 'vitest';
import { comparedJoints } from './compared-joints.ts';

const body17 = Array.from({ length: 17 }, (_, joint) => (joint < 16 ? joint : -1));

test('a finger follows its hand and is not compared by itself', () => {
  const names = [...Array.from({ length: 16 }, (_, joint) => `joint${joint}`), 'finger'];
  expect(comparedJoints({ names, bones: [], body17 })).toEqual(names.map((name) => name !== 'finger'));
});

test('a figure that is hardly a body is compared whole', () => {
  expect(comparedJoints({ names: ['a', 'b'], bones: [], body17: [0, -1] })).toEqual([true, true]);
});
