import { expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import { LAYOUTS } from '../../skeleton/layouts.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import { readC3d } from './c3d.ts';
import { readCsv } from './csv.ts';
import { madeC3d } from './made-c3d.ts';
import { jsonBytes, madePoints, textBytes } from './made-points.ts';
import type { NamedMotion } from './named-motion.ts';
import { readPointJson } from './read-json.ts';
import { readTrc } from './trc.ts';
import { writeCsv } from './write-csv.ts';
import { writeTrc } from './write-trc.ts';

const { names } = LAYOUTS.coco17;
const motion: NamedMotion = {
  ...{ names, layout: 'coco17', confidence: null, dimensions: 3, frameTime: 1 / 30, unit: 'm', up: 'y' },
  positions: madePoints('coco17', 3),
};
const flat = Array.from({ length: 25 * 3 }, (_, at) => at + 1);
const landmarks = Array.from({ length: 33 }, (_, at) => ({ x: at / 40, y: 0.5, z: 0, visibility: 1 }));
const instance = { keypoints: names.map((_, at) => [at, 2 * at]), keypoint_scores: names.map(() => 1) };
const joints = Object.fromEntries(names.map((name, at) => [name, { position: [at, 1, 2] }]));
const longRows = names.map((name, at) => `0,${name},${at},1,2`).join('\n');
const centres = ['L', 'R'].flatMap((side) =>
  ['HJC', 'KJC', 'AJC', 'SJC', 'EJC', 'WJC'].map((part) => side + part),
);
const points = Float64Array.from({ length: 2 * 12 * 3 }, (_, at) => at + 1);

type Reader = (bytes: Uint8Array, source: string) => ParsedFile;
const FILES: readonly (readonly [string, Reader, Uint8Array])[] = [
  [
    'OpenPose',
    readPointJson,
    jsonBytes({ version: 1.3, people: [{ person_id: [-1], pose_keypoints_2d: flat }] }),
  ],
  ['MediaPipe', readPointJson, jsonBytes([landmarks, landmarks])],
  [
    'MMPose',
    readPointJson,
    jsonBytes({ meta_info: {}, instance_info: [{ frame_id: 1, instances: [instance] }] }),
  ],
  [
    'AlphaPose',
    readPointJson,
    jsonBytes([{ image_id: '0.jpg', keypoints: flat.slice(0, 51), score: 1, idx: 1 }]),
  ],
  [
    'AlphaPose by picture',
    readPointJson,
    jsonBytes({ '0.jpg': { people: [{ pose_keypoints_2d: flat.slice(0, 54) }] } }),
  ],
  [
    'EasyMocap',
    readPointJson,
    jsonBytes([{ id: 0, keypoints3d: flat.slice(0, 25).map((x) => [x, x, x, 1]) }]),
  ],
  ['Move', readPointJson, jsonBytes({ metadata: {}, frames: [{ joints }, { joints }] })],
  ['lists', readPointJson, jsonBytes({ fps: 30, positions: [names.map((_, at) => [at, 0, 1])] })],
  ['TRC', readTrc, writeTrc(motion)],
  ['CSV', readCsv, writeCsv(motion)],
  ['long CSV', readCsv, textBytes(`frame,keypoint,x,y,z\n${longRows}\n`)],
  ['C3D', readC3d, madeC3d({ labels: centres, positions: points, isFloat: false })],
  ['C3D of a VAX', readC3d, madeC3d({ labels: centres, positions: points, processor: 85 })],
];

/** The same numbers every time. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Reads, or fails with an error for users; what is read has the size it says. */
function expectClean(reader: Reader, bytes: Uint8Array): void {
  let file: ParsedFile;
  try {
    file = reader(bytes, 'damaged');
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    expect(error.message.length).toBeLessThan(3000);
    return;
  }
  expect(file.tracks.length).toBeGreaterThan(0);
  for (const track of file.tracks as readonly PointTrack[]) {
    const count = track.frameCount * LAYOUTS[track.layouts[0]].names.length;
    expect(track.positions.length).toBe(count * track.dimensions);
    expect(track.frameCount).toBeGreaterThan(0);
    expect(track.positions.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)).toBe(false);
  }
}

test.each(FILES)('%s: whole it is read, cut off anywhere it is read or refused', (_, reader, bytes) => {
  expect(reader(bytes, 'whole').tracks.length).toBe(1);
  const step = Math.max(1, Math.floor(bytes.length / 300));
  for (let length = 0; length < bytes.length; length += step) expectClean(reader, bytes.slice(0, length));
});

test.each(FILES)('%s: with bytes changed anywhere it is read or refused', (_, reader, bytes) => {
  const random = randomNumbers(bytes.length);
  for (let round = 0; round < 500; round++) {
    const damaged = bytes.slice();
    const changes = 1 + Math.floor(random() * 4);
    for (let change = 0; change < changes; change++)
      damaged[Math.floor(random() * damaged.length)] = Math.floor(random() * (round % 2 === 0 ? 128 : 256));
    expectClean(reader, damaged);
  }
});

test.each(FILES)(
  '%s: parts of it repeated, exchanged or left out are read or refused',
  (_, reader, bytes) => {
    const random = randomNumbers(bytes.length + 1);
    for (let round = 0; round < 200; round++) {
      const [a, b] = [Math.floor(random() * bytes.length), Math.floor(random() * bytes.length)];
      const [from, to] = [Math.min(a, b), Math.max(a, b)];
      const parts = [bytes.slice(0, to), bytes.slice(round % 2 === 0 ? from : to), bytes.slice(from, to)];
      const mixed = round % 3 === 0 ? parts.toReversed() : parts.slice(0, 2);
      expectClean(reader, Uint8Array.from(mixed.flatMap((part) => [...part])));
    }
  },
);
