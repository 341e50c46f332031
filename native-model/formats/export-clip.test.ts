import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PoseMendError } from '../../contract/errors.ts';
import { parseNpyDtype } from '../../motion/formats/npy-dtype.ts';
import { writeNpy } from '../../motion/formats/npy-write.ts';
import type { SolvedResult } from '../refine/solve-result.ts';
import { bvhOriginal } from './clip-source.ts';
import { type ExportOptions, exportClip, planExport } from './export-clip.ts';
import { drawnPositions } from './joint-drawing.ts';
import { type OpenedClip, type OpenOptions, openClip } from './open-clip.ts';

const SAMPLES = join(import.meta.dirname, '../../assets/samples');
// Real clips are read in place and never copied.
const REAL = join(import.meta.dirname, '../../../shared/mocap/train');
const hasReal = existsSync(REAL);
if (!hasReal) console.warn(`skipped: no real clips at ${REAL}`);

let folder: string;
let bvh: OpenedClip;
let npy: OpenedClip;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-export-'));
  bvh = await openClip(join(SAMPLES, 'performance-noisy.bvh'));
  npy = await openClip(join(SAMPLES, 'performance-noisy.npy'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function reopen(bytes: Uint8Array, name: string, options: OpenOptions = {}): Promise<OpenedClip> {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return openClip(path, options);
}

/** What a file that was written must be read with, where the choices say it. */
function readingOptions({ unit, up }: ExportOptions, clip: OpenedClip): OpenOptions {
  return {
    ...(unit !== undefined && unit !== 'as-input' ? { unit } : {}),
    ...(up !== undefined && up !== 'as-input' ? { up } : {}),
    ...(clip.format === 'npy' ? { layout: clip.layout!, fps: 1 / clip.frameTime } : {}),
  };
}

function farthest(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at])), 0);
}

/** The input moved and turned a little, as a refinement might leave it. */
function changed(clip: OpenedClip): SolvedResult {
  const { source } = clip;
  const body17 = clip.body17.map((value, at) => value + 0.01 * Math.sin(at));
  if (source.kind === 'positions') {
    const layoutPositions = source.positions.map((value, at) => value + 0.01 * Math.sin(at));
    return { skeletonClip: null, layoutPositions, body17 };
  }
  const localRotations = source.clip.localRotations.slice();
  for (let at = 0; at < localRotations.length; at += 4) {
    if (source.clip.skeleton.isEndSite[(at / 4) % source.clip.skeleton.names.length]) continue;
    localRotations.set([0, Math.sin(at), 0, Math.cos(at)], at);
  }
  return { skeletonClip: { ...source.clip, localRotations }, layoutPositions: null, body17 };
}

test('in every unit and with both up axes a file reads back as the same world positions', async () => {
  for (const clip of [bvh, npy]) {
    const result = changed(clip);
    const expected = drawnPositions(clip, result);
    for (const unit of ['as-input', 'mm', 'cm', 'm'] as const) {
      for (const up of ['as-input', 'y', 'z'] as const) {
        const options = { format: clip.format as 'bvh' | 'npy', unit, up };
        const name = `${unit}-${up}.${clip.format}`;
        const again = await reopen(
          await exportClip(clip, result, options),
          name,
          readingOptions(options, clip),
        );
        expect(farthest(drawnPositions(again, null), expected), name).toBeLessThan(1e-4);
        const plan = planExport(clip, options);
        expect([plan.frames, plan.fps]).toEqual([again.frameCount, Math.round(1 / again.frameTime)]);
      }
    }
  }
});

test('the plan says what the file turns out to be', async () => {
  const range = [10, 100] as const;
  for (const clip of [bvh, npy]) {
    for (const format of ['bvh', 'npy'] as const) {
      const options = { format, range, fps: 50, unit: 'mm', up: 'z' } as const;
      const plan = planExport(clip, options);
      const reading = { unit: 'mm', up: 'z', fps: 50 } as const;
      const again = await reopen(await exportClip(clip, null, options), `plan.${format}`, reading);
      const { source } = again;
      const joints =
        source.kind === 'skeleton' ? bvhOriginal(source)!.document.joints.length : source.original.jointCount;
      const found = { format, frames: again.frameCount, fps: 50, unit: 'mm', up: 'z', joints };
      expect(plan).toMatchObject(found);
      expect(plan.remarks.join(' ')).toMatch(/Frames 10 to 100.*Resampled.*Written in mm, Z up/);
    }
  }
  expect(planExport(bvh, { format: 'npy' })).toMatchObject({ unit: 'm', up: 'y', joints: 17 });
  expect(planExport(npy, { format: 'bvh' })).toMatchObject({ unit: 'cm', up: 'y', joints: 19 });
});

test('a range is those frames, and another rate covers the same time', async () => {
  const fps = 1 / bvh.frameTime;
  const cut = await reopen(await exportClip(bvh, null, { format: 'bvh', range: [20, 60] }), 'cut.bvh');
  const joints = drawnPositions(bvh, null).length / bvh.frameCount;
  const expected = drawnPositions(bvh, null).slice(20 * joints, 61 * joints);
  expect(farthest(drawnPositions(cut, null), expected)).toBeLessThan(1e-6);

  const doubled = await reopen(await exportClip(bvh, null, { format: 'bvh', fps: 2 * fps }), 'doubled.bvh');
  expect(doubled.frameCount).toBe(2 * bvh.frameCount - 1);
  expect(doubled.frameTime).toBeCloseTo(bvh.frameTime / 2, 9);
  const every = drawnPositions(doubled, null);
  for (let frame = 0; frame < bvh.frameCount; frame += 7) {
    const at = frame * joints;
    const here = every.slice(2 * at, 2 * at + joints);
    expect(farthest(here, drawnPositions(bvh, null).slice(at, at + joints))).toBeLessThan(1e-5);
  }
});

