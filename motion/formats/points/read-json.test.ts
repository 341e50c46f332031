import { describe, expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import { LAYOUTS } from '../../skeleton/layouts.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import { jointAt, jsonBytes, madePoints, textBytes } from './made-points.ts';
import { readPointJson, readPointJsonSet } from './read-json.ts';

const read = (value: unknown): ParsedFile => readPointJson(jsonBytes(value), 'clip.json');
const only = ({ tracks }: ParsedFile): PointTrack => {
  expect(tracks.length).toBe(1);
  return tracks[0] as PointTrack;
};

/** Rows of a frame: [x, y(, z)] of each joint. */
function rows(positions: Float64Array, joints: number, frame: number): number[][] {
  return Array.from({ length: joints }, (_, joint) => {
    const at = (frame * joints + joint) * 3;
    return [...positions.subarray(at, at + 3)];
  });
}

/** A BODY_25 person in pixels, x shifted, as OpenPose's flat list. */
function openPosePerson(frame: number, shift = 0, id = -1): object {
  const joints = rows(madePoints('body25', frame + 1), 25, frame);
  return {
    person_id: [id],
    pose_keypoints_2d: joints.flatMap(([x, y]) => [500 + shift + 200 * x, 600 - 200 * y, 0.9]),
  };
}

const openPoseFile = (frame: number, ...people: object[]) => ({
  name: `dir/walk_${String(frame).padStart(12, '0')}_keypoints.json`,
  bytes: jsonBytes({ version: 1.3, people }),
});

describe('OpenPose', () => {
  test('files in any order are one clip; missing files are gaps, joints at the origin missing', () => {
    const lost = openPosePerson(0) as { pose_keypoints_2d: number[] };
    lost.pose_keypoints_2d.fill(0, 0, 3);
    const files = [
      openPoseFile(3, openPosePerson(3)),
      openPoseFile(0, lost),
      openPoseFile(1, openPosePerson(1)),
    ];
    const file = readPointJsonSet(files, 'walk');
    expect(file).toMatchObject({ producer: 'OpenPose' });
    const track = only(file);
    expect(track).toMatchObject({ frameCount: 4, dimensions: 2, layouts: ['body25'], unit: null });
    expect(track.seen).toEqual([true, true, false, true]);
    expect(jointAt(track.positions, 'body25', 'nose', 0, 2)).toEqual([Number.NaN, Number.NaN]);
    expect(jointAt(track.positions, 'body25', 'leftHip', 1, 2)).toEqual([520, 410]);
    expect(jointAt(track.positions, 'body25', 'leftHip', 2, 2)).toEqual([Number.NaN, Number.NaN]);
    expect(track.confidence![1]).toBe(0.9);
  });

  test('people without names are followed by where they are, in whatever order they come', () => {
    const files = Array.from({ length: 6 }, (_, frame) => {
      const people = [openPosePerson(frame), openPosePerson(frame, 300)];
      if (frame === 4) people.shift();
      return openPoseFile(frame, ...(frame % 2 === 0 ? people : people.toReversed()));
    });
    const { tracks, warnings } = readPointJsonSet(files, 'walk');
    expect(tracks.length).toBe(2);
    const [first, second] = tracks as PointTrack[];
    expect(first).toMatchObject({ id: 'person 2', seen: null });
    expect(second.seen).toEqual([true, true, true, true, false, true]);
    for (let frame = 0; frame < 6; frame++)
      expect(jointAt(first.positions, 'body25', 'leftHip', frame, 2)).toEqual([820, 410]);
    expect(warnings[0].message).toMatch(/followed from frame to frame/);
  });

  test('people with names are followed by them, also across a jump', () => {
    const files = [0, 1, 2].map((frame) =>
      openPoseFile(frame, openPosePerson(frame, frame === 1 ? 400 : 0, 7), openPosePerson(frame, 200, 3)),
    );
    const ids = readPointJsonSet(files, 'walk').tracks.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['3', '7']);
  });

  test('3D joints count where they are filled', () => {
    const joints = rows(madePoints('body25', 1), 25, 0);
    const person = { pose_keypoints_2d: [], pose_keypoints_3d: joints.flatMap((xyz) => [...xyz, 1]) };
    const track = only(read({ people: [person] }));
    expect(track).toMatchObject({ dimensions: 3, frameCount: 1 });
    expect(jointAt(track.positions, 'body25', 'rightHip')).toEqual([-0.1, 0.95, 0]);
  });

  test("COCO's 18 joints come in COCO's 17", () => {
    const flat = Array.from({ length: 18 }, (_, joint) => [joint + 1, 100 + joint, 1]).flat();
    const track = only(read({ people: [{ pose_keypoints_2d: flat }] }));
    expect(track.layouts).toEqual(['coco17']);
    const x = (name: string) => jointAt(track.positions, 'coco17', name, 0, 2)[0] - 1;
    expect(['nose', 'leftEye', 'rightEye', 'leftEar', 'rightEar'].map(x)).toEqual([0, 15, 14, 17, 16]);
    expect(['leftShoulder', 'rightWrist', 'leftHip', 'rightAnkle'].map(x)).toEqual([5, 4, 11, 10]);
  });

  test.each([
    [[openPoseFile(0, { pose_keypoints_2d: [1, 2, 3] })], /1 joints; BODY_25 has 25/],
    [[openPoseFile(0), openPoseFile(1)], /no frame has anybody in it/],
    [
      [openPoseFile(0, openPosePerson(0)), { name: 'walk_1_keypoints.json', bytes: jsonBytes([1]) }],
      /not OpenPose/,
    ],
    [
      [openPoseFile(0), { name: 'run_3_keypoints.json', bytes: jsonBytes({}) }],
      /files of two clips: .*walk.* and run_3/,
    ],
    [[openPoseFile(0), openPoseFile(0)], /frame 0 is there twice/],
    [[openPoseFile(0), { name: 'walk.json', bytes: jsonBytes({}) }], /no frame number/],
    [
      [openPoseFile(0, openPosePerson(0)), openPoseFile(99_999_999_999, openPosePerson(0))],
      /frames run from 0 to 99999999999: too many/,
    ],
  ])('a wrong set is refused (%#)', (files, message) => {
    expect(() => readPointJsonSet(files, 'walk')).toThrow(FormatError);
    expect(() => readPointJsonSet(files, 'walk')).toThrow(message);
  });
});

