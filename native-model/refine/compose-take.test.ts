import { afterAll, beforeAll, expect, test } from 'vitest';
import { BODY17, BODY17_NAMES } from '../../motion/skeleton/body17.ts';
import { openSamples } from '../../test/opened-samples.ts';
import { temporaryFolder } from '../../test/run-command.ts';
import type { OpenedClip } from '../formats/open-clip.ts';
import { type Analysis, analyseClip } from './analyse-clip.ts';
import { composeTake } from './compose-take.ts';
import { type RefineSettings, refineClip } from './refine-clip.ts';
import { RefineResources } from './resources.ts';

const FRAMES = 40;
const NETWORK: RefineSettings = { model: 'synsp++', strength: 1, device: 'cpu', library: 'none' };
const FILTER: RefineSettings = { ...NETWORK, model: 'gaussian' };
const WITHOUT_WRIST = BODY17_NAMES.map((name) => name !== 'leftWrist');

const folder = temporaryFolder();
const resources = new RefineResources();
let bvh: OpenedClip;
let npy: OpenedClip;
let coco2d: OpenedClip;
let bvhAnalysis: Analysis;

beforeAll(async () => {
  ({ bvh, npy, coco2d } = await openSamples(folder.path, FRAMES));
  bvhAnalysis = await analyseClip(bvh, NETWORK, {}, resources);
});
afterAll(async () => {
  await resources.dispose();
  folder.remove();
});

test('a refine is its analysis, composed', async () => {
  const settings: RefineSettings = { ...NETWORK, strength: 0.7, range: [5, 30], featherFrames: 3 };
  const composed = await composeTake(bvh, bvhAnalysis, settings, {});
  const refined = await refineClip(bvh, settings, {}, resources);
  expect(composed.result).toEqual(refined.result);
  expect({ ...composed.report, timingsMs: {} }).toEqual({ ...refined.report, timingsMs: {} });
  expect(composed.quality).toEqual(refined.quality);
});

test('one analysis makes many takes, and strength 0 is the input', async () => {
  const strong = await composeTake(bvh, bvhAnalysis, NETWORK, {});
  const weak = await composeTake(bvh, bvhAnalysis, { ...NETWORK, strength: 0.1 }, {});
  const none = await composeTake(bvh, bvhAnalysis, { ...NETWORK, strength: 0 }, {});
  expect(strong.report.summary.movedMm).toBeGreaterThan(5 * weak.report.summary.movedMm);
  expect(none.refined).toEqual(bvh.body17);
  expect(none.report.summary).toMatchObject({ movedMm: 0, rangeOfMotionKeptPercent: 100 });
  expect(none.quality.pqe).toBe(strong.quality.pqe);
  expect(none.quality.expectedErrorAfterMm).toEqual(none.quality.expectedErrorMm);
  expect(weak.report.summary.expectedErrorAfterMm).toBeGreaterThan(
    strong.report.summary.expectedErrorAfterMm,
  );
});

test('an analysis of another file or with another model is refused', async () => {
  await expect(composeTake(npy, bvhAnalysis, NETWORK, {})).rejects.toThrow(RangeError);
  await expect(composeTake(bvh, bvhAnalysis, FILTER, {})).rejects.toThrow('is not one of');
});

test('the summary says how steady, how planted and how wide the motion is before and after', async () => {
  const { summary, expectedErrorMm } = (await composeTake(bvh, bvhAnalysis, NETWORK, {})).report;
  expect(summary.jitterAfterMPerS3).toBeLessThan(summary.jitterBeforeMPerS3 / 2);
  expect(summary.footSlideAfterMmPerFrame).toBeLessThan(summary.footSlideBeforeMmPerFrame);
  expect(summary.rangeOfMotionKeptPercent).toBeGreaterThan(50);
  const mean = expectedErrorMm.reduce((sum, value) => sum + value, 0) / FRAMES;
  expect(summary.expectedErrorBeforeMm).toBeCloseTo(mean, 2);
  expect(summary.expectedErrorAfterMm).toBeLessThan(mean);
});

test('the arrays beside the report are its numbers, and joints share their frame’s error', async () => {
  const { quality, report } = await composeTake(bvh, bvhAnalysis, NETWORK, {});
  for (let frame = 0; frame < FRAMES; frame++) {
    expect(quality.pqe[frame]).toBeCloseTo(report.pqe[frame], 3);
    expect(quality.pqeJoints[frame * 17 + 13]).toBeCloseTo(report.pqeJoints[frame][13], 2);
    expect(quality.expectedErrorAfterMm[frame]).toBeCloseTo(report.expectedErrorAfterMm[frame], 0);
    const joints = quality.jointErrorMm.subarray(frame * 17, (frame + 1) * 17);
    const mean = joints.reduce((sum, value) => sum + value, 0) / 17;
    expect(mean).toBeCloseTo(quality.expectedErrorMm[frame], 3);
  }
});