test('choices that cannot be met are refused with the way out', async () => {
  const flat = { shape: [2, 17, 2], dtype: parseNpyDtype('<f4')!, fortranOrder: false };
  const data = Float64Array.from({ length: 68 }, (_, at) => at * 10);
  const flatClip = await reopen(writeNpy({ ...flat, data }), '2d.npy', { layout: 'coco17' });
  const cases: [OpenedClip, ExportOptions, RegExp][] = [
    [flatClip, { format: 'bvh' }, /2D positions cannot become a BVH.*write \.npy/],
    [flatClip, { format: 'npy', unit: 'cm' }, /pixels.*leave both/],
    [bvh, { format: 'bvh', range: [5, bvh.frameCount] }, /choose a range inside/],
    [bvh, { format: 'bvh', range: [5, 4] }, /choose a range inside/],
    [bvh, { format: 'bvh', range: [0.5, 4] }, /choose a range inside/],
    [bvh, { format: 'bvh', fps: 0 }, /choose a rate/],
    [bvh, { format: 'bvh', fps: Number.NaN }, /choose a rate/],
    [bvh, { format: 'bvh', fps: 1001 }, /choose a rate/],
  ];
  for (const [clip, options, message] of cases) {
    expect(() => planExport(clip, options)).toThrow(message);
    await expect(exportClip(clip, null, options)).rejects.toThrow(PoseMendError);
  }
  expect(planExport(flatClip, { format: 'npy', fps: 60 })).toMatchObject({ frames: 3, unit: 'pixels' });
  expect((await exportClip(flatClip, null, { format: 'npy' })).length).toBeGreaterThan(0);
});

describe.skipIf(!hasReal)('CMU clips', () => {
  const paths = (hasReal ? ['cmu-daz-07', 'cmu-native'] : []).map((name) =>
    join(REAL, name, readdirSync(join(REAL, name)).sort()[0]),
  );

  test('in other units and axes they read back as the same world positions, with the T-pose found', async () => {
    for (const path of paths) {
      const clip = await openClip(path);
      const expected = drawnPositions(clip, null);
      for (const unit of ['mm', 'cm', 'm'] as const) {
        for (const up of ['y', 'z'] as const) {
          const options = { format: 'bvh', unit, up } as const;
          // Without being told: the guesses of unit and axis must come out right.
          const again = await reopen(await exportClip(clip, null, options), 'real.bvh');
          expect(farthest(drawnPositions(again, null), expected), `${unit} ${up}`).toBeLessThan(1e-4);
          expect(again.leadFrames).toBe(clip.leadFrames);
        }
      }
    }
  });

  test('their T-pose is cut with the range, kept with frame 0, and held when resampled', async () => {
    for (const path of paths) {
      const clip = await openClip(path);
      const { leadFrames, frameCount } = clip;
      expect(leadFrames).toBeGreaterThan(0);
      const remarks = (options: ExportOptions) => planExport(clip, options).remarks.join(' ');
      expect(remarks({ format: 'bvh' })).toMatch(/T-pose before the motion is kept/);
      const cut = { format: 'bvh', range: [leadFrames, frameCount - 1], fps: 60 } as const;
      expect(remarks(cut)).toMatch(/T-pose before the motion is cut off/);
      const without = await reopen(await exportClip(clip, null, cut), 'without.bvh');
      expect(without.leadFrames).toBe(0);
      expect(without.frameCount).toBe(Math.floor((frameCount - leadFrames - 1) / 2) + 1);
      // Nothing is held where the T-pose is cut: every second frame lies between two of the input.
      const finer = await reopen(await exportClip(clip, null, { ...cut, fps: 240 }), 'finer.bvh');
      const drawn = drawnPositions(finer, null);
      const size = drawn.length / finer.frameCount;
      for (let frame = 0; frame < 2 * leadFrames; frame += 2) {
        const [here, next] = [0, 1].map((step) =>
          drawn.slice((frame + step) * size, (frame + step + 1) * size),
        );
        expect(farthest(here, next)).toBeGreaterThan(1e-5);
      }

      const held = await reopen(await exportClip(clip, null, { format: 'bvh', fps: 480 }), 'held.bvh');
      const joints = drawnPositions(clip, null).length / frameCount;
      const last = drawnPositions(clip, null).slice((leadFrames - 1) * joints, leadFrames * joints);
      for (const part of [0, 1, 2, 3]) {
        const at = ((leadFrames - 1) * 4 + part) * joints;
        expect(farthest(drawnPositions(held, null).slice(at, at + joints), last)).toBeLessThan(1e-5);
      }
    }
  });

  test('at a quarter of their rate they are every fourth frame, digit for digit', async () => {
    for (const path of paths) {
      const clip = await openClip(path);
      const slow = await reopen(await exportClip(clip, null, { format: 'bvh', fps: 30 }), 'slow.bvh');
      if (slow.source.kind !== 'skeleton' || clip.source.kind !== 'skeleton') throw new Error('not a BVH');
      const { motion, channelCount } = bvhOriginal(clip.source)!.document;
      expect(slow.frameTime).toBe(0.0333333333);
      const isSame = bvhOriginal(slow.source)!.document.motion.every((value, at) => {
        const frame = Math.floor(at / channelCount);
        return Math.abs(value - motion[frame * 4 * channelCount + (at % channelCount)]) <= 5.000001e-7;
      });
      expect(isSame).toBe(true);
    }
  });
});
