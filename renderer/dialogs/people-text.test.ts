import { expect, test } from 'vitest';
import { personExtent, titleAmong } from './people-text.ts';

test('people a tracker numbered are called so, animations keep their names', () => {
  const person = { id: '3', frameCount: 240, seenFrames: 240 };
  expect(titleAmong({ peopleAre: 'people' }, person)).toBe('Person 3');
  expect(titleAmong({ peopleAre: 'people' }, { ...person, id: 'anna' })).toBe('anna');
  expect(titleAmong({ peopleAre: 'animations' }, person)).toBe('3');
});

test('frames in which a person was not seen are told', () => {
  expect(personExtent({ id: '3', frameCount: 240, seenFrames: 240 })).toBe('240 frames');
  expect(personExtent({ id: '3', frameCount: 240, seenFrames: 231 })).toBe('231 of 240 frames');
});
