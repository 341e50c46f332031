import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bvhToClip } from '../../motion/formats/bvh-clip.ts';
import { readBvh } from '../../motion/formats/bvh-read.ts';
import { readNpy } from '../../motion/formats/npy-read.ts';
import { BODY17, BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { body17Positions } from '../../motion/skeleton/body17-positions.ts';
import type { SkeletonClip } from '../../motion/skeleton/clip.ts';
import { solveFk } from '../../motion/skeleton/fk.ts';
import { matchSkeleton } from '../../motion/skeleton/match-skeleton.ts';
import { FOOTFALLS, FRAME_COUNT, FRAME_TIME } from './choreography.ts';
import { makeSample, sampleFiles } from './make-performance.ts';
import { RIG_BODY17 } from './rig.ts';

const sample = makeSample();
const files = sampleFiles(sample);
const nodeCount = sample.clean.skeleton.names.length;
const cleanNodes = nodePositions(sample.clean);

test('a bone of the clean clip has one length in every frame', () => {
  for (let joint = 1; joint < BODY17_COUNT; joint++) {
    // Thorax to shoulder spans the neck and the collar bone, which turn against each other.
    if (joint === BODY17.leftShoulder || joint === BODY17.rightShoulder || joint === BODY17.thorax) continue;
    const lengths = Array.from({ length: FRAME_COUNT }, (_, frame) =>
      distance(
        sample.cleanPositions,
        (frame * BODY17_COUNT + joint) * 3,
        (frame * BODY17_COUNT + BODY17_PARENTS[joint]) * 3,
      ),
    );
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(1e-9);
  }
});

test('a planted foot stays within 5 mm: its ball from flat to toe-off, its ankle while it is flat', () => {
  for (const side of ['Left', 'Right'] as const) {
    const falls = FOOTFALLS.filter((fall) => fall.side === side);
    const ball = sample.clean.skeleton.names.indexOf(`${side}ToeBase`);
    const ankle = sample.clean.skeleton.names.indexOf(`${side}Foot`);
    for (const [place, fall] of falls.entries()) {
      const flat = Math.max(0, Math.ceil((fall.landSeconds + 0.1) / FRAME_TIME));
      const lift = falls[place + 1]?.liftSeconds ?? FRAME_COUNT * FRAME_TIME;
      const rise = falls[place + 1] === undefined ? lift : lift - 0.27;
      expect(spread(ball, flat, Math.floor(lift / FRAME_TIME - 1e-9))).toBeLessThan(0.005);
      expect(spread(ankle, flat, Math.floor(rise / FRAME_TIME - 1e-9))).toBeLessThan(0.005);
    }
  }
});

test('no foot goes through the floor and no joint jumps', () => {
  let lowest = 1;
  let fastest = 0;
  for (let frame = 0; frame < FRAME_COUNT; frame++) {
    for (let node = 0; node < nodeCount; node++) {
      const at = (frame * nodeCount + node) * 3;
      lowest = Math.min(lowest, cleanNodes[at + 1]);
      if (frame > 0) fastest = Math.max(fastest, distance(cleanNodes, at, at - nodeCount * 3));
    }
  }
  expect(lowest).toBeGreaterThan(-0.02);
  // A swinging toe or waving hand reaches 5 to 6 m/s.
  expect(fastest / FRAME_TIME).toBeLessThan(7);
});

test('the person walks about 5 m, comes back, raises the right hand over the head and sits', () => {
  const pelvisX = (seconds: number) => cleanAt(seconds, BODY17.pelvis, 0);
  const height = (seconds: number, joint: number) => cleanAt(seconds, joint, 1);
  expect(pelvisX(6) - pelvisX(0)).toBeGreaterThan(4.7);
  expect(Math.abs(pelvisX(13.5) - pelvisX(0))).toBeLessThan(0.3);
  expect(height(14.5, BODY17.rightWrist)).toBeGreaterThan(height(14.5, BODY17.neck));
  expect(height(14.5, BODY17.leftWrist)).toBeLessThan(height(14.5, BODY17.leftElbow));
  expect(height(17.6, BODY17.pelvis)).toBeLessThan(0.6);
  expect(height(19.9, BODY17.pelvis)).toBeGreaterThan(0.9);
  // Walking away along +x, the person's left is at -z.
  expect(cleanAt(3, BODY17.leftHip, 2)).toBeLessThan(cleanAt(3, BODY17.rightHip, 2));
});

test('both noisy files err like a pose estimator', () => {
  const fromRotations = body17Positions(sample.noisy, RIG_BODY17);
  for (const noisy of [sample.noisyPositions, fromRotations]) {
    expect(rootRelativeMpjpeMm(noisy)).toBeGreaterThan(60);
    expect(rootRelativeMpjpeMm(noisy)).toBeLessThan(120);
    expect(accelErrorMmPerFrame2(noisy)).toBeGreaterThan(20);
    expect(accelErrorMmPerFrame2(noisy)).toBeLessThan(45);
  }
});

test('the rig is one whose joints are known by name, none of them guessed', () => {
  const match = matchSkeleton(sample.clean.skeleton);
  expect(match.how).toBe('names');
  expect(match.map).toEqual(RIG_BODY17);
});

test('the NPY files hold the positions as float32', () => {
  for (const [name, positions] of [
    ['performance-clean.npy', sample.cleanPositions],
    ['performance-noisy.npy', sample.noisyPositions],
  ] as const) {
    const array = readNpy(files.get(name)!, name);
    expect(array.shape).toEqual([FRAME_COUNT, BODY17_COUNT, 3]);
    expect(Float32Array.from(array.data)).toEqual(Float32Array.from(positions));
  }
});

test('the BVH files read back as the clips they were written from', () => {
  for (const [name, clip] of [
    ['performance-clean.bvh', sample.clean],
    ['performance-noisy.bvh', sample.noisy],
  ] as const) {
    const document = readBvh(files.get(name)!, name);
    const back = bvhToClip(document, { metresPerUnit: 0.01 }).clip;
    expect(back.frameTime).toBeCloseTo(FRAME_TIME, 8);
    const [expected, found] = [nodePositions(clip), nodePositions(back)];
    for (const [node, joint] of clip.skeleton.names.entries()) {
      const other = back.skeleton.names.indexOf(joint);
      for (let frame = 0; frame < FRAME_COUNT; frame += 37) {
        const from = (frame * nodeCount + node) * 3;
        const to = (frame * nodeCount + other) * 3;
        for (let axis = 0; axis < 3; axis++) expect(found[to + axis]).toBeCloseTo(expected[from + axis], 5);
      }
    }
  }
});

test('each file is below 1 MB and equals the one in this folder byte for byte', () => {
  for (const [name, bytes] of files) {
    expect(bytes.length).toBeLessThan(1_000_000);
    const path = new URL(name, import.meta.url);
    expect(existsSync(path)).toBe(true);
    expect(Buffer.compare(readFileSync(path), bytes)).toBe(0);
  }
});

function nodePositions(clip: SkeletonClip): Float64Array {
  const out = new Float64Array(clip.frameCount * nodeCount * 3);
  const rotations = new Float64Array(nodeCount * 4);
  for (let frame = 0; frame < clip.frameCount; frame++) {
    solveFk(clip, frame, out.subarray(frame * nodeCount * 3, (frame + 1) * nodeCount * 3), rotations);
  }
  return out;
}

function distance(values: Float64Array, a: number, b: number): number {
  return Math.hypot(values[a] - values[b], values[a + 1] - values[b + 1], values[a + 2] - values[b + 2]);
}

/** Longest way of a node from where it is in the first of the frames, metres; horizontal and vertical. */
function spread(node: number, first: number, last: number): number {
  let most = 0;
  for (let frame = first; frame <= last && frame < FRAME_COUNT; frame++) {
    most = Math.max(
      most,
      distance(cleanNodes, (frame * nodeCount + node) * 3, (first * nodeCount + node) * 3),
    );
  }
  return most;
}

function cleanAt(seconds: number, joint: number, axis: number): number {
  const frame = Math.round(seconds / FRAME_TIME);
  return sample.cleanPositions[(frame * BODY17_COUNT + joint) * 3 + axis];
}

/** Error of a coordinate relative to the pelvis, metres. */
function errorOf(noisy: Float64Array, at: number): number {
  const root = Math.floor(at / (BODY17_COUNT * 3)) * BODY17_COUNT * 3 + (at % 3);
  return noisy[at] - noisy[root] - (sample.cleanPositions[at] - sample.cleanPositions[root]);
}

function rootRelativeMpjpeMm(noisy: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < noisy.length; at += 3) {
    sum += Math.hypot(errorOf(noisy, at), errorOf(noisy, at + 1), errorOf(noisy, at + 2));
  }
  return (3000 * sum) / noisy.length;
}

function accelErrorMmPerFrame2(noisy: Float64Array): number {
  const stride = BODY17_COUNT * 3;
  let sum = 0;
  for (let at = 0; at < noisy.length - 2 * stride; at += 3) {
    const along = (axis: number) =>
      errorOf(noisy, at + axis + 2 * stride) -
      2 * errorOf(noisy, at + axis + stride) +
      errorOf(noisy, at + axis);
    sum += Math.hypot(along(0), along(1), along(2));
  }
  return (3000 * sum) / (noisy.length - 2 * stride);
}