describe('MediaPipe', () => {
  const landmarks = (frame: number, hipCentred = true) => {
    const joints = rows(madePoints('mediapipe33', frame + 1), 33, frame);
    const [middleY, middleZ] = [joints[23][1], joints[23][2]];
    return joints.map(([x, y, z]) =>
      hipCentred
        ? { x, y: middleY - y, z: middleZ - z, visibility: 0.8 }
        : { x: 0.5 + x / 4, y: 1 - y / 2, z, visibility: 0.8 },
    );
  };

  test.each([
    ['frames of landmarks', [landmarks(0), null, landmarks(2)]],
    ['named world landmarks', [0, 1, 2].map((f) => ({ pose_world_landmarks: f === 1 ? [] : landmarks(f) }))],

    ['the key around all frames', { pose_world_landmarks: [landmarks(0), [], landmarks(2)] }],
    [
      'the JavaScript result, several poses',
      { frames: [0, 1, 2].map((f) => ({ worldLandmarks: f === 1 ? [] : [landmarks(f)], landmarks: [] })) },
    ],
    [
      'protobuf messages',
      [0, 1, 2].map((f) => ({ pose_world_landmarks: f === 1 ? null : { landmark: landmarks(f) } })),
    ],
  ])('%s are 3D in metres, Y down', (_, value) => {
    const track = only(read(value));
    expect(track).toMatchObject({
      frameCount: 3,
      dimensions: 3,
      unit: 'm',
      up: '-y',
      layouts: ['mediapipe33'],
    });
    expect(track.seen).toEqual([true, false, true]);
    const [x, y] = jointAt(track.positions, 'mediapipe33', 'nose', 2);
    expect([x, y]).toEqual([0, expect.closeTo(-0.65, 9)]);
    expect(track.confidence![0]).toBe(0.8);
  });

  test('landmarks in parts of the picture are 2D, scaled by its size where that is known', () => {
    const frames = [0, 1].map((frame) => ({ pose_landmarks: landmarks(frame, false) }));
    const assumed = read(frames);
    expect(only(assumed)).toMatchObject({ dimensions: 2, unit: null, imageSize: null });
    expect(assumed.warnings.map(({ message }) => message).join()).toMatch(/no 3D.*taken as 1920 x 1080/);
    const known = only(read({ fps: 25, width: 400, height: 200, frames }));
    expect(known).toMatchObject({ fps: 25, imageSize: [400, 200] });
    expect(jointAt(known.positions, 'mediapipe33', 'leftHip', 0, 2)).toEqual([210, 105]);
    expect(only(read([landmarks(0, false)])).dimensions).toBe(2);
  });

  test('a frame with another number of landmarks is refused', () => {
    expect(() => read([landmarks(0), landmarks(1).slice(0, 20)])).toThrow(
      'clip.json:frame 1, person 0: 20 landmarks, expected 33',
    );
    expect(() => read([landmarks(0), { nothing: 1 }])).toThrow(/frame 1: an object with nothing/);
  });
});

