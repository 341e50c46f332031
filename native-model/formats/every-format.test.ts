import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { EXPORT_FORMATS, EXPORT_SUFFIXES, type ExportFormat } from '../../contract/file-kinds.ts';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { exportClip, exportVersions } from './export-clip.ts';
import { type OpenedClip, type OpenOptions, openClip } from './open-clip.ts';

const SAMPLES = join(import.meta.dirname, '../../assets/samples');
const SMPL = join(import.meta.dirname, '../../fixtures/smpl');
/** Joints every format and every skeleton has in the same place; trunk and head are derived differently. */
const LIMBS = [
  BODY17.leftHip,
  BODY17.leftKnee,
  BODY17.leftAnkle,
  BODY17.rightHip,
  BODY17.rightKnee,
  BODY17.rightAnkle,
  BODY17.leftShoulder,
  BODY17.leftElbow,
  BODY17.leftWrist,
  BODY17.rightShoulder,
  BODY17.rightElbow,
  BODY17.rightWrist,
];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'posemend-every-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
async function reopen(bytes: Uint8Array, format: ExportFormat, options: OpenOptions = {}) {
  const path = join(folder, `clip-${count++}.${EXPORT_SUFFIXES[format]}`);
  writeFileSync(path, bytes);
  return openClip(path, options);
}

/** What must be said of formats that do not say it themselves. */
function saying(format: ExportFormat, clip: OpenedClip): OpenOptions {
  if (format !== 'npy') return {};
  return {
    fps: 1 / clip.frameTime,
    ...(clip.layout === null ? { layout: 'h36m17' } : { layout: clip.layout }),
  };
}

/** The farthest any limb joint is from where it was, metres. */
function farthest(a: OpenedClip, b: OpenedClip, skipped = 0): number {
  expect(a.frameCount + skipped).toBe(b.frameCount);
  let most = 0;
  for (let frame = 0; frame < a.frameCount; frame++) {
    for (const joint of LIMBS) {
      const at = (frame * BODY17_COUNT + joint) * 3;
      const before = at + skipped * BODY17_COUNT * 3;
      const distance = Math.hypot(...[0, 1, 2].map((axis) => a.body17[at + axis] - b.body17[before + axis]));
      if (Number.isFinite(distance)) most = Math.max(most, distance);
    }
  }
  return most;
}

describe.each([
  ['a BVH', join(SAMPLES, 'performance-clean.bvh'), {}],
  ['positions', join(SAMPLES, 'performance-clean.npy'), {}],
  ['an AMASS file', join(SMPL, 'amass-smplh.npz'), {}],
  ['WHAM results', join(SMPL, 'wham-output.pkl'), { person: '1' }],
] as const)('%s', (_, path, given) => {
  let clip: OpenedClip;
  beforeAll(async () => {
    const found = await openClip(path, given).catch(() => null);
    clip = found ?? (await openClip(path));
  });

  test.each(EXPORT_FORMATS)(
    'written as %s is read back in the same place, at the same rate',
    async (format) => {
      const bytes = await exportClip(clip, null, { format });
      const again = await reopen(bytes, format, saying(format, clip));
      expect(1 / again.frameTime).toBeCloseTo(1 / clip.frameTime, 3);
      const isTable = format === 'npy' || format === 'npz' || format === 'csv' || format === 'trc';
      const isSmpl = clip.source.kind === 'skeleton' && clip.source.original?.format === 'smpl';
      // A fitted skeleton's bones keep one length. SMPL files hold rotations and no bone lengths, so that another body's
      // motion comes back on an average one.
      const fitted = clip.layout === null || isTable ? 2e-4 : 0.06;
      const tolerance = format === 'smpl' && !isSmpl ? 0.15 : fitted;
      expect(farthest(again, clip), format).toBeLessThan(tolerance);
      expect(again.notices.join(' ')).not.toMatch(/mirrored|upside down|swapped/);
    },
  );

  test('names, root motion and fewer keys move no joint but by what they say', async () => {
    const plain = await reopen(await exportClip(clip, null, { format: 'glb' }), 'glb');
    for (const format of ['fbx', 'glb', 'bvh'] as const) {
      for (const names of ['mixamo', 'humanik', 'unreal'] as const) {
        const options = {
          format,
          names,
          rootMotion: 'root',
          ...(format === 'bvh' ? {} : { keyErrorMm: 2 }),
        } as const;
        const again = await reopen(await exportClip(clip, null, options), format);
        expect(farthest(again, plain), `${format} ${names}`).toBeLessThan(format === 'bvh' ? 2e-4 : 2.3e-3);
      }
    }
  });
});

