import { expect, test } from 'vitest';
import { nearestBody17 } from './nearest-body17.ts';

test('a finger belongs to its wrist, and a joint no bone leads to belongs to none', () => {
  const nearest = nearestBody17({
    names: ['elbow', 'wrist', 'knuckle', 'finger end', 'prop'],
    bones: [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
    body17: [-1, 0, 1],
  });
  expect([...nearest]).toEqual([1, 2, 2, 2, -1]);
});

test('bones are followed against their direction too', () => {
  const nearest = nearestBody17({ names: ['root', 'pelvis'], bones: [[0, 1]], body17: [1] });
  expect([...nearest]).toEqual([0, 0]);
});
