import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { applyTurn, invertTurn, turnToYUp, type UpAxis } from '../../motion/formats/axes.ts';
import { parseNpyDtype } from '../../motion/formats/npy-dtype.ts';
import { readNpy } from '../../motion/formats/npy-read.ts';
import { writeNpy } from '../../motion/formats/npy-write.ts';
import { guessClip } from './guess-clip.ts';
import { openClip } from './open-clip.ts';

const SAMPLES = join(import.meta.dirname, '../../assets/samples');
const SAMPLE_NPY = join(SAMPLES, 'performance-clean.npy');
const SAMPLE_BVH = join(SAMPLES, 'performance-clean.bvh');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-guess-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

function sampleArray(name: string, shapeOf: (frames: number) => number[], factor = 1, up: UpAxis = '+y') {
  const { shape, data } = readNpy(readFileSync(SAMPLE_NPY), 'sample');
  const turned = data.map((value) => value * factor);
  const turn = invertTurn(turnToYUp(up));
  for (let at = 0; at < turned.length; at += 3) applyTurn(turned, at, turn);
  const array = { shape: shapeOf(shape[0]), data: turned, dtype: parseNpyDtype('<f8')!, fortranOrder: false };
  return written(name, writeNpy(array));
}

test('a BVH says all about itself, so nothing needs to be asked', async () => {
  const clip = await openClip(SAMPLE_BVH);
  const guess = await guessClip(SAMPLE_BVH);
  expect(guess).toMatchObject({
    format: 'bvh',
    name: 'performance-clean',
    shape: null,
    dimensions: 3,
    frameCount: clip.frameCount,
    layout: { value: null, candidates: [] },
    fps: { value: Math.round(1 / clip.frameTime), confidence: 'high' },
    unit: { value: 'cm', confidence: 'high' },
    up: { value: 'y', confidence: 'high' },
    isCertain: true,
  });
});

test('a BVH without a frame rate is guessed at, and the rate asked for', async () => {
  const text = readFileSync(SAMPLE_BVH, 'latin1').replace(/Frame Time: *[\d.]+/, 'Frame Time: 0');
  const path = written('timeless.bvh', Buffer.from(text, 'latin1'));
  await expect(openClip(path)).rejects.toThrow(/Frame Time/);
  const guess = await guessClip(path);
  expect(guess.fps).toMatchObject({ value: 30, confidence: 'low' });
  expect(guess.isCertain).toBe(false);
});

test('an array is guessed from its joints, and never certain: it has no frame rate', async () => {
  const guess = await guessClip(SAMPLE_NPY);
  expect(guess).toMatchObject({
    layout: { value: 'h36m17', confidence: 'high', candidates: ['h36m17', 'h36m17-left', 'coco17'] },
    fps: { value: 30, confidence: 'low' },
    unit: { value: 'm', confidence: 'high' },
    up: { value: 'y', confidence: 'high' },
    isCertain: false,
  });
  expect(guess.shape).toEqual([guess.frameCount, 17, 3]);
});

test('opened with the values of the guess, an array is what it is when opened without any', async () => {
  for (const up of ['+y', '-y', '+z', '-x'] as const) {
    const path = sampleArray(`axes${up}.npy`, (frames) => [frames, 17, 3], 1000 / 25.4, up);
    const { layout, fps, unit, up: guessedUp } = await guessClip(path);
    expect([unit.value, guessedUp.value]).toEqual(['inch', up.replace('+', '')]);
    const choices = { layout: layout.value!, fps: fps.value, unit: unit.value, up: guessedUp.value };
    const told = await openClip(path, choices);
    expect(told.body17).toEqual((await openClip(path)).body17);
  }
});

test('flat rows have several candidates, and the one that the joints speak for', async () => {
  const flat = await guessClip(sampleArray('flat.npy', (frames) => [frames, 51]));
  expect(flat.layout).toMatchObject({ value: 'h36m17', confidence: 'low' });
  expect(flat.layout.candidates).toEqual(['h36m17', 'h36m17-left', 'coco17']);

  const random = Float64Array.from({ length: 72 * 4 }, (_, at) => Math.sin(at * at));
  const rows = { shape: [4, 72], data: random, dtype: parseNpyDtype('<f4')!, fortranOrder: false };
  const rotations = await guessClip(written('smpl.npy', writeNpy(rows)));
  expect(rotations).toMatchObject({ kind: 'skeleton', takesBodyModel: true, isCertain: false });
  expect(rotations.producer.value).toMatch(/SMPL/);

  const unseen = { ...rows, shape: [2, 51], data: new Float64Array(102).fill(Number.NaN) };
  const nothing = await guessClip(written('nothing.npy', writeNpy(unseen)));
  expect(nothing.layout).toMatchObject({ value: null, confidence: 'low' });
  expect(nothing.layout.candidates.length).toBe(3);
});

test('2D keypoints need no unit and no axis; other files are refused as when they are opened', async () => {
  const data = Float64Array.from({ length: 68 }, (_, at) => (at * 37) % 400);
  const keypoints = { shape: [2, 17, 2], data, dtype: parseNpyDtype('<f4')!, fortranOrder: false };
  const guess = await guessClip(written('2d.npy', writeNpy(keypoints)));
  expect(guess).toMatchObject({ dimensions: 2, unit: { confidence: 'high' }, up: { confidence: 'high' } });
  const foreign = { ...keypoints, shape: [2, 23, 3], data: new Float64Array(138) };
  await expect(guessClip(written('foreign.npy', writeNpy(foreign)))).rejects.toThrow(/23 joints/);
  await expect(guessClip(join(folder, 'absent.fbx'))).rejects.toThrow(/no such file/);
  await expect(openClip(SAMPLE_BVH, { up: '-y' })).rejects.toThrow(/Y up or Z up/);
});
