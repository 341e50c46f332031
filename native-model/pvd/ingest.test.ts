import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import {
  RETRIEVAL_DIM,
  RETRIEVAL_JOINTS,
  RETRIEVAL_TEMPLATE,
  retrievalVector,
} from '../../motion/windows/retrieval-vector.ts';
import { randomNumbers } from '../../test/pose-entries.ts';
import { cleanlinessWarnings, noiseMm, worstBoneSpread } from './cleanliness.ts';
import { addClip, centreWindow, hashSource, type SourceClip, windowsOfClip } from './ingest.ts';
import type { PoseLibrary } from './library.ts';
import { createLibrary } from './open-library.ts';

const POSE = BODY17_COUNT * 3;
const WINDOW = 8 * POSE;
const asItIs = () => {};

let folder: string;
let library: PoseLibrary;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-ingest-'));
  library = await createLibrary(folder);
});
afterEach(() => {
  library.close();
  rmSync(folder, { recursive: true });
});

test('a clip at 30 frames per second is cut as it is', () => {
  // 17 frames hold windows of 8 at 0, 4 and 8; the one at 12 would need frame 19.
  const positions = walking(17, 1 / 30);
  const found = windowsOfClip(positions, 1 / 30, { place: asItIs });
  expect(found.count).toBe(3);
  expect([...found.startFrames]).toEqual([0, 4, 8]);
  expect([...found.endFrames]).toEqual([7, 11, 15]);
  for (let n = 0; n < 3; n++) {
    const expected = Float32Array.from(positions.subarray(n * 4 * POSE, (n * 4 + 8) * POSE));
    expect(found.windows.slice(n * WINDOW, (n + 1) * WINDOW)).toEqual(expected);
  }
});

test('a clip at 120 frames per second gives every fourth frame, and the range of all it spans', () => {
  const positions = walking(29, 1 / 120);
  const found = windowsOfClip(positions, 1 / 120, { place: asItIs });
  expect([found.count, found.startFrames[0], found.endFrames[0]]).toEqual([1, 0, 28]);
  for (let frame = 0; frame < 8; frame++) {
    const expected = Float32Array.from(positions.subarray(frame * 4 * POSE, (frame * 4 + 1) * POSE));
    expect(found.windows.slice(frame * POSE, (frame + 1) * POSE)).toEqual(expected);
  }
  expect(windowsOfClip(positions.subarray(0, 28 * POSE), 1 / 120).count).toBe(0);
});

test('a frame time that the file rounded does not cost the last window', () => {
  expect(windowsOfClip(walking(29, 1 / 120), 0.008333).count).toBe(1);
  expect(windowsOfClip(walking(15, 1 / 60), 0.016667).count).toBe(1);
});

test('a straight movement is met at the right times whatever the clip rate', () => {
  for (const fps of [24, 25, 50, 59.94]) {
    const positions = new Float64Array(100 * POSE);
    for (let frame = 0; frame < 100; frame++) positions.fill(frame / fps, frame * POSE, (frame + 1) * POSE);
    const { windows, count } = windowsOfClip(positions, 1 / fps, { strideFrames: 3, place: asItIs });
    expect(count).toBeGreaterThan(10);
    for (let n = 0; n < count * 8; n++) {
      const seconds = (Math.floor(n / 8) * 3 + (n % 8)) / 30;
      expect(windows[n * POSE]).toBeCloseTo(seconds, 5);
    }
  }
});

test('each window has the retrieval vector of its own frames', () => {
  const found = windowsOfClip(walking(40, 1 / 60), 1 / 60);
  const expected = new Float32Array(RETRIEVAL_DIM);
  for (let n = 0; n < found.count; n++) {
    retrievalVector(expected, 0, found.windows, n * WINDOW);
    expect(found.vectors.slice(n * RETRIEVAL_DIM, (n + 1) * RETRIEVAL_DIM)).toEqual(expected);
  }
});

test('windows in which a joint is missing are left out and counted', () => {
  const positions = walking(20, 1 / 30);
  positions[5 * POSE + BODY17.head * 3] = Number.NaN;
  const found = windowsOfClip(positions, 1 / 30);
  expect([found.count, found.skipped, [...found.startFrames]]).toEqual([2, 2, [8, 12]]);
});

test('centring moves a window over the origin by its first pelvis and keeps its height', () => {
  const window = new Float32Array(WINDOW);
  window.set([5, 0.9, -3], 0);
  window.set([6, 1, -3], POSE);
  centreWindow(window);
  expect([...window.slice(0, 3)]).toEqual([0, Math.fround(0.9), 0]);
  expect([...window.slice(POSE, POSE + 3)]).toEqual([1, 1, 0]);
});

test('an added clip is found by its own windows, with the frames they came from', async () => {
  const source = clip(walking(60, 1 / 30));
  const { ids, warnings } = await addClip(library, source);
  expect(warnings).toEqual([]);
  expect(ids).toHaveLength(14);
  const { vectors } = windowsOfClip(source.positions, source.frameTime);
  const [hit] = library.search(vectors.slice(3 * RETRIEVAL_DIM, 4 * RETRIEVAL_DIM), 1);
  expect(hit).toMatchObject({
    id: ids[3],
    clip: 'walk',
    startFrame: 12,
    endFrame: 19,
    distance: 0,
    tags: ['walk'],
  });
  expect(library.search(vectors.slice(0, RETRIEVAL_DIM), 1, { sourceHash: source.sourceHash })).toEqual([]);
});

