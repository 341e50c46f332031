import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { validateBytes } from 'gltf-validator';
import { expect, test } from 'vitest';
import { anyClip, largestDifference } from '../../../test/random-clip.ts';
import { simpleRig } from '../../../test/simple-rig.ts';
import { quatAngle } from '../../math/quat.ts';
import { buildRig } from '../../rig/build-rig.ts';
import type { SkeletonClip } from '../../skeleton/clip.ts';
import { matchSkeleton } from '../../skeleton/match-skeleton.ts';
import { bvhToClip } from '../bvh-clip.ts';
import { readBvh } from '../bvh-read.ts';
import type { RigTrack } from '../tracks.ts';
import { readGltf } from './read-gltf.ts';
import { writeGlb } from './write-glb.ts';

async function rigTracks(bytes: Uint8Array): Promise<RigTrack[]> {
  return (await readGltf(bytes, 'rig.glb')).tracks as RigTrack[];
}

function samplePerformance(): SkeletonClip {
  const bytes = readFileSync(new URL('../../../assets/samples/performance-clean.bvh', import.meta.url));
  return bvhToClip(readBvh(bytes, 'clean.bvh'), { metresPerUnit: 0.01, name: 'raw' }).clip;
}

test('a written rig reads back with the same joints, frames and world positions to 1e-5 m', async () => {
  await fc.assert(
    fc.asyncProperty(anyClip(30), async (clip) => {
      const [track, ...others] = await rigTracks(await writeGlb(simpleRig('any', [clip])));
      expect(others).toEqual([]);
      expect(track).toMatchObject({ id: 'raw', fps: 30, frameCount: clip.frameCount, seen: null });
      expect(new Set(track.clip.skeleton.names)).toEqual(new Set(clip.skeleton.names));
      expect(largestDifference(track.clip, clip)).toBeLessThan(1e-5);
    }),
    { numRuns: 200 },
  );
});

test.each([
  { names: 'as-input', rootMotion: 'hips' },
  { names: 'mixamo', rootMotion: 'root', keyErrorMm: 1 },
  { names: 'unreal', rootMotion: 'in-place', keyErrorMm: 1 },
] as const)('the sample with two takes passes the Khronos validator: $names, $rootMotion', async (how) => {
  const clip = samplePerformance();
  const { map } = matchSkeleton(clip.skeleton);
  const takes = ['raw', 'refined'].map((name) => ({ name, clip }));
  const rig = buildRig({ name: 'performance', fps: 30, takes, map, ...how });
  const bytes = await writeGlb(rig);
  const report = await validateBytes(bytes);
  expect(report.issues.messages).toEqual([]);
  expect(report.info).toMatchObject({
    animationCount: 2,
    materialCount: 1,
    hasSkins: true,
    drawCallCount: 1,
  });

  const [track] = await rigTracks(bytes);
  const [take] = rig.takes;
  // `Hand_end`, as exporters name the tip of a hand, is read as the end site of `Hand`.
  const names = rig.skeleton.names.map((name) => name.replace(/_end$/, '.end'));
  const wanted: SkeletonClip = { ...clip, ...take, skeleton: { ...rig.skeleton, names } };
  // Left-out keys move no joint further than they may.
  expect(largestDifference(track.clip, wanted)).toBeLessThan('keyErrorMm' in how ? 1e-3 : 1e-5);
});

test('both takes come back, end sites stay end sites, and the file says its rate', async () => {
  const raw = samplePerformance();
  const half = {
    ...raw,
    name: 'refined',
    localTranslations: raw.localTranslations.map((value, at) =>
      at % (raw.skeleton.names.length * 3) === 0 ? value / 2 : value,
    ),
  };
  const bytes = await writeGlb(simpleRig('performance', [raw, half]));
  const parsed = await readGltf(bytes, 'performance.glb');
  expect(parsed).toMatchObject({ producer: 'glTF (PoseMend)', warnings: [] });
  const tracks = parsed.tracks as RigTrack[];
  expect(tracks.map(({ id }) => id)).toEqual(['raw', 'refined']);
  expect(largestDifference(tracks[0].clip, raw)).toBeLessThan(1e-5);
  expect(largestDifference(tracks[1].clip, half)).toBeLessThan(1e-5);
  const { names, isEndSite } = tracks[0].clip.skeleton;
  expect(names.filter((_, node) => isEndSite[node])).toEqual(
    raw.skeleton.names.filter((_, node) => raw.skeleton.isEndSite[node]),
  );
});

test('only kept frames become keys, and frames between them are interpolated', async () => {
  const full = samplePerformance();
  const frameCount = 9;
  const count = full.skeleton.names.length;
  const clip: SkeletonClip = {
    ...full,
    frameCount,
    localRotations: full.localRotations.slice(0, frameCount * count * 4),
    localTranslations: full.localTranslations.slice(0, frameCount * count * 3),
  };
  const rig = simpleRig('keys', [clip]);
  const keys = Int32Array.of(0, 4, 8);
  const reduced = {
    ...rig.takes[0],
    rotationKeys: full.skeleton.names.map((_, node) => (node === 1 ? keys : null)),
  };
  const [track] = await rigTracks(await writeGlb({ ...rig, takes: [reduced] }));
  const angle = (frame: number, node: number): number =>
    quatAngle(
      track.clip.localRotations,
      (frame * count + node) * 4,
      clip.localRotations,
      (frame * count + node) * 4,
    );
  // Single precision leaves about 1e-7; half an arc between frames 0 and 4 is no frame of the clip.
  for (const frame of [0, 4, 8]) expect(angle(frame, 1)).toBeLessThan(1e-6);
  expect(angle(2, 1)).toBeGreaterThan(1e-6);
  expect(angle(2, 2)).toBeLessThan(1e-6);
});