describe('MMPose', () => {
  const instance = (frame: number, joints: number, columns: 2 | 3) => ({
    keypoints: Array.from({ length: joints }, (_, joint) => [joint + frame, 2 * joint, 3].slice(0, columns)),
    keypoint_scores: Array.from({ length: joints }, () => 0.7),
    bbox: [[1, 2, 3, 4]],
  });

  test.each([
    [17, 2, 'coco17'],
    [26, 2, 'halpe26'],
    [133, 2, 'wholebody133'],
    [17, 3, 'h36m17'],
  ] as const)('%i joints in %iD are %s', (joints, columns, layout) => {
    const info = [1, 2, 4].map((frame) => ({
      frame_id: frame,
      instances: [instance(frame, joints, columns)],
    }));
    for (const value of [info, { meta_info: { dataset_name: 'x' }, instance_info: info }]) {
      const track = only(read(value));
      expect(track).toMatchObject({ frameCount: 4, dimensions: columns, layouts: [layout] });
      expect(track.seen).toEqual([true, true, false, true]);
      expect(track.positions[0]).toBe(1);
      expect(track.confidence![joints]).toBe(0.7);
    }
  });

  test("a lifter's body has Z up and is mirrored, which is undone; one that is not stays", () => {
    const joints = (frame: number) => rows(madePoints('h36m17', 4), 17, frame);
    const file = (sign: number) =>
      read(
        [0, 1, 2, 3].map((frame_id) => ({
          frame_id,
          instances: [{ keypoints: [joints(frame_id).map(([x, y, z]) => [sign * x, -z, y])] }],
        })),
      );
    for (const sign of [-1, 1]) {
      const found = file(sign);
      expect(only(found)).toMatchObject({ up: '+z', layouts: ['h36m17'] });
      expect(jointAt(only(found).positions, 'h36m17', 'leftHip', 1)).toEqual([0.1, -0.02, 0.95]);
      expect(found.warnings.map(({ message }) => message).join()).toMatch(sign < 0 ? /x is negated/ : /^$/);
    }
  });

  test('instances of one picture are one frame; other models are refused', () => {
    expect(only(read([instance(0, 17, 2)])).frameCount).toBe(1);
    expect(() => read([instance(0, 21, 2)])).toThrow(/21 joints in 2D; known are 17, 26, 133/);
    const info = [0, 1].map((frame_id) => ({
      frame_id,
      instances: [instance(0, frame_id === 0 ? 17 : 26, 2)],
    }));
    expect(() => read(info)).toThrow(
      'clip.json:frame 1, instance 0, keypoints: 26 joints in 2D, 17 in 2D before',
    );
    expect(() => read([{ frame_id: 0, instances: [{ bbox: [] }] }])).toThrow(/has no keypoints/);
  });
});

