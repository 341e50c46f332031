import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import { LAYOUT_NAMES, LAYOUTS, layoutJointCount } from '../../skeleton/layouts.ts';
import { writeNpz } from '../python/npz-write.ts';
import { readPyFile } from '../python/py-file.ts';
import type { PyArray, PyValue } from '../python/py-value.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import { jointAt, madePoints } from './made-points.ts';
import type { NamedMotion } from './named-motion.ts';
import { readPointArrays } from './point-arrays.ts';
import { positionArrays } from './position-arrays.ts';

const array = (shape: readonly number[], data: ArrayLike<number> | ((at: number) => number)): PyArray => {
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers =
    typeof data === 'function' ? Float64Array.from({ length: size }, (_, at) => data(at)) : data;
  return { kind: 'array', shape, dtype: 'f8', data: Float64Array.from(numbers), items: null };
};
const objects = (...items: PyValue[]): PyArray => ({
  kind: 'array',
  shape: [items.length],
  dtype: 'O',
  data: null,
  items,
});
const read = (entries: Record<string, PyValue>, source = 'a.npz'): ParsedFile =>
  readPointArrays(new Map(Object.entries(entries)), source)!;
const first = (file: ParsedFile): PointTrack => file.tracks[0] as PointTrack;

/** Point p of frame f at (p, f, 0.5) with confidence 1. */
const humanData = (points: number, columns = 4): PyArray =>
  array([2, points, columns], (at) => {
    const point = Math.floor(at / columns) % points;
    return [point, Math.floor(at / columns / points), columns === 4 ? 0.5 : 1, 1][at % columns];
  });
const maskOf = (...points: number[]): PyArray => array([190], (at) => (points.includes(at) ? 1 : 0));
const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at);

test('HumanData with SMPL joints is SMPL, whole or compressed', () => {
  const mask = maskOf(...range(0, 22), 60, 188, 189);
  const whole = read({ keypoints3d: humanData(190), keypoints3d_mask: mask, config: 'smpl_45' });
  expect(whole).toMatchObject({ producer: 'MMHuman3D HumanData' });
  expect(whole.reason).toMatch(/config smpl_45; smpl24/);
  const x = (file: ParsedFile, name: string) => jointAt(first(file).positions, 'smpl24', name, 1)[0];
  expect(['pelvis', 'rightWrist', 'rightHand'].map((name) => x(whole, name))).toEqual([0, 21, 189]);
  const compressed = read({
    keypoints3d: humanData(25),
    keypoints3d_mask: mask,
    __keypoints_compressed__: true,
  });
  expect(['pelvis', 'rightWrist', 'leftHand', 'rightHand'].map((name) => x(compressed, name))).toEqual([
    0, 21, 23, 24,
  ]);
});

test('HumanData of Human3.6M, COCO and OpenPose is theirs; points of confidence 0 are missing', () => {
  const h36m = maskOf(148, 145, 4, 7, 144, 5, 8, 150, 146, 185, 147, 16, 18, 20, 17, 19, 21);
  expect(first(read({ keypoints3d: humanData(190), keypoints3d_mask: h36m })).layouts).toEqual(['h36m17']);
  const openPose = maskOf(...range(153, 178));
  const body25 = first(read({ keypoints3d: humanData(190), keypoints3d_mask: openPose }));
  expect(body25.layouts).toEqual(['body25']);
  expect(LAYOUTS.body25.names.map((name) => jointAt(body25.positions, 'body25', name)[0])).toEqual(
    range(153, 178),
  );
  const coco = maskOf(55, 56, 57, 58, 59, 144, 145, 4, 5, 7, 8, ...range(16, 22));
  const dark = humanData(190, 3);
  dark.data![55 * 3 + 2] = 0;
  const track = first(read({ keypoints2d: dark, keypoints2d_mask: coco }));
  expect(track).toMatchObject({ dimensions: 2, layouts: ['coco17'] });
  expect(jointAt(track.positions, 'coco17', 'nose', 0, 2)).toEqual([Number.NaN, Number.NaN]);
  expect(jointAt(track.positions, 'coco17', 'rightHip', 0, 2)).toEqual([144, 0]);
});

test('HumanData whose mask fits nothing is refused', () => {
  expect(() => read({ keypoints3d: humanData(40), keypoints3d_mask: maskOf(1, 2) })).toThrow(FormatError);
  expect(() => read({ keypoints3d: humanData(144), keypoints3d_mask: array([144], () => 1) })).toThrow(
    /a.npz:keypoints3d: shape \(2, 144, 4\) and a mask of 144/,
  );
  expect(() => read({ keypoints3d: humanData(190), keypoints3d_mask: maskOf(1, 2, 3) })).toThrow(
    /those of no body/,
  );
});

test('each sequence of joints_3d is a track, metres from the root', () => {
  const joints_3d = objects(
    array([5, 42], (at) => at),
    array([3, 42], (at) => -at),
  );
  const imgname = objects(objects('dance1/0.jpg', 'dance1/1.jpg'), objects('dance2/0.jpg'));
  const file = read({
    imgname,
    joints_3d,
    joints_2d: objects(
      array([5, 28], () => 1),
      array([3, 28], () => 1),
    ),
  });
  expect(file.tracks.map(({ id, frameCount }) => [id, frameCount])).toEqual([
    ['dance1', 5],
    ['dance2', 3],
  ]);
  expect(first(file)).toMatchObject({ unit: 'm', up: null, layouts: ['lsp14'], dimensions: 3 });
  expect(file.warnings.at(-1)!.message).toMatch(/start from the root/);
  const flat = first(read({ imgname: objects('a'), joints_3d: array([4, 72], (at) => at) }));
  expect(flat).toMatchObject({ frameCount: 4, layouts: ['smpl24'] });
  expect(() => read({ imgname, joints_3d: objects(array([5, 40], () => 0)) })).toThrow(
    /sequence 0: shape \(5, 40\)/,
  );
  expect(() => read({ imgname, joints_3d: objects('x') })).toThrow(/sequence 0: the sequence is no array/);
});

