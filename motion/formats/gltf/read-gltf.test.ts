import { expect, test } from 'vitest';
import {
  type Channel,
  gltf,
  type Key,
  LEG,
  NONE,
  parse,
  place,
  QUARTER_Z,
  SKIN,
  tracksOf,
} from '../../../test/gltf-text.ts';
import type { RigTrack } from '../tracks.ts';

const HALF = Math.SQRT1_2;

test('a quarter turn of the knee about Z carries the foot from -Y to +X', async () => {
  const turn: Key = { times: [0, 0.1], values: [NONE, QUARTER_Z] };
  const [track] = await tracksOf(gltf(LEG, { walk: [[1, 'rotation', turn]] }, SKIN));
  expect(track).toMatchObject({ kind: 'rig', id: 'walk', fps: 10, frameCount: 2 });
  expect(track.clip.skeleton.names).toEqual(['Hips', 'Knee', 'Foot']);
  expect(place(track, 'Foot', 0)).toEqual([0, 0, 0]);
  expect(place(track, 'Foot', 1)).toEqual([0.5, 0.5, 0]);
  expect([...track.clip.localTranslations.slice(9, 18)]).toEqual([...track.clip.skeleton.restOffsets]);
});

test('a turned rest pose becomes the identity, and offsets run along the world', async () => {
  // The hips are turned by a quarter about Z at rest, so the knee's own offset along +X goes up in the world.
  const turned = [
    { name: 'Hips', rotation: QUARTER_Z, children: [1] },
    { name: 'Knee', translation: [0.5, 0, 0], rotation: [HALF, 0, 0, HALF], children: [2] },
    { name: 'Foot', translation: [0.5, 0, 0] },
  ];
  const still: Key = { times: [0, 0.1], values: [QUARTER_Z, [0, 0, 1, 0]] };
  const [track] = await tracksOf(gltf(turned, { walk: [[0, 'rotation', still]] }, SKIN));
  const rounded = [...track.clip.skeleton.restOffsets].map((value) => Number(value.toFixed(6)) + 0);
  expect(rounded).toEqual([0, 0, 0, 0, 0.5, 0, 0, 0.5, 0]);
  for (let at = 0; at < 12; at++) expect(track.clip.localRotations[at]).toBeCloseTo([0, 0, 0, 1][at % 4], 6);
  // From a quarter to a half turn: the leg goes from +Y to -X.
  expect(place(track, 'Foot', 0)).toEqual([0, 1, 0]);
  expect(place(track, 'Foot', 1)).toEqual([-1, 0, 0]);
});

test('scale, rotation and motion of nodes above the root go into the root and into all lengths', async () => {
  const nodes = [
    // As exporters from Z-up centimetres write it: the armature turns by -90° about X and scales to metres.
    { name: 'Armature', rotation: [-HALF, 0, 0, HALF], scale: [0.01, 0.01, 0.01], children: [1] },
    { name: 'Hips', translation: [0, 0, 100], children: [2] },
    { name: 'Knee', translation: [0, 0, -50], children: [3] },
    { name: 'Foot', translation: [0, 0, -50] },
  ];
  const path: Key = {
    times: [0, 0.1],
    values: [
      [0, 0, 0],
      [2, 0, 0],
    ],
  };
  const bend: Key = { times: [0, 0.1], values: [NONE, [HALF, 0, 0, HALF]] };
  const channels: Channel[] = [
    [0, 'translation', path],
    [2, 'rotation', bend],
  ];
  const [track] = await tracksOf(gltf(nodes, { walk: channels }, { skins: [{ joints: [1, 2, 3] }] }));
  expect(track.clip.skeleton.names).toEqual(['Hips', 'Knee', 'Foot']);
  expect(place(track, 'Hips', 0)).toEqual([0, 1, 0]);
  expect(place(track, 'Foot', 0)).toEqual([0, 0, 0]);
  expect(place(track, 'Hips', 1)).toEqual([2, 1, 0]);
  // About X by +90° in the armature: -Z goes to +Y there, which is -Z of the world.
  expect(place(track, 'Foot', 1)).toEqual([2, 0.5, -0.5]);
});

test('a mirrored armature keeps proper rotations and its world positions', async () => {
  const nodes = [
    { name: 'Mirror', scale: [-1, 1, 1], children: [1] },
    ...LEG.map((node) => ({
      ...node,
      ...(node.children ? { children: node.children.map((child) => child + 1) } : {}),
    })),
  ];
  const turn: Key = { times: [0, 0.1], values: [NONE, QUARTER_Z] };
  const [track] = await tracksOf(
    gltf(nodes, { walk: [[2, 'rotation', turn]] }, { skins: [{ joints: [1, 2, 3] }] }),
  );
  expect(place(track, 'Foot', 1)).toEqual([-0.5, 0.5, 0]);
  expect([...track.clip.localTranslations.slice(9, 18)]).toEqual([...track.clip.skeleton.restOffsets]);
});

