import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openClip } from '../formats/open-clip.ts';
import { analyseClip } from './analyse-clip.ts';
import { composeTake } from './compose-take.ts';
import { refineClip } from './refine-clip.ts';
import { RefineResources } from './resources.ts';

const SAMPLES = join(import.meta.dirname, '../../assets/samples');
const FIXTURES = join(import.meta.dirname, '../../fixtures/points');
const SETTINGS = { strength: 1, device: 'cpu', library: 'none' } as const;

test.each(['posemend', 'gaussian'])(
  'where nobody was seen %s refines nothing and judges nothing',
  async (model) => {
    const whole = await openClip(join(SAMPLES, 'performance-noisy.bvh'));
    const gap = [100, 180] as const;
    const body17 = whole.body17.slice().fill(Number.NaN, gap[0] * 51, (gap[1] + 1) * 51);
    const clip = { ...whole, body17, gaps: [gap] };
    const { report, result } = await refineClip(clip, { ...SETTINGS, model });
    if (whole.source.kind !== 'skeleton') throw new Error('not a skeleton');
    const nodes = whole.source.clip.skeleton.names.length * 4;
    const rotationsOf = (rotations: Float64Array, frame: number) =>
      rotations.slice(frame * nodes, (frame + 1) * nodes);
    const before = whole.source.clip.localRotations;
    const after = result.skeletonClip!.localRotations;
    // The network smooths what positions say nothing of, over all frames.
    if (model === 'gaussian') expect(rotationsOf(after, 140)).toEqual(rotationsOf(before, 140));
    expect(rotationsOf(after, 50)).not.toEqual(rotationsOf(before, 50));
    expect(report.expectedErrorMm.slice(gap[0], gap[1] + 1).every((error) => error === 0)).toBe(true);
    expect(report.pqe.slice(gap[0] + 5, gap[1] - 5).every((quality) => quality > 0.99)).toBe(true);
    const isInside = ({ start, end }: { start: number; end: number }) => start >= gap[0] && end <= gap[1];
    expect(report.lowQuality.filter(isInside)).toEqual([]);
    expect(report.footContacts.filter(isInside)).toEqual([]);
  },
);

test('a network’s answer to 2D keypoints makes takes after the job it was made in has ended', async () => {
  const clip = await openClip(join(FIXTURES, 'mmpose-2d.json'));
  const resources = new RefineResources();
  const job = new AbortController();
  const settings = { ...SETTINGS, model: 'smoothnet-8' };
  const analysis = await analyseClip(clip, settings, { signal: job.signal }, resources);
  job.abort();
  const take = await composeTake(clip, analysis, { ...settings, strength: 0.5 }, {});
  const { source } = clip;
  if (source.kind !== 'positions') throw new Error('not positions');
  expect(take.result.layoutPositions).toHaveLength(source.positions.length);
  expect(take.result.layoutPositions).not.toEqual(source.positions);
  const later = new AbortController();
  later.abort();
  await expect(composeTake(clip, analysis, settings, { signal: later.signal })).rejects.toThrow(/cancel/);
  await resources.dispose();
});
