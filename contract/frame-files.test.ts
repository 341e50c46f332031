import { expect, test } from 'vitest';
import { frameSequences } from './frame-files.ts';

test('files of OpenPose and EasyMocap are sequences, in the order of their frames', () => {
  const openPose = ['walk_000000000010_keypoints.json', 'notes.txt', 'walk_000000000002_keypoints.json'];
  expect(frameSequences(openPose)).toEqual([{ name: 'walk', members: [2, 0] }]);
  expect(frameSequences(['000001.json', '000000.json'])).toEqual([{ name: '', members: [1, 0] }]);
});

test('two videos in one folder are two sequences', () => {
  const names = [
    'a_0001_keypoints.json',
    'b_0001_keypoints.json',
    'a_0002_keypoints.json',
    'b_0002_keypoints.json',
  ];
  expect(frameSequences(names)).toEqual([
    { name: 'a', members: [0, 2] },
    { name: 'b', members: [1, 3] },
  ]);
});

test('a few numbered takes are clips of their own, many short numbers are frames', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, take) => `take_${take}.json`);
  expect(frameSequences(numbered(12))).toEqual([]);
  const [{ name, members }] = frameSequences(numbered(20));
  expect([name, members[2], members.length]).toEqual(['take', 2, 20]);
});

test('a single file is no sequence', () => {
  expect(frameSequences(['walk_0001_keypoints.json', 'run_0001_keypoints.json', 'poses.json'])).toEqual([]);
});