test('steps hold, lines slerp and splines follow their tangents', async () => {
  const key = (interpolation: string, values: number[][]): Key => ({
    times: [0, 0.4],
    values,
    interpolation,
  });
  const paths: Channel[] = [
    [
      0,
      'translation',
      key('STEP', [
        [0, 1, 0],
        [1, 1, 0],
      ]),
    ],
    [1, 'rotation', key('LINEAR', [NONE, QUARTER_Z])],
  ];
  const [stepped] = await tracksOf(gltf(LEG, { walk: paths }, SKIN));
  expect([0, 3, 4].map((frame) => place(stepped, 'Hips', frame)[0])).toEqual([0, 0, 1]);
  const eighth = place(stepped, 'Foot', 2);
  expect(eighth[0]).toBeCloseTo(0.5 * HALF, 6);
  expect(eighth[1]).toBeCloseTo(0.5 - 0.5 * HALF, 6);

  // From 0 to 1 with tangents of 5 per second at both ends: at half time the Hermite spline is at 0.5, and at a
  // quarter at 0.15625 + 0.4 · 5 · (0.140625 - 0.046875).
  const zero = [0, 0, 0];
  const spline = key('CUBICSPLINE', [zero, zero, [5, 0, 0], [5, 0, 0], [1, 0, 0], zero]);
  const [smooth] = await tracksOf(gltf(LEG, { walk: [[0, 'translation', spline]] }, SKIN));
  expect(place(smooth, 'Hips', 2)[0]).toBeCloseTo(0.5, 6);
  expect(place(smooth, 'Hips', 1)[0]).toBeCloseTo(0.15625 + 0.1875, 6);
});

test('every animation of every skeleton is a track, skins that share a root are one skeleton', async () => {
  const second = LEG.map((node) => ({
    ...node,
    name: `${node.name}2`,
    ...(node.children ? { children: [node.children[0] + 3] } : {}),
  }));
  const turn: Key = { times: [0, 0.1], values: [NONE, QUARTER_Z] };
  const document = gltf(
    [...LEG, ...second],
    {
      walk: [
        [1, 'rotation', turn],
        [4, 'rotation', turn],
      ],
      wave: [[4, 'rotation', turn]],
    },
    { skins: [{ joints: [0, 1, 2] }, { joints: [0, 1] }, { joints: [3, 4, 5] }] },
  );
  expect((await tracksOf(document)).map(({ id }) => id)).toEqual(['Hips|walk', 'Hips2|walk', 'Hips2|wave']);
});

test('without skins the nodes that animations move are the skeleton; meshes below are no joints', async () => {
  const nodes = [
    { name: 'Scene', children: [1] },
    { ...LEG[0], children: [2] },
    { ...LEG[1], children: [3, 4] },
    { ...LEG[2] },
    { name: 'shin mesh', mesh: 0 },
  ];
  const turn: Key = { times: [0, 0.1], values: [NONE, QUARTER_Z] };
  const [track] = await tracksOf(
    gltf(nodes, {
      walk: [
        [1, 'rotation', turn],
        [2, 'rotation', turn],
      ],
    }),
  );
  expect(track.clip.skeleton.names).toEqual(['Hips', 'Knee', 'Foot']);
});

test('the rate is the file’s own, else that of its keys, with the reason as a warning', async () => {
  const keysAt = (fps: number, count: number): Key => ({
    times: Array.from({ length: count }, (_, key) => key / fps),
    values: Array.from({ length: count }, () => NONE),
  });
  for (const fps of [24, 25, 29.97, 30, 60, 120]) {
    const document = gltf(
      LEG,
      { walk: [[1, 'rotation', keysAt(fps, 200)]] },
      { ...SKIN, asset: { version: '2.0' } },
    );
    const { tracks, warnings } = await parse(document);
    expect(tracks[0]).toMatchObject({ fps, frameCount: 200 });
    expect(warnings[0].message).toMatch(/names no frame rate; its keys are/);
  }
  const posed = gltf(
    LEG,
    { walk: [[1, 'rotation', keysAt(0.5, 3)]] },
    { ...SKIN, asset: { version: '2.0' } },
  );
  expect((await parse(posed)).tracks[0]).toMatchObject({ fps: 30, frameCount: 121 });
});

test('a body of 170 is in centimetres, and the file’s reader says so', async () => {
  const tall = LEG.map((node) => ({ ...node, translation: node.translation.map((value) => value * 170) }));
  const turn: Key = { times: [0, 0.1], values: [NONE, QUARTER_Z] };
  const { tracks, warnings } = await parse(gltf(tall, { walk: [[1, 'rotation', turn]] }, SKIN));
  expect(place(tracks[0] as RigTrack, 'Hips', 0)).toEqual([0, 1.7, 0]);
  expect(warnings[0].message).toMatch(/glTF is in metres, but the body is 170 high, so centimetres/);
});

test('a buffer in a file of its own is taken from what is given with it', async () => {
  const turn: Key = { times: [0, 0.1], values: [NONE, QUARTER_Z] };
  const document = gltf(LEG, { walk: [[1, 'rotation', turn]] }, SKIN);
  const data = Buffer.from(document.buffers[0].uri.split(',')[1], 'base64');
  const outside = { ...document, buffers: [{ byteLength: data.length, uri: 'my%20walk.bin' }] };
  expect((await parse(outside, new Map([['my walk.bin', data]]))).tracks).toHaveLength(1);
  await expect(parse(outside)).rejects.toThrow(
    "scene.gltf:buffers[0].uri: names the file 'my%20walk.bin', which is not here; export as .glb",
  );
});
