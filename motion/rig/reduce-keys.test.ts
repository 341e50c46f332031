import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DIALECTS } from '../../test/dialect-skeletons.ts';
import { farthest, realSources, sampleSource, swingingClip, worldPositions } from '../../test/rig-clips.ts';
import { skeletonFrom } from '../../test/skeleton-from-text.ts';
import { slerpQuat } from '../math/quat.ts';
import { matchSkeleton } from '../skeleton/match-skeleton.ts';
import { buildRig } from './build-rig.ts';
import { reduceKeys } from './reduce-keys.ts';
import type { Rig, RigTake } from './rig.ts';

/** World positions of a take played from its keys alone, written without anything of the reduction's. */
function playKeys(rig: Rig, take: RigTake): Float64Array {
  const count = rig.skeleton.names.length;
  const localRotations = Float64Array.from(take.localRotations);
  const localTranslations = Float64Array.from(take.localTranslations);
  for (let node = 0; node < count; node++) {
    for (let frame = 0; frame < take.frameCount; frame++) {
      const [from, to] = around(take.rotationKeys?.[node], frame);
      const part = to === from ? 0 : (frame - from) / (to - from);
      const at = (other: number): number => other * count + node;
      slerpQuat(
        localRotations,
        at(frame) * 4,
        take.localRotations,
        at(from) * 4,
        take.localRotations,
        at(to) * 4,
        part,
      );
      const [start, end] = around(take.translationKeys?.[node], frame);
      const way = end === start ? 0 : (frame - start) / (end - start);
      for (let axis = 0; axis < 3; axis++) {
        const a = take.localTranslations[at(start) * 3 + axis];
        localTranslations[at(frame) * 3 + axis] = a + way * (take.localTranslations[at(end) * 3 + axis] - a);
      }
    }
  }
  return worldPositions({
    skeleton: rig.skeleton,
    frameCount: take.frameCount,
    localRotations,
    localTranslations,
  });
}

function around(keys: Int32Array | null | undefined, frame: number): [number, number] {
  if (!keys) return [frame, frame];
  const before = keys.findLast((key) => key <= frame)!;
  return [before, keys.find((key) => key >= frame)!];
}

function errorMm(rig: Rig): number {
  const [take] = rig.takes;
  return 1000 * farthest(playKeys(rig, take), worldPositions({ skeleton: rig.skeleton, ...take }));
}

function keyShare(rig: Rig): number {
  const [take] = rig.takes;
  const joints = rig.skeleton.names.filter((_, node) => !rig.skeleton.isEndSite[node]).length;
  const keys = take.rotationKeys!.reduce(
    (sum, own, node) => sum + (rig.skeleton.isEndSite[node] ? 0 : own!.length),
    0,
  );
  return keys / (joints * take.frameCount);
}

test('no node is off by more than the bound in any frame, whatever moves', () => {
  const dialects = Object.values(DIALECTS);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: dialects.length - 1 }),
      fc.integer({ min: 1, max: 60 }),
      fc.double({ min: 0, max: 2.5, noNaN: true }),
      fc.constantFrom(0.01, 0.3, 1, 5, 40),
      fc.boolean(),
      (dialect, frames, amplitude, bound, hasPositions) => {
        const { skeleton } = skeletonFrom(dialects[dialect]);
        const clip = swingingClip(skeleton, frames, amplitude);
        if (hasPositions) {
          clip.localTranslations.forEach((value, at) => {
            clip.localTranslations[at] = value + 0.01 * Math.sin(at * 0.7);
          });
        }
        const { map } = matchSkeleton(skeleton);
        const rig = buildRig({
          name: 'body',
          fps: 30,
          takes: [{ name: 'raw', clip }],
          map,
          names: 'humanik',
          rootMotion: 'root',
          keyErrorMm: bound,
        });
        expect(errorMm(rig)).toBeLessThanOrEqual(bound * (1 + 1e-9));
        for (const keys of rig.takes[0].rotationKeys!) {
          expect(keys![0]).toBe(0);
          expect(keys![keys!.length - 1]).toBe(frames - 1);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a joint that turns steadily and a root that moves steadily need their ends alone', () => {
  const { skeleton } = skeletonFrom(DIALECTS.Mixamo);
  const clip = swingingClip(skeleton, 50, 0);
  for (let frame = 0; frame < 50; frame++) {
    const at = frame * skeleton.names.length;
    clip.localTranslations.set([0.02 * frame, 1, 0], at * 3);
    const half = 0.01 * frame;
    clip.localRotations.set([0, Math.sin(half), 0, Math.cos(half)], (at + 1) * 4);
  }
  const { map } = matchSkeleton(skeleton);
  const rig = buildRig({
    name: 'a',
    fps: 30,
    takes: [{ name: 'raw', clip }],
    map,
    names: 'humanik',
    rootMotion: 'hips',
  });
  const take = reduceKeys(rig.skeleton, rig.takes[0], 0.01);
  for (const keys of take.rotationKeys!) expect([...keys!]).toEqual([0, 49]);
  expect([...take.translationKeys![0]!]).toEqual([0, 49]);
  expect(take.translationKeys![1]).toBeNull();
});

test('a spin of half a turn within a frame and gaps keep the bound', () => {
  const { skeleton } = skeletonFrom(DIALECTS.Mixamo);
  const clip = swingingClip(skeleton, 30, 0);
  const node = skeleton.names.indexOf('mixamorig:LeftArm');
  for (let frame = 10; frame < 20; frame++)
    clip.localRotations.set([0, 0, 1, 0], (frame * skeleton.names.length + node) * 4);
  const { map } = matchSkeleton(skeleton);
  const takes = [{ name: 'raw', clip }];
  const rig = buildRig({
    name: 'a',
    fps: 30,
    takes,
    map,
    names: 'humanik',
    rootMotion: 'hips',
    keyErrorMm: 1,
  });
  expect(errorMm(rig)).toBeLessThanOrEqual(1);
  expect(rig.takes[0].rotationKeys![node]!.length).toBe(6);
});

test('the sample and real clips within 1 mm need fewer than two thirds of their keys', (context) => {
  const sources = [{ name: 'sample', ...sampleSource() }, ...realSources(600)];
  for (const { clip, map } of sources) {
    const rig = buildRig({
      name: 'body',
      fps: 1 / clip.frameTime,
      takes: [{ name: 'raw', clip }],
      map,
      names: 'mixamo',
      rootMotion: 'hips',
      keyErrorMm: 1,
    });
    expect(errorMm(rig)).toBeLessThanOrEqual(1);
    expect(keyShare(rig)).toBeLessThan(0.67);
  }
  if (sources.length === 1) context.skip('real clips: shared/mocap is not here');
});

test('a bound of nothing is refused', () => {
  const { clip, map } = sampleSource(5);
  const takes = [{ name: 'raw', clip }];
  expect(() =>
    buildRig({ name: 'a', fps: 30, takes, map, names: 'mixamo', rootMotion: 'hips', keyErrorMm: 0 }),
  ).toThrow('positive');
});
