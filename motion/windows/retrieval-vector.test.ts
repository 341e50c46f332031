import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import {
  alignWindow,
  RETRIEVAL_DIM,
  RETRIEVAL_JOINTS,
  RETRIEVAL_TEMPLATE,
  RETRIEVAL_VERSION,
  retrievalVector,
} from './retrieval-vector.ts';

const FRAMES = 8;
const SIZE = FRAMES * BODY17_COUNT * 3;

test('the template is the one the training package reads', () => {
  const fixture = JSON.parse(
    readFileSync(new URL('../../fixtures/retrieval-template.json', import.meta.url), 'utf8'),
  );
  expect(fixture.version).toBe(RETRIEVAL_VERSION);
  expect(fixture.joints).toEqual(RETRIEVAL_JOINTS);
  expect(fixture.positions.flat()).toEqual(RETRIEVAL_TEMPLATE);
});

test('the template is mirror-symmetric: left is +X and every left joint has its right one', () => {
  const at = (joint: number) => RETRIEVAL_TEMPLATE.slice(RETRIEVAL_JOINTS.indexOf(joint) * 3).slice(0, 3);
  for (const part of ['Hip', 'Knee', 'Ankle', 'Shoulder', 'Elbow', 'Wrist'] as const) {
    const [x, y, z] = at(BODY17[`left${part}`]);
    expect(x).toBeGreaterThan(0);
    expect(at(BODY17[`right${part}`])).toEqual([-x, y, z]);
  }
});

test('a window that holds the template pose gives the template back, twice', () => {
  const vector = vectorOf(standing());
  for (let n = 0; n < RETRIEVAL_DIM; n++) {
    expect(vector[n]).toBeCloseTo(RETRIEVAL_TEMPLATE[n % RETRIEVAL_TEMPLATE.length], 6);
  }
});

test('position, heading, size and tilt of a window do not change its vector', () => {
  const window = walking();
  const moved = new Float64Array(SIZE);
  // A quarter turn about Y ((x, y, z) -> (z, y, -x)), doubled, and carried off.
  for (let n = 0; n < SIZE; n += 3) {
    moved[n] = 2 * window[n + 2] + 5;
    moved[n + 1] = 2 * window[n + 1] - 3;
    moved[n + 2] = -2 * window[n] + 40;
  }
  const [a, b] = [vectorOf(window), vectorOf(moved)];
  for (let n = 0; n < RETRIEVAL_DIM; n++) expect(b[n]).toBeCloseTo(a[n], 5);
});

test('only the first and the last frame and only template joints are read', () => {
  const window = walking();
  const expected = vectorOf(window);
  for (let frame = 0; frame < FRAMES; frame++) {
    for (let joint = 0; joint < BODY17_COUNT; joint++) {
      const isRead = (frame === 0 || frame === FRAMES - 1) && RETRIEVAL_JOINTS.includes(joint);
      if (!isRead)
        window.fill(Number.NaN, (frame * BODY17_COUNT + joint) * 3, (frame * BODY17_COUNT + joint + 1) * 3);
    }
  }
  expect(vectorOf(window)).toEqual(expected);
});

test('one similarity aligns both frames, so a step forward stays a step in the vector', () => {
  const still = standing();
  const stepped = standing();
  for (let n = (FRAMES - 1) * BODY17_COUNT * 3 + 2; n < SIZE; n += 3) stepped[n] += 0.3;
  // The pair moves 0.3 m apart along Z and shrinks a little to fit: more than 0.2 m of it must remain.
  const vector = vectorOf(stepped);
  const half = RETRIEVAL_DIM / 2;
  expect(vector[half + 2] - vector[2]).toBeGreaterThan(0.2);
  expect(vectorOf(still)[half + 2] - vectorOf(still)[2]).toBeCloseTo(0, 6);
});

test('a mirrored pose has another vector: no reflection slips into the alignment', () => {
  const window = standing();
  for (let frame = 0; frame < FRAMES; frame++)
    window[(frame * BODY17_COUNT + BODY17.leftWrist) * 3 + 2] += 0.6;
  // Mirrored in X, a flat figure is itself turned by half about Y, so only what reaches forward tells them apart.
  const mirrored = window.slice();
  for (let n = 0; n < SIZE; n += 3) mirrored[n] = -mirrored[n];
  const [a, b] = [vectorOf(window), vectorOf(mirrored)];
  expect(Math.hypot(...a.map((value, n) => value - b[n]))).toBeGreaterThan(0.5);
});

test('vectors and windows are read and written at their offsets', () => {
  const window = walking();
  const padded = new Float64Array(SIZE + 7);
  padded.set(window, 7);
  const out = new Float32Array(RETRIEVAL_DIM + 5).fill(-1);
  retrievalVector(out, 4, padded, 7);
  expect(out.subarray(4, 4 + RETRIEVAL_DIM)).toEqual(vectorOf(window));
  expect([out[3], out[4 + RETRIEVAL_DIM]]).toEqual([-1, -1]);
});

test('alignWindow brings a turned, scaled and moved copy back onto its original', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -3, max: 3, noNaN: true }),
      fc.double({ min: 0.2, max: 5, noNaN: true }),
      fc.double({ min: -10, max: 10, noNaN: true }),
      (angle, scale, shift) => {
        const input = walking();
        const found = new Float32Array(SIZE);
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (let n = 0; n < SIZE; n += 3) {
          found[n] = scale * (c * input[n] + s * input[n + 2]) + shift;
          found[n + 1] = scale * input[n + 1] - shift;
          found[n + 2] = scale * (-s * input[n] + c * input[n + 2]) + 2;
        }
        const out = new Float64Array(SIZE);
        alignWindow(out, 0, found, 0, input, 0, FRAMES, BODY17_COUNT);
        for (let n = 0; n < SIZE; n++) expect(Math.abs(out[n] - input[n])).toBeLessThan(1e-4);
      },
    ),
    { numRuns: 50 },
  );
});

function vectorOf(window: ArrayLike<number>): Float32Array {
  const out = new Float32Array(RETRIEVAL_DIM);
  retrievalVector(out, 0, window, 0, FRAMES);
  return out;
}

/** The template pose held for the whole window; pelvis, spine and neck where they belong. */
function standing(): Float64Array {
  const window = new Float64Array(SIZE);
  for (let frame = 0; frame < FRAMES; frame++) {
    const start = frame * BODY17_COUNT * 3;
    for (let n = 0; n < RETRIEVAL_JOINTS.length; n++) {
      for (let axis = 0; axis < 3; axis++) {
        window[start + RETRIEVAL_JOINTS[n] * 3 + axis] = RETRIEVAL_TEMPLATE[n * 3 + axis];
      }
    }
    window[start + BODY17.spine * 3 + 1] = 0.24;
    window[start + BODY17.neck * 3 + 1] = 0.56;
  }
  return window;
}

/** The standing figure walks 2 cm a frame and swings its left arm and right leg. */
function walking(): Float64Array {
  const window = standing();
  for (let frame = 0; frame < FRAMES; frame++) {
    const start = frame * BODY17_COUNT * 3;
    for (let joint = 0; joint < BODY17_COUNT; joint++) window[start + joint * 3 + 2] += 0.02 * frame;
    for (const joint of [BODY17.leftWrist, BODY17.rightAnkle]) window[start + joint * 3 + 2] += 0.05 * frame;
  }
  return window;
}