test('the same file is not added twice, under whatever name', async () => {
  await addClip(library, clip(walking(60, 1 / 30)));
  const again = addClip(library, { ...clip(walking(60, 1 / 30)), clip: 'renamed' });
  await expect(again).rejects.toThrow(
    /renamed: this file is in the library already, as "walk" with 14 windows/,
  );
  expect(library.count()).toBe(14);
});

test('a clip too short for a window, or without a complete one, is refused with the reason', async () => {
  await expect(addClip(library, clip(walking(7, 1 / 30)))).rejects.toThrow(
    /lasts 0.20 s, a window needs 0.23 s/,
  );
  const holed = walking(8, 1 / 30);
  holed[0] = Number.NaN;
  await expect(addClip(library, clip(holed))).rejects.toThrow(/every one of its 1 windows misses a joint/);
});

test('a jittering clip is added with a warning, or refused on request', async () => {
  const source = clip(noisy(walking(60, 1 / 30), 0.01));
  await expect(addClip(library, source, { refuseUnclean: true })).rejects.toThrow(
    /not clean enough.*jitters/,
  );
  expect(library.count()).toBe(0);
  const { warnings } = await addClip(library, source);
  expect(warnings.join()).toMatch(/jitters by about \d+\.\d mm/);
  expect(library.count()).toBe(14);
});

test('white noise is measured as what it is, on top of motion', () => {
  const clean = walking(400, 1 / 30);
  expect(noiseMm(clean)).toBeLessThan(0.5);
  // 5 mm; the median of 20 000 samples is good to about 1 %.
  expect(noiseMm(noisy(clean, 0.005))).toBeGreaterThan(4.7);
  expect(noiseMm(noisy(clean, 0.005))).toBeLessThan(5.3);
});

test('the bone whose length varies is named', () => {
  const positions = walking(50, 1 / 30);
  expect(worstBoneSpread(positions).spread).toBeLessThan(1e-6);
  // The forearm is a fifth longer in every other frame: 1.0 and 1.2, mean 1.1, deviation 0.1.
  for (let frame = 0; frame < 50; frame += 2) {
    const elbow = frame * POSE + BODY17.leftElbow * 3;
    const wrist = frame * POSE + BODY17.leftWrist * 3;
    for (let axis = 0; axis < 3; axis++)
      positions[wrist + axis] += 0.2 * (positions[wrist + axis] - positions[elbow + axis]);
  }
  const { bone, spread } = worstBoneSpread(positions);
  expect(bone).toBe(BODY17.leftWrist);
  expect(spread).toBeCloseTo(0.1 / 1.1, 6);
  expect(cleanlinessWarnings(positions, 1 / 30).join()).toMatch(
    /leftElbow-leftWrist changes its length by 9.1 %/,
  );
});

test('a clip of few frames per second is called interpolated; film rates are not', () => {
  const clean = walking(50, 1 / 12);
  expect(cleanlinessWarnings(clean, 1 / 12)).toEqual([expect.stringMatching(/only 12.0 frames per second/)]);
  expect(cleanlinessWarnings(clean, 1001 / 24000)).toEqual([]);
});

test('a source is named by the SHA-256 of its bytes', () => {
  expect(hashSource(new Uint8Array())).toBe(
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  );
});

function clip(positions: Float64Array): SourceClip {
  const bytes = new Uint8Array(positions.buffer);
  const about = { clip: 'walk', person: 'ann', licence: 'CC0-1.0', tags: ['walk'] };
  return { ...about, positions, frameTime: 1 / 30, sourceHash: hashSource(bytes) };
}

/** The template pose walks 1.2 m/s along Z, 0.95 m above the floor, and swings its stiff left arm. */
function walking(frames: number, frameTime: number): Float64Array {
  const positions = new Float64Array(frames * POSE);
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * POSE;
    for (let n = 0; n < RETRIEVAL_JOINTS.length; n++) {
      positions.set(RETRIEVAL_TEMPLATE.slice(n * 3, n * 3 + 3), start + RETRIEVAL_JOINTS[n] * 3);
    }
    positions[start + BODY17.spine * 3 + 1] = 0.24;
    positions[start + BODY17.neck * 3 + 1] = 0.56;
    const shoulder = start + BODY17.leftShoulder * 3;
    const angle = 0.6 * Math.sin(5 * frame * frameTime);
    for (const joint of [BODY17.leftElbow, BODY17.leftWrist]) {
      const at = start + joint * 3;
      const y = positions[at + 1] - positions[shoulder + 1];
      const z = positions[at + 2] - positions[shoulder + 2];
      positions[at + 1] = positions[shoulder + 1] + Math.cos(angle) * y - Math.sin(angle) * z;
      positions[at + 2] = positions[shoulder + 2] + Math.sin(angle) * y + Math.cos(angle) * z;
    }
    for (let joint = 0; joint < BODY17_COUNT; joint++) {
      positions[start + joint * 3 + 1] += 0.95;
      positions[start + joint * 3 + 2] += 1.2 * frame * frameTime;
    }
  }
  return positions;
}

function noisy(positions: Float64Array, deviation: number): Float64Array {
  const random = randomNumbers(9);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return positions.map((value) => value + deviation * normal());
}
