import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisAngleToQuat } from '../../math/axis-angle.ts';
import { matrix3FromQuat, quatAngle } from '../../math/quat.ts';
import { averageSmplSkeleton } from '../../skeleton/smpl/average-smpl.ts';
import type { PyArray, PyDict, PyValue } from '../python/py-value.ts';
import type { SmplTrack } from '../tracks.ts';
import { readSmplFamily } from './read-smpl-family.ts';

function array(shape: readonly number[], at: (index: number) => number = () => 0): PyArray {
  const size = shape.reduce((product, count) => product * count, 1);
  return {
    kind: 'array',
    shape,
    dtype: 'f8',
    data: Float64Array.from({ length: size }, (_, i) => at(i)),
    items: null,
  };
}

function objects(items: readonly PyValue[]): PyArray {
  return { kind: 'array', shape: [items.length], dtype: 'O', data: null, items };
}

const dict = (entries: Record<string, PyValue>): PyDict => new Map(Object.entries(entries));

function smplOf(value: PyValue): SmplTrack {
  const track = readSmplFamily(value, 'file')?.tracks[0];
  if (track?.kind !== 'smpl') throw new Error('no SMPL track');
  return track;
}

/** Root half a turn about X, as a standing person in camera axes; other joints at rest. */
const camera = (frames: number, joints = 24) =>
  array([frames, joints * 3], (index) => (index % (joints * 3) === 0 ? Math.PI : 0));
/** Identity matrices but for the root's. */
const cameraMatrices = (frames: number) =>
  array([frames, 24, 3, 3], (index) => {
    const isRoot = index % 216 < 9;
    const entry = index % 9;
    return entry % 4 === 0 ? (isRoot && entry > 0 ? -1 : 1) : 0;
  });

/** Three numbers for each joint, and what they are in the other forms. */
function forms(vectors: readonly number[]) {
  const frames = vectors.length / 72;
  const quats = new Float64Array(frames * 96);
  const matrices = new Float64Array(frames * 216);
  for (let index = 0; index < frames * 24; index++) {
    axisAngleToQuat(quats, index * 4, vectors, index * 3);
    matrix3FromQuat(matrices, index * 9, quats, index * 4);
  }
  const pick = (entries: readonly number[], shape: readonly number[]) =>
    array(shape, (at) => matrices[Math.floor(at / 6) * 9 + entries[at % 6]]);
  return {
    quats,
    axisAngle: array([frames, 72], (at) => vectors[at]),
    all: [
      array([frames, 24, 3], (at) => vectors[at]),
      array([frames, 24, 3, 3], (at) => matrices[at]),
      array([frames, 216], (at) => matrices[at]),
      // The first column of the matrix, then the second; and its rows cut off after the second entry.
      pick([0, 3, 6, 1, 4, 7], [frames, 24, 6]),
      pick([0, 1, 3, 4, 6, 7], [frames, 144]),
    ],
  };
}