test('an FBX and a GLB hold the refined clip and the input side by side', async () => {
  const clip = await openClip(join(SAMPLES, 'performance-clean.bvh'));
  if (clip.source.kind !== 'skeleton') throw new Error('not a skeleton');
  const raised = clip.source.clip.localTranslations.slice();
  const nodes = clip.source.clip.skeleton.names.length;
  for (let frame = 0; frame < clip.frameCount; frame++) raised[frame * nodes * 3 + 1] += 0.25;
  const result = {
    skeletonClip: { ...clip.source.clip, localTranslations: raised },
    layoutPositions: null,
    body17: clip.body17.map((value, at) => (at % 3 === 1 ? value + 0.25 : value)),
  };
  const versions = [
    { name: 'refined', result },
    { name: 'raw', result: null },
  ];
  for (const format of ['fbx', 'glb'] as const) {
    const bytes = await exportVersions(clip, versions, { format });
    const path = join(folder, `both.${format}`);
    writeFileSync(path, bytes);
    const { notices } = await openClip(path);
    expect(notices.join(' ')).toMatch(/2 animations/);
    const ids = ['refined', 'raw'];
    const opened = await Promise.all(
      ids.map(async (id) => {
        const listed = /holds 2 animations: (.*?); this/.exec(notices.join(' '))![1];
        const person = [...listed.matchAll(/'([^']+)'/g)]
          .map(([, name]) => name)
          .find((name) => name.includes(id))!;
        return openClip(path, { person });
      }),
    );
    const rise = opened[0].body17[1] - opened[1].body17[1];
    expect(rise, format).toBeCloseTo(0.25, 4);
  }
});

test('any range, rate, unit and axes of a table of positions come back as that part of the clip', async () => {
  const clip = await openClip(join(SAMPLES, 'performance-clean.npy'));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('npz', 'csv', 'trc'),
      fc.constantFrom('mm', 'cm', 'm'),
      fc.constantFrom('y', 'z'),
      fc.tuple(fc.nat({ max: 200 }), fc.integer({ min: 1, max: 60 })),
      async (format, unit, up, [first, length]) => {
        const range = [first, first + length] as const;
        const bytes = await exportClip(clip, null, { format, unit, up, range });
        const again = await reopen(bytes, format);
        const part = {
          ...clip,
          frameCount: length + 1,
          body17: clip.body17.subarray(first * 51, (first + length + 1) * 51),
        };
        expect(farthest(again, part)).toBeLessThan(1e-5);
      },
    ),
    { numRuns: 25 },
  );
});

test('a folder whose files were written anew is read anew', async () => {
  const frames = join(folder, 'frames');
  mkdirSync(frames);
  const write = (shift: number): void => {
    for (let frame = 0; frame < 3; frame++) {
      const pose = Array.from({ length: 75 }, (_, at) => (at % 3 === 2 ? 0.9 : 100 + at + shift));
      const people = [{ person_id: [-1], pose_keypoints_2d: pose }];
      writeFileSync(
        join(frames, `a_00000000000${frame}_keypoints.json`),
        JSON.stringify({ version: 1.3, people }),
      );
    }
  };
  const firstNumber = async (): Promise<number> => {
    const { source } = await openClip(frames);
    return source.kind === 'positions' ? source.positions[0] : Number.NaN;
  };
  write(0);
  const before = await firstNumber();
  write(500);
  expect(await firstNumber()).toBe(before + 500);
});

test('a body whose wrists and legs nobody saw is written as a whole skeleton', async () => {
  const clip = await openClip(join(SAMPLES, 'performance-clean.npy'));
  if (clip.source.kind !== 'positions') throw new Error('not positions');
  const body17 = clip.body17.slice();
  for (const joint of [BODY17.leftWrist, BODY17.rightKnee, BODY17.rightAnkle])
    for (let at = joint * 3; at < body17.length; at += BODY17_COUNT * 3) body17.fill(Number.NaN, at, at + 3);
  const partial = { ...clip, body17, source: { ...clip.source, positions: body17 } };
  for (const format of ['bvh', 'fbx', 'glb', 'smpl'] as const) {
    const again = await reopen(await exportClip(partial, null, { format }), format);
    expect(again.body17.every(Number.isFinite), format).toBe(true);
  }
});
