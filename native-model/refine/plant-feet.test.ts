import { afterAll, beforeAll, expect, test } from 'vitest';
import { BODY17, BODY17_COUNT, BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import { openSamples } from '../../test/opened-samples.ts';
import { temporaryFolder } from '../../test/run-command.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { holdWeights } from './plant-feet.ts';
import { type RefineSettings, refineClip } from './refine-clip.ts';
import { RefineResources } from './resources.ts';

const FRAMES = 120;
const POSE = BODY17_COUNT * 3;
const OFF: RefineSettings = { model: 'gaussian', strength: 1, device: 'cpu', library: 'none' };
const AUTO: RefineSettings = { ...OFF, footLock: 'auto' };
const STRONG: RefineSettings = { ...OFF, footLock: 'strong' };
const LEGS = [
  [BODY17.leftHip, BODY17.leftKnee],
  [BODY17.leftKnee, BODY17.leftAnkle],
  [BODY17.rightHip, BODY17.rightKnee],
  [BODY17.rightKnee, BODY17.rightAnkle],
] as const;

const folder = temporaryFolder();
const resources = new RefineResources();
let bvh: OpenedClip;
let npy: OpenedClip;
let coco2d: OpenedClip;

beforeAll(async () => {
  ({ bvh, npy, coco2d } = await openSamples(folder.path, FRAMES));
});
afterAll(async () => {
  await resources.dispose();
  folder.remove();
});

const refine = (clip: OpenedClip, settings: RefineSettings) => refineClip(clip, settings, {}, resources);

function legLengths(positions: Float64Array): number[] {
  const lengths: number[] = [];
  for (let first = 0; first < positions.length; first += POSE) {
    for (const [from, to] of LEGS) {
      const along = (axis: number) => positions[first + to * 3 + axis] - positions[first + from * 3 + axis];
      lengths.push(Math.hypot(along(0), along(1), along(2)));
    }
  }
  return lengths;
}

test('on a skeleton held feet slide far less after IK, and the report says which contacts were held', async () => {
  const [off, auto, strong] = await Promise.all([OFF, AUTO, STRONG].map((settings) => refine(bvh, settings)));
  const slide = (take: typeof off) => take.report.summary.footSlideAfterMmPerFrame;
  expect(slide(off)).toBeGreaterThan(1);
  expect(slide(auto)).toBeLessThan(0.4 * slide(off));
  expect(slide(strong)).toBeLessThan(0.2 * slide(off));
  // The same contacts for every take: so is what the input did in them.
  const before = [off, auto, strong].map((take) => take.report.summary.footSlideBeforeMmPerFrame);
  expect(new Set(before).size).toBe(1);
  expect(off.report.parameters.footLock).toBe('off');
  expect(auto.report.parameters.footLock).toBe('auto');
  expect(off.report.footContacts.length).toBeGreaterThan(0);
  expect(off.report.footContacts.some(({ locked }) => locked)).toBe(false);
  expect(strong.report.footContacts.every(({ locked }) => locked)).toBe(true);
  for (const { start, end } of strong.report.footContacts) {
    expect(start).toBeLessThanOrEqual(end);
    expect(end).toBeLessThan(FRAMES);
  }
});

test('positions keep the lengths of thigh and shin that they have without the lock', async () => {
  for (const settings of [AUTO, STRONG]) {
    const off = await refine(npy, OFF);
    const locked = await refine(npy, settings);
    expect(locked.report.summary.footSlideAfterMmPerFrame).toBeLessThan(
      0.4 * off.report.summary.footSlideAfterMmPerFrame,
    );
    // The file's own joints are body-17: they are what was locked.
    const written = locked.result.layoutPositions!;
    for (let at = 0; at < written.length; at++) expect(written[at]).toBeCloseTo(locked.refined[at], 12);
    const lengths = legLengths(off.refined);
    for (const [at, length] of legLengths(locked.refined).entries())
      expect(length).toBeCloseTo(lengths[at], 9);
  }
});

test('strength 0 gives the input back to the last bit, however feet are locked', async () => {
  for (const settings of [AUTO, STRONG]) {
    const skeleton = await refine(bvh, { ...settings, strength: 0 });
    if (bvh.source.kind !== 'skeleton' || npy.source.kind !== 'positions')
      throw new Error('expected one of each');
    expect(skeleton.result.skeletonClip!.localRotations).toEqual(bvh.source.clip.localRotations);
    expect(skeleton.result.skeletonClip!.localTranslations).toEqual(bvh.source.clip.localTranslations);
    const array = await refine(npy, { ...settings, strength: 0 });
    expect(array.result.layoutPositions).toEqual(npy.source.positions);
  }
});

test('frames outside the range stay, on skeletons and in arrays', async () => {
  const ranged = { ...STRONG, range: [40, 79] as const };
  const skeleton = (await refine(bvh, ranged)).result.skeletonClip!;
  const array = (await refine(npy, ranged)).result.layoutPositions!;
  if (bvh.source.kind !== 'skeleton' || npy.source.kind !== 'positions')
    throw new Error('expected one of each');
  const { localRotations } = bvh.source.clip;
  const perFrame = localRotations.length / FRAMES;
  for (const [first, end] of [
    [0, 40],
    [80, FRAMES],
  ]) {
    const rotations = (values: Float64Array) => values.subarray(first * perFrame, end * perFrame);
    expect(rotations(skeleton.localRotations)).toEqual(rotations(localRotations));
    const positions = (values: Float64Array) => values.subarray(first * POSE, end * POSE);
    expect(positions(array)).toEqual(positions(npy.source.positions));
  }
});

test('a foot whose ankle or knee is left out is not locked', async () => {
  for (const left of ['leftAnkle', 'leftKnee']) {
    const joints = BODY17_NAMES.map((name) => name !== left);
    const free = await refine(npy, { ...OFF, joints });
    const locked = await refine(npy, { ...STRONG, joints });
    expect(locked.report.footContacts.filter(({ foot, locked: held }) => held && foot === 'left')).toEqual(
      [],
    );
    expect(locked.report.footContacts.some(({ foot, locked: held }) => held && foot === 'right')).toBe(true);
    for (const joint of [BODY17.leftAnkle, BODY17.leftKnee, BODY17.pelvis]) {
      for (let frame = 0; frame < FRAMES; frame++) {
        const at = frame * POSE + joint * 3;
        expect(locked.refined.subarray(at, at + 3)).toEqual(free.refined.subarray(at, at + 3));
      }
    }
  }
});

test('2D clips know no ground: a lock changes nothing', async () => {
  const locked = await refine(coco2d, STRONG);
  expect(locked.result.layoutPositions).toEqual((await refine(coco2d, OFF)).result.layoutPositions);
  expect(locked.report.footContacts).toEqual([]);
});

test('a held ankle counts for more in the IK, and nothing else does', () => {
  expect(holdWeights({ holds: null })).toBeUndefined();
  const weights = holdWeights({ holds: Float64Array.of(1, 0, 0, 0.5) })!;
  const more = [...weights].flatMap((weight, at) => (weight > 1 ? [at] : []));
  expect(more).toEqual([BODY17.leftAnkle, BODY17_COUNT + BODY17.rightAnkle]);
  expect(weights[BODY17.leftAnkle]).toBeGreaterThan(weights[BODY17_COUNT + BODY17.rightAnkle]);
});