test('a joint left out keeps its very numbers in a position file, for networks and filters', async () => {
  if (npy.source.kind !== 'positions') throw new Error('expected positions');
  const before = npy.source.positions;
  for (const settings of [NETWORK, FILTER]) {
    const take = await refineClip(npy, { ...settings, joints: WITHOUT_WRIST }, {}, resources);
    const after = take.result.layoutPositions!;
    for (let frame = 0; frame < FRAMES; frame++) {
      const wrist = (frame * 17 + BODY17.leftWrist) * 3;
      const elbow = (frame * 17 + BODY17.leftElbow) * 3;
      expect(after.subarray(wrist, wrist + 3)).toEqual(before.subarray(wrist, wrist + 3));
      expect(after.subarray(elbow, elbow + 3)).not.toEqual(before.subarray(elbow, elbow + 3));
    }
    expect(take.report.parameters.excludedJoints).toBe('leftWrist');
  }
});

test('a joint left out stays in 2D clips, too', async () => {
  const take = await refineClip(coco2d, { ...FILTER, joints: WITHOUT_WRIST }, {}, resources);
  if (coco2d.source.kind !== 'positions') throw new Error('expected positions');
  const changed = coco2d.source.positions.map((value, at) =>
    value === take.result.layoutPositions![at] ? 0 : 1,
  );
  const perJoint = Array.from({ length: 17 }, (_, joint) =>
    changed.reduce((sum, value, at) => sum + (Math.floor(at / 2) % 17 === joint ? value : 0), 0),
  );
  // coco17: the left wrist is joint 9.
  expect(perJoint[9]).toBe(0);
  expect(perJoint[10]).toBeGreaterThan(0);
  expect(take.report.summary.jitterBeforeMPerS3).toBe(0);
});

test('on a skeleton a joint left out stays nearer to its place than a refined one', async () => {
  const moved = async (settings: RefineSettings) => {
    const { refined } = await composeTake(bvh, bvhAnalysis, settings, {});
    let sum = 0;
    for (let frame = 0; frame < FRAMES; frame++) {
      const at = (frame * 17 + BODY17.leftWrist) * 3;
      const along = (axis: number) => refined[at + axis] - bvh.body17[at + axis];
      sum += Math.hypot(along(0), along(1), along(2)) / FRAMES;
    }
    return sum;
  };
  const all = await moved(NETWORK);
  const without = await moved({ ...NETWORK, joints: WITHOUT_WRIST });
  expect(all).toBeGreaterThan(0.01);
  expect(without).toBeLessThan(all / 4);
});

test('without any joint the clip is untouched to the last bit', async () => {
  const joints = new Array<boolean>(17).fill(false);
  const take = await composeTake(bvh, bvhAnalysis, { ...NETWORK, joints }, {});
  if (bvh.source.kind !== 'skeleton') throw new Error('expected a skeleton');
  expect(take.result.skeletonClip!.localRotations).toEqual(bvh.source.clip.localRotations);
});

test('a list of joints of another length is refused', async () => {
  const settings = { ...NETWORK, joints: [true] };
  await expect(refineClip(bvh, settings, {}, resources)).rejects.toMatchObject({
    code: 'usage',
    message: expect.stringContaining('1 values'),
  });
});

test('a tag no entry carries: refined as without references, and a notice says so', async () => {
  const tags = ['no such tag', 'dance'];
  const take = await refineClip(npy, { ...NETWORK, library: 'default', tags }, {}, resources);
  const without = await refineClip(npy, NETWORK, {}, resources);
  expect(take.refined).toEqual(without.refined);
  expect(take.report.references).toEqual([]);
  expect(take.report.notices.join('\n')).toContain("carries the tags 'dance' and 'no such tag'");
  expect(take.report.parameters.tags).toBe('no such tag, dance');
});

test('a cancel during the solve is heard, and progress counts frames up to the last', async () => {
  const seen: number[] = [];
  await composeTake(bvh, bvhAnalysis, NETWORK, {
    onProgress: ({ done, total, stage }) => {
      expect({ total, stage }).toEqual({ total: FRAMES, stage: 'solve' });
      seen.push(done);
    },
  });
  expect(seen[0]).toBe(0);
  expect(seen.at(-1)).toBe(FRAMES);
  const controller = new AbortController();
  const hooks = { signal: controller.signal, onProgress: () => controller.abort() };
  await expect(composeTake(bvh, bvhAnalysis, NETWORK, hooks)).rejects.toMatchObject({ code: 'cancelled' });
});