test('AIST++ keypoints are COCO at 60 frames a second, FreeMoCap arrays millimetres with Z up', () => {
  const keypoints3d = array([2, 17, 3], madePoints('coco17', 2));
  const aist = first(read({ keypoints3d, keypoints3d_optim: keypoints3d }));
  expect(aist).toMatchObject({ fps: 60, layouts: ['coco17'], frameCount: 2 });
  const points = array([2, 33, 3], madePoints('mediapipe33', 2));
  const freemocap = readPointArrays(points, 'x/mediapipe_body_3d_xyz.npy')!;
  expect(freemocap.producer).toBe('FreeMoCap');
  expect(first(freemocap)).toMatchObject({ unit: 'mm', up: '+z' });
  expect(first(readPointArrays(points, 'x/other.npy')!)).toMatchObject({ unit: null, up: null });
});

test('positions are found under usual keys, or as the only array that fits; several people are several tracks', () => {
  const points = array([4, 24, 3], madePoints('smpl24', 4));
  expect(first(read({ pred_joints: points, other: array([4, 22, 3], () => 1) })).layouts).toEqual(['smpl24']);
  expect(first(read({ anything: points, betas: array([10], () => 0) })).layouts).toEqual(['smpl24']);
  const people = read({ positions: array([2, 4, 24, 3], (at) => at), fps: array([], [25]) });
  expect(people.tracks.map(({ id, fps }) => [id, fps])).toEqual([
    ['1 1', 25],
    ['1 2', 25],
  ]);
  expect((people.tracks[1] as PointTrack).positions[0]).toBe(4 * 24 * 3);
  const framesFirst = read({ positions: array([4, 2, 24, 3], (at) => at) });
  expect((framesFirst.tracks[1] as PointTrack).positions[72]).toBe(3 * 72);
  expect(first(readPointArrays(objects(new Map([['positions', points]])), 'a.npy')!).frameCount).toBe(4);
});

test('what is no positions is left to others', () => {
  for (const value of [
    null,
    3,
    'x',
    [],
    new Map(),
    array([3], () => 0),
    array([5, 72], () => 0),
  ] as PyValue[])
    expect(readPointArrays(value, 'a')).toBeNull();
  const smpl = {
    poses: array([4, 24, 3], () => 0),
    body_pose: array([4, 24, 3], () => 0),
    verts: array([4, 6890, 3], () => 0),
  };
  expect(read(smpl)).toBeNull();
  expect(read({ a: array([2, 17, 3], () => 0), b: array([2, 17, 3], () => 0) })).toBeNull();
});

test('what a positions NPZ holds is read again', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LAYOUT_NAMES),
      fc.constantFrom(2 as const, 3 as const),
      fc.boolean(),
      fc.array(fc.oneof(fc.float({ noNaN: true, min: -1000, max: 1000 }), fc.constant(Number.NaN)), {
        minLength: 30,
        maxLength: 30,
      }),
      (layout, dimensions, hasConfidence, cells) => {
        const joints = layoutJointCount(layout);
        const positions = Float64Array.from(
          { length: 2 * joints * dimensions },
          (_, at) => cells[(at * 7) % 30],
        );
        const confidence = hasConfidence ? new Float64Array(2 * joints).fill(0.25) : null;
        const motion: NamedMotion = {
          names: LAYOUTS[layout].names,
          layout,
          positions,
          confidence,
          dimensions,
          frameTime: 1 / 60,
          unit: dimensions === 2 ? 'pixels' : 'cm',
          up: 'z',
        };
        const file = readPointArrays(readPyFile(writeNpz(positionArrays(motion)), 'a.npz'), 'a.npz')!;
        expect(first(file)).toMatchObject({
          fps: 60,
          dimensions,
          layouts: [layout],
          unit: dimensions === 2 ? null : 'cm',
        });
        expect(first(file).positions).toEqual(positions);
        expect(first(file).confidence).toEqual(confidence);
      },
    ),
    { numRuns: 60 },
  );
});

test('joints of a skeleton of its own are found by name', () => {
  const names = [
    'Hips',
    'LeftUpLeg',
    'LeftLeg',
    'LeftFoot',
    'RightUpLeg',
    'RightLeg',
    'RightFoot',
    'Spine',
    'Neck',
    'Head',
  ].concat(['LeftArm', 'LeftForeArm', 'LeftHand', 'RightArm', 'RightForeArm', 'RightHand']);
  const motion: NamedMotion = {
    ...{ names, layout: null, confidence: null, dimensions: 3, frameTime: 0.04, unit: 'm', up: 'y' },
    positions: Float64Array.from({ length: 2 * names.length * 3 }, (_, at) => at),
  };
  const track = first(readPointArrays(readPyFile(writeNpz(positionArrays(motion)), 'a.npz'), 'a.npz')!);
  expect(track).toMatchObject({ layouts: ['h36m17'], up: '+y', fps: 25 });
  expect(jointAt(track.positions, 'h36m17', 'leftKnee')).toEqual([6, 7, 8]);
});