describe('AlphaPose', () => {
  const entry = (frame: number, joints: number, idx?: unknown) => ({
    image_id: `${frame}.jpg`,
    category_id: 1,
    keypoints: Array.from({ length: joints }, (_, joint) => [10 + joint, 20 + joint, 0.5]).flat(),
    score: 2.9,
    ...(idx !== undefined && { idx }),
  });

  test('idx names people, image_id frames', () => {
    const file = read([entry(0, 17, 1), entry(0, 17, [[2]]), entry(1, 17, 1), entry(3, 17, 1)]);
    expect(file.producer).toBe('AlphaPose');
    const [first, second] = file.tracks as PointTrack[];
    expect(first).toMatchObject({
      id: '1',
      frameCount: 4,
      layouts: ['coco17'],
      seen: [true, true, false, true],
    });
    expect(second.id).toBe('2');
  });

  test('of 136 joints the body counts', () => {
    const file = read([entry(0, 136), entry(1, 136)]);
    expect(only(file).layouts).toEqual(['halpe26']);
    expect(file.warnings[0].message).toMatch(/face and hands .* are not read/);
  });

  test("a dictionary of pictures has OpenPose's people or CMU's bodies", () => {
    const joints = Array.from({ length: 18 }, (_, joint) => [10 + joint, 20, 1]).flat();
    for (const people of [
      { people: [{ pose_keypoints_2d: joints }] },
      { version: 0.1, bodies: [{ joints }] },
    ]) {
      const file = read({ '0.jpg': people, '1.jpg': people });
      expect(file.producer).toBe('AlphaPose');
      expect(only(file)).toMatchObject({ frameCount: 2, layouts: ['coco17'] });
    }
  });

  test('mixed models and entries without keypoints are refused', () => {
    expect(() => read([entry(0, 17), entry(1, 26)])).toThrow(
      /entry 1, keypoints: 26 joints; entries before have COCO/,
    );
    expect(() => read([entry(0, 17), { image_id: '1.jpg' }])).toThrow(/entry 1: an object with image_id/);
  });
});

test('EasyMocap has BODY_25 in metres, Z up, people by id', () => {
  const files = [0, 1].map((frame) => {
    const keypoints3d = rows(madePoints('body25', 2), 25, frame).map(([x, y, z]) => [x, -z, y, 0.6]);
    return { name: `keypoints3d/00000${frame}.json`, bytes: jsonBytes([{ id: 4, keypoints3d }]) };
  });
  const track = only(readPointJsonSet(files, 'keypoints3d'));
  expect(track).toMatchObject({ id: '4', unit: 'm', up: '+z', layouts: ['body25'], frameCount: 2 });
  expect(jointAt(track.positions, 'body25', 'leftHip', 1)).toEqual([0.1, -0.02, 0.95]);
  const short = [{ id: 0, keypoints3d: [[1, 2, 3, 1]] }];
  expect(() => read(short)).toThrow(/person 0, keypoints3d: 1 joints of 4 numbers; BODY_25 has 25/);
});

test("Move's joints are found by name", () => {
  const names = ['Hips', 'Spine', 'Neck', 'Head'].concat(
    ['Left', 'Right'].flatMap((side) =>
      ['UpLeg', 'Leg', 'Foot', 'Shoulder', 'Arm', 'ForeArm', 'Hand'].map((part) => side + part),
    ),
  );
  const frames = [0, 1].map((frame) => ({
    joints: Object.fromEntries(
      names.map((name, at) => [
        name,
        { position: { x: at, y: frame, z: 0 }, rotation: [0, 0, 0, 1], confidence: 0.5 },
      ]),
    ),
  }));
  const file = read({ metadata: { units: 'meters', up_axis: 'Y', fps: 60 }, frames });
  const track = only(file);
  expect(track).toMatchObject({ fps: 60, unit: 'm', up: '+y', layouts: ['h36m17'] });
  const x = (name: string) => jointAt(track.positions, 'h36m17', name, 1)[0];
  expect(
    ['pelvis', 'leftHip', 'leftKnee', 'leftAnkle', 'leftShoulder', 'leftElbow', 'leftWrist'].map(x),
  ).toEqual(
    ['Hips', 'LeftUpLeg', 'LeftLeg', 'LeftFoot', 'LeftArm', 'LeftForeArm', 'LeftHand'].map((name) =>
      names.indexOf(name),
    ),
  );
  const headless = { frames: [{ joints: { Hips: { position: [0, 0, 0] } } }] };
  expect(() => read(headless)).toThrow(/the names are those of no body: Hips; export a skeleton/);
});

