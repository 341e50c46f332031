import { expect, test } from 'vitest';
import { averageSmplBody } from '../../skeleton/smpl/average-smpl.ts';
import { smplToClip } from '../../skeleton/smpl/smpl-to-clip.ts';
import type { SmplTrack } from '../tracks.ts';
import { isEasyMocapSmpl, readEasyMocapSmpl } from './easymocap.ts';

const person = (Rh: number[], Th: number[], change = {}) => ({
  id: 0,
  Rh: [Rh],
  Th: [Th],
  poses: [new Array<number>(72).fill(0)],
  shapes: [new Array<number>(10).fill(0.5)],
  ...change,
});
const frames = (...people: unknown[]) =>
  people.map((value, frame) => ({ frame, place: `${frame}.json`, value: value as never }));

test('Rh turns about the origin of the mesh: the pelvis comes to R J0 + Th', () => {
  // A quarter turn about X brings the model's Y to Z; J0 = (0, -0.22, 0.03) comes to (0, -0.03, -0.22).
  const file = readEasyMocapSmpl(frames([person([Math.PI / 2, 0, 0], [1, 2, 1.2])]), 'smpl')!;
  const track = file.tracks[0] as SmplTrack;
  expect(file.producer).toBe('EasyMocap');
  const { clip } = smplToClip(track, averageSmplBody('smpl'), 30);
  // In the file at (1, 1.97, 0.98), so in Y up at (1, 0.98, -1.97); upright, as Z is up.
  const root = [...clip.localTranslations.subarray(0, 3)].map((metres) => Number(metres.toFixed(9)));
  expect(root).toEqual([1, 0.98, -1.97]);
  expect(Math.abs(clip.localRotations[3])).toBeCloseTo(1, 12);
  expect(track.betas![0]).toBe(0.5);
});

test('people have tracks of their own, frames without them are gaps', () => {
  const other = person([0, 0, 0], [0, 0, 0], { id: 3 });
  const here = person([0, 0, 0], [0, 0, 0]);
  const file = readEasyMocapSmpl(frames([here, other], [other], [here], { annots: [here] }), 'smpl')!;
  expect(file.tracks.map(({ id, frameCount, seen }) => [id, frameCount, seen])).toEqual([
    ['0', 4, [true, false, true, true]],
    ['3', 2, null],
  ]);
});

test('bad people name their file; what is no such people is not read', () => {
  const read = (change: object) => () =>
    readEasyMocapSmpl(frames([person([0, 0, 0], [0, 0, 0], change)]), 'smpl');
  expect(read({ poses: [new Array<number>(78).fill(0)] })).toThrow(
    /smpl:0.json, poses: holds 78 numbers; its hands/,
  );
  expect(read({ Th: [0, 1] })).toThrow(/0.json, Th: holds 2 numbers; expected 3/);
  expect(readEasyMocapSmpl(frames([{ id: 0, keypoints3d: [] }], 'text', null), 'smpl')).toBeNull();
  expect(isEasyMocapSmpl([person([0, 0, 0], [0, 0, 0])] as never)).toBe(true);
  expect(isEasyMocapSmpl({ people: [] } as never)).toBe(false);
});