test('axis-angle, matrices and both orders of 6D are the same rotations', () => {
  const angle = fc.integer({ min: -300, max: 300 }).map((value) => value / 100);
  fc.assert(
    fc.property(fc.array(angle, { minLength: 144, maxLength: 144 }), (vectors) => {
      const { quats, axisAngle, all } = forms(vectors);
      for (const poses of [axisAngle, ...all]) {
        const { rotations } = smplOf(dict({ poses, trans: array([2, 3]) }));
        for (let at = 0; at < rotations.length; at += 4) {
          expect(quatAngle(rotations, at, quats, at)).toBeLessThan(1e-7);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('a matrix far from a rotation becomes the nearest one, with a warning', () => {
  const quarter = [0, -1, 0, 1, 0, 0, 0, 0, 1];
  const poses = array([1, 24, 3, 3], (index) =>
    index < 9 ? 1.2 * quarter[index] : index % 9 === 0 || index % 9 === 4 || index % 9 === 8 ? 1 : 0,
  );
  const file = readSmplFamily(dict({ poses, gender: 'male' }), 'file')!;
  expect(file.warnings.some(({ message }) => /far from rotations/.test(message))).toBe(true);
  const { rotations } = file.tracks[0] as SmplTrack;
  expect(quatAngle(rotations, 0, [0, 0, Math.SQRT1_2, Math.SQRT1_2], 0)).toBeLessThan(1e-9);
});

test('signs of quaternions go on where a root turns through half a turn', () => {
  // As matrices, which do not tell one quaternion from its opposite.
  const vectors = Array.from({ length: 8 * 72 }, (_, index) =>
    index % 72 === 1 ? 1 + 0.6 * Math.floor(index / 72) : 0,
  );
  const poses = forms(vectors).all[1];
  const { rotations } = smplOf(dict({ poses, trans: array([8, 3]) }));
  for (let frame = 1; frame < 8; frame++) {
    let dot = 0;
    for (let k = 0; k < 4; k++) dot += rotations[frame * 96 + k] * rotations[frame * 96 - 96 + k];
    // The cosine of half of 0.6.
    expect(dot).toBeCloseTo(Math.cos(0.3), 9);
  }
});

test('the keys of SMPL say which model it is', () => {
  const trans = array([2, 3]);
  for (const [width, model, joints] of [
    [72, 'smpl', 24],
    [66, 'smplh', 22],
    [156, 'smplh', 52],
    [165, 'smplx', 55],
  ] as const) {
    expect(smplOf(dict({ poses: array([2, width]), trans }))).toMatchObject({ model, jointCount: joints });
  }
  const root = { global_orient: array([2, 3]), transl: trans };
  expect(smplOf(dict({ ...root, body_pose: array([2, 69]) }))).toMatchObject({
    model: 'smpl',
    jointCount: 24,
  });
  expect(smplOf(dict({ ...root, body_pose: array([2, 63]) }))).toMatchObject({
    model: 'smplh',
    jointCount: 22,
  });
  const hands = { left_hand_pose: array([2, 45]), right_hand_pose: array([2, 45]) };
  expect(smplOf(dict({ ...root, body_pose: array([2, 63]), ...hands })).jointCount).toBe(52);
  const face = { jaw_pose: array([2, 3]), leye_pose: array([2, 3]), reye_pose: array([2, 3]) };
  expect(smplOf(dict({ ...root, body_pose: array([2, 21, 3]), ...hands, ...face }))).toMatchObject({
    model: 'smplx',
    jointCount: 55,
  });
});

test('shape is the median over the frames, so that a wild frame does not count', () => {
  const betas = array([3, 2], (index) => [1, -1, 90, -2, 2, 5][index]);
  expect([...smplOf(dict({ poses: array([3, 72]), betas })).betas!]).toEqual([2, -1]);
  expect([...smplOf(dict({ poses: array([3, 72]), betas: array([2], (index) => index) })).betas!]).toEqual([
    0, 1,
  ]);
});

test('the up axis of a file that does not say it is the one along which the body stands', () => {
  const zUp = array([3, 72], (index) => (index % 72 === 0 ? Math.PI / 2 : 0));
  const file = readSmplFamily(dict({ poses: zUp, trans: array([3, 3]) }), 'file')!;
  expect(file.tracks[0]).toMatchObject({ up: '+z', space: 'world' });
  expect(file.warnings[0].message).toMatch(/\+z, along which the body stands \(100 %\)/);
  expect(smplOf(dict({ poses: camera(3), trans: array([3, 3]) }))).toMatchObject({
    up: '-y',
    space: 'camera',
  });
});

test('a missing key, a wrong shape and mixed lengths name the key and what was expected', () => {
  const amass = { poses: array([4, 156]), trans: array([4, 3]), mocap_framerate: 60 };
  const read = (change: Record<string, PyValue>) => () =>
    readSmplFamily(dict({ ...amass, ...change }), 'a.npz');
  expect(read({ trans: array([3, 3]) })).toThrow('a.npz:trans: has 3 frames, but the rotations have 4');
  expect(read({ trans: array([4, 2]) })).toThrow(/trans: has the shape \(4, 2\); expected \(4, 3\)/);
  expect(read({ poses: array([4, 100]) })).toThrow(
    /poses: has the shape \(4, 100\); expected axis-angle \(N, 156\)/,
  );
  expect(read({ poses: 'text' })).toThrow(/poses: holds no numbers/);
  expect(read({ mocap_framerate: 0 })).toThrow(/mocap_framerate: is no frame rate/);
  expect(read({ poses: array([0, 156]), trans: array([0, 3]) })).toThrow(/has no frame/);
  expect(() => readSmplFamily(dict({ body_pose: array([4, 63]), betas: array([10]) }), 'a.npz')).toThrow(
    /global_orient: the key is missing, but there is body_pose/,
  );
  const incam = dict({ body_pose: array([4, 63]), transl: array([4, 3]) });
  expect(() => readSmplFamily(dict({ smpl_params_global: incam }), 'r.pt')).toThrow(
    /global_orient: the key is missing/,
  );
  expect(() =>
    readSmplFamily(dict({ smpl_poses: array([4, 72]), smpl_scaling: array([1]) }), 'a.pkl'),
  ).toThrow(/smpl_scaling: is 0/);
});

test('SMPL under the keys of AMASS is SMPL, with the frame rate of the file', () => {
  const track = smplOf(dict({ poses: array([2, 72]), trans: array([2, 3]), mocap_framerate: 25 }));
  expect(track).toMatchObject({ model: 'smpl', fps: 25, up: '+y' });
});

test('frame numbers must rise and fit the rows', () => {
  const person = (ids: PyArray) =>
    new Map<number, PyValue>([[1, dict({ pose: camera(3), pred_cam: array([3, 3]), frame_ids: ids })]]);
  const numbers = (...ids: number[]) => array([ids.length], (index) => ids[index]);
  expect(() => readSmplFamily(person(numbers(1, 2, 2)), 'v.pkl')).toThrow(/row 2 is frame 2 after frame 2/);
  expect(() => readSmplFamily(person(numbers(1, 2)), 'v.pkl')).toThrow(/frame_ids: has the shape \(2,\)/);
  expect(smplOf(person(numbers(4, 5, 8)))).toMatchObject({
    frameCount: 5,
    seen: [true, true, false, false, true],
  });
});

test('frames with NaN are gaps, all NaN and infinity are refused', () => {
  const poses = (bad: number, frames: readonly number[]) =>
    array([3, 72], (index) => (frames.includes(Math.floor(index / 72)) && index % 72 === 5 ? bad : 0));
  const read = (pose: PyArray) => readSmplFamily(dict({ poses: pose, trans: array([3, 3]) }), 'a.npz')!;
  const file = read(poses(Number.NaN, [1]));
  const track = file.tracks[0] as SmplTrack;
  expect(track.seen).toEqual([true, false, true]);
  expect(track.rotations.subarray(96, 192).every(Number.isNaN)).toBe(true);
  expect(track.translations!.subarray(3, 6).every(Number.isNaN)).toBe(true);
  expect(file.warnings.some(({ message }) => message === '1 frames hold NaN and are read as gaps')).toBe(
    true,
  );
  expect(() => read(poses(Number.NaN, [0, 1, 2]))).toThrow(/no frame has numbers/);
  expect(() => read(poses(Number.POSITIVE_INFINITY, [2]))).toThrow(/a rotation is infinite in row 2/);
});

test('degrees, reflections and latents are refused with what they are', () => {
  const degrees = array([3, 72], (index) => (index % 72 === 0 ? 90 : 0));
  expect(() => readSmplFamily(dict({ poses: degrees, trans: array([3, 3]) }), 'a.npz')).toThrow(/radians/);
  const mirror = array([1, 24, 3, 3], (index) => (index % 9 === 0 ? -1 : index % 4 === 0 ? 1 : 0));
  expect(() => readSmplFamily(dict({ poses: mirror, gender: 'male' }), 'a.npz')).toThrow(/is no rotation/);
  expect(() => readSmplFamily(array([10, 263]), 'a.npy')).toThrow(/feature vector of HumanML3D/);
});

test('vertices and other large arrays are never asked for', () => {
  const verts: PyArray = {
    ...array([0]),
    shape: [3, 6890, 3],
    get data(): Float64Array {
      throw new Error('decoded');
    },
  };
  const person = { pose: camera(3), pred_cam: array([3, 3]), verts, joints2d: null };
  expect(smplOf(new Map([[1, dict(person)]])).frameCount).toBe(3);
  expect(smplOf(dict({ poses: array([3, 156]), trans: array([3, 3]), dmpls: verts })).frameCount).toBe(3);
});

test('sequences of SmoothNet data are tracks, and must be as many under each key', () => {
  const data = {
    imgname: objects([objects(['a/1.jpg']), objects(['b/1.jpg'])]),
    joints_3d: objects([array([2, 42]), array([3, 42])]),
    pose: objects([camera(2), camera(3)]),
    trans: objects([array([2, 3]), array([3, 3])]),
  };
  const file = readSmplFamily(dict(data), 's.npz')!;
  expect(file.tracks.map(({ id, frameCount }) => [id, frameCount])).toEqual([
    ['a', 2],
    ['b', 3],
  ]);
  const scaled = {
    ...data,
    trans: objects([array([2, 3], () => 190), array([3, 3])]),
    scaling: array([2], () => 95),
  };
  expect(smplOf(dict(scaled)).translations![0]).toBe(2);
  expect(() => readSmplFamily(dict({ ...data, trans: objects([array([2, 3])]) }), 's.npz')).toThrow(
    /trans: has 1 sequences, but pose has 2/,
  );
});

/** Joints of a body of 24 that moves its arms and legs: places, metres. */
function walkingPlaces(frames: number): PyArray {
  const { restOffsets, parents } = averageSmplSkeleton('smpl');
  const data = new Float64Array(frames * 72);
  for (let frame = 0; frame < frames; frame++) {
    const swing = 0.6 * Math.sin(frame / 3);
    for (let joint = 1; joint < 24; joint++) {
      const at = (frame * 24 + joint) * 3;
      const from = (frame * 24 + parents[joint]) * 3;
      const [x, y, z] = restOffsets.subarray(joint * 3, joint * 3 + 3);
      // Each bone swings about X: its length stays.
      data[at] = data[from] + x;
      data[at + 1] = data[from + 1] + y * Math.cos(swing) - z * Math.sin(swing);
      data[at + 2] = data[from + 2] + y * Math.sin(swing) + z * Math.cos(swing);
    }
  }
  return array([frames, 72], (index) => data[index]);
}

test('72 numbers are joint places where bones keep their length, rotations where they make no body', () => {
  const places = walkingPlaces(20);
  expect(readSmplFamily(places, 'a.npy')).toBeNull();
  expect(readSmplFamily({ ...places, shape: [20, 24, 3] }, 'a.npy')).toBeNull();
  expect(readSmplFamily(dict({ poses: places }), 'a.npz')).toBeNull();
  const centimetres = { ...places, data: places.data!.map((metres) => metres * 100) };
  expect(readSmplFamily(centimetres, 'a.npy')).toBeNull();

  const swing = array([20, 72], (index) => {
    const frame = Math.floor(index / 72);
    const joint = Math.floor((index % 72) / 3);
    return index % 3 === 0 ? 0.3 * Math.sin(frame / 3 + joint) : 0.05;
  });
  const file = readSmplFamily(swing, 'a.npy')!;
  expect(file.reason).toMatch(/shorter than half a turn/);
  expect(file.tracks[0]).toMatchObject({ model: 'smpl', jointCount: 24, fps: null, translations: null });
});

test('a person who stands still, arms down, is rotations though nothing moves', () => {
  const still = array([30, 72], (index) => {
    const joint = Math.floor((index % 72) / 3);
    if (index % 3 !== 2) return joint === 0 && index % 3 === 0 ? Math.PI / 2 : 0;
    return joint === 16 ? -1.1 : joint === 17 ? 1.1 : 0;
  });
  expect(smplOf(still)).toMatchObject({ jointCount: 24, up: '+z' });
});

test('bare arrays of other widths, and what is no SMPL', () => {
  const small = (shape: readonly number[]) => array(shape, (index) => 0.2 * Math.sin(index * index));
  expect(smplOf(small([5, 63]))).toMatchObject({ model: 'smplh', jointCount: 22, up: '+y' });
  expect(smplOf(small([5, 69]))).toMatchObject({ model: 'smpl', jointCount: 24 });
  expect(smplOf(small([5, 75]))).toMatchObject({ model: 'smplx', jointCount: 55 });
  expect(smplOf(small([5, 156])).jointCount).toBe(52);
  expect(smplOf(small([5, 165])).jointCount).toBe(55);
  expect(smplOf(cameraMatrices(3)).jointCount).toBe(24);
  for (const value of [
    small([5, 17, 3]),
    small([5, 51]),
    small([5, 24, 6]),
    small([5]),
    'text',
    null,
    3,
    [],
    new Map(),
  ]) {
    expect(readSmplFamily(value, 'a.npy')).toBeNull();
  }
});

test('any tree of values is read, refused by a FormatError, or not SMPL', () => {
  const keys = fc.constantFrom(
    'poses',
    'pose',
    'trans',
    'betas',
    'smpl',
    'tid',
    'body_pose',
    'global_orient',
    'frame_ids',
    'pred_pose',
    'pred_cam',
    'joints_3d',
    'gender',
    'fps',
    'pred_trans',
    'smpl_params_global',
  );
  const tree: fc.Arbitrary<PyValue> = fc.letrec<{ value: PyValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.double(),
      fc.string({ maxLength: 3 }),
      fc
        .tuple(
          fc.constantFrom([2, 72], [2, 3], [2, 24, 3, 3], [2], [0, 72], [], [1, 10], [3, 72]),
          fc.double(),
        )
        .map(([shape, number]) => array(shape, () => number)),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(tie('value'), { maxLength: 2 }).map(objects),
      fc.array(fc.tuple(keys, tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    ),
  })).value;
  fc.assert(
    fc.property(tree, (value) => {
      try {
        const file = readSmplFamily(value, 'file');
        if (file !== null) expect(file.tracks.length).toBeGreaterThan(0);
      } catch (error) {
        expect((error as Error).name).toBe('FormatError');
      }
    }),
    { numRuns: 2000 },
  );
});