describe('generic JSON', () => {
  const lists = (layout: 'coco17' | 'body25', frames = 2) =>
    Array.from({ length: frames }, (_, frame) =>
      rows(madePoints(layout, frames), LAYOUTS[layout].names.length, frame),
    );

  test.each([
    ['lists', lists('body25'), null],
    ['a key', { fps: 24, keypoints: lists('body25') }, 24],
    ['frames of objects', { frame_rate: 24, frames: lists('body25').map((joints3d) => ({ joints3d })) }, 24],
  ])('%s of [frame][joint][xyz]', (_, value, fps) => {
    const track = only(read(value));
    expect(track).toMatchObject({ fps, frameCount: 2, layouts: ['body25', 'kinect25'] });
    expect([...track.positions]).toEqual([...madePoints('body25', 2)]);
  });

  test('a layout, unit and axis that are named count; names of joints do too', () => {
    const value = { layout: 'coco17', unit: 'mm', up: 'Z', positions: lists('coco17') };
    expect(only(read(value))).toMatchObject({ layouts: ['coco17'], unit: 'mm', up: '+z' });
    const named = { joint_names: LAYOUTS.body25.names, positions: lists('body25') };
    expect(only(read(named)).layouts).toEqual(['body25']);
  });

  test('null is a missing joint, a fourth number a confidence, more axes are people', () => {
    const gap = [
      lists('coco17')[0],
      lists('coco17')[1].map((joint, at) => (at === 3 ? null : [...joint, 0.5])),
    ];
    gap[0] = gap[0].map((joint) => [...joint!, 0.5]);
    const track = only(read(gap));
    expect(jointAt(track.positions, 'coco17', 'leftEar', 1)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(track.confidence![0]).toBe(0.5);
    const people = read([lists('coco17', 5), lists('coco17', 5)]);
    expect(people.tracks.length).toBe(2);
    expect(people.warnings[0].message).toMatch(
      /the first axis, the shorter one, is taken as that of 2 people/,
    );
    const framesFirst = read(lists('coco17', 5).map((frame) => [frame, frame, frame]));
    expect(framesFirst.tracks.map((one) => one.frameCount)).toEqual([5, 5, 5]);
  });

  test.each([
    [
      [
        [[1, 2, 3]],
        [
          [1, 2, 3],
          [1, 2, 3],
        ],
      ],
      /\[1\]: 2 entries, 1 in the first/,
    ],
    [{ positions: [[[1, 2, 'x']]] }, /among numbers/],
    [{ positions: [[[1, 2, 3]]] }, /1 joints are in no known layout/],
    [{ hello: 1 }, /an object with hello: no joint positions in a known form; save/],
    ['text', /a string: no joint positions/],
    [null, /null: no joint positions/],
    [[], /a list of 0/],
    [[[[[[1]]]]], /numbers in 5 levels of lists/],
  ])('%j is refused', (value, message) => {
    expect(() => read(value)).toThrow(FormatError);
    expect(() => read(value)).toThrow(message);
  });

  test('lists in lists without end are refused', () => {
    expect(() => readPointJson(textBytes('['.repeat(200_000) + ']'.repeat(200_000)), 'bomb.json')).toThrow(
      FormatError,
    );
    expect(() =>
      readPointJson(textBytes(`${'{"frames":'.repeat(50_000)}1${'}'.repeat(50_000)}`), 'bomb.json'),
    ).toThrow(FormatError);
  });
});
