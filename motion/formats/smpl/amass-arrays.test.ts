import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeQuat, quatAngle } from '../../math/quat.ts';
import { averageSmplBody } from '../../skeleton/smpl/average-smpl.ts';
import { smplJointCount } from '../../skeleton/smpl/smpl-joints.ts';
import { smplToClip } from '../../skeleton/smpl/smpl-to-clip.ts';
import { writeNpz } from '../python/npz-write.ts';
import { readPyFile } from '../python/py-file.ts';
import type { SmplModel, SmplTrack } from '../tracks.ts';
import { amassArrays } from './amass-arrays.ts';
import { readSmplFamily } from './read-smpl-family.ts';

function restTrack(model: SmplModel, jointCount: number, frameCount: number): SmplTrack {
  const rotations = new Float64Array(frameCount * jointCount * 4);
  for (let w = 3; w < rotations.length; w += 4) rotations[w] = 1;
  return {
    kind: 'smpl',
    id: '1',
    frameCount,
    fps: 30,
    seen: null,
    model,
    jointCount,
    rotations,
    translations: new Float64Array(frameCount * 3),
    betas: null,
    gender: null,
    up: '+y',
    space: 'world',
  };
}

function throughFile(track: SmplTrack): SmplTrack {
  const file = readSmplFamily(readPyFile(writeNpz(amassArrays(track)), 'a.npz'), 'a.npz');
  return file!.tracks[0] as SmplTrack;
}

test('a person who stands at rest in Y up stands a quarter turn about X in AMASS, the pelvis in the same place', () => {
  const { poses, trans } = amassArrays({
    ...restTrack('smplh', 22, 1),
    translations: Float64Array.of(1, 1.2, 3),
  }) as unknown as Record<string, { data: Float64Array; shape: number[] }>;
  expect(poses.shape).toEqual([1, 156]);
  expect(poses.data[0]).toBeCloseTo(Math.PI / 2, 12);
  // The pelvis is at (1, 1.2 - 0.22, 3 + 0.03) = (1, 0.98, 3.03), in Z up (1, -3.03, 0.98); less (0, -0.22, 0.03).
  expect([...trans.data].map((metres) => Number(metres.toFixed(9)))).toEqual([1, -2.81, 0.95]);
});

test('SMPL becomes SMPL-H with resting hands, SMPL-X has its pose in pieces as well', () => {
  const smpl = restTrack('smpl', 24, 2);
  // The left hand joint of SMPL is the first finger joint of SMPL-H.
  smpl.rotations.set([1, 0, 0, 0], 22 * 4);
  const written = amassArrays(smpl) as unknown as Record<string, { data: Float64Array; shape: number[] }>;
  expect(written.poses.shape).toEqual([2, 156]);
  expect(written.poses.data.subarray(66, 156).every((value) => value === 0)).toBe(true);
  expect(Object.keys(written)).toEqual(['poses', 'trans', 'betas', 'gender', 'mocap_framerate', 'dmpls']);

  const x = amassArrays(restTrack('smplx', 22, 2)) as unknown as Record<string, { shape: number[] }>;
  expect(x.poses.shape).toEqual([2, 165]);
  expect(x.pose_body.shape).toEqual([2, 63]);
  expect(x.pose_hand.shape).toEqual([2, 90]);
  expect(x).toMatchObject({
    surface_model_type: 'smplx',
    mocap_frame_rate: 30,
    mocap_framerate: 30,
    num_betas: 16n,
  });
});

/** No tinier than a hundredth, so that every quaternion has a length. */
const hundredth = fc.integer({ min: -100, max: 100 }).map((value) => value / 100);

const anyTrack = fc
  .record({
    model: fc.constantFrom<SmplModel>('smplh', 'smplx'),
    up: fc.constantFrom<SmplTrack['up']>('+x', '-x', '+y', '-y', '+z', '-z'),
    seed: fc.array(hundredth, { minLength: 40, maxLength: 40 }),
    gender: fc.constantFrom('male' as const, 'female' as const, 'neutral' as const),
    fps: fc.double({ min: 1, max: 240, noNaN: true }),
  })
  .map(({ model, up, seed, gender, fps }): SmplTrack => {
    const track = restTrack(model, smplJointCount(model), 3);
    const { rotations, translations } = track;
    for (let at = 0; at < rotations.length; at++) rotations[at] += seed[(at * 7) % 40];
    for (let at = 0; at < rotations.length; at += 4) normalizeQuat(rotations, at);
    for (let at = 0; at < 9; at++) translations![at] = seed[at];
    return { ...track, up, gender, fps, betas: Float64Array.from(seed.slice(0, 16)) };
  });

test('what is written is read again as the same motion', () => {
  fc.assert(
    fc.property(anyTrack, (track) => {
      const back = throughFile(track);
      expect(back).toMatchObject({
        model: track.model,
        jointCount: track.jointCount,
        fps: track.fps,
        gender: track.gender,
        up: '+z',
        betas: track.betas,
      });
      const body = averageSmplBody(track.model);
      const before = smplToClip(track, body).clip;
      const after = smplToClip(back, body).clip;
      for (let at = 0; at < before.localRotations.length; at += 4) {
        expect(quatAngle(before.localRotations, at, after.localRotations, at)).toBeLessThan(1e-7);
      }
      for (let at = 0; at < before.localTranslations.length; at++) {
        expect(Math.abs(before.localTranslations[at] - after.localTranslations[at])).toBeLessThan(1e-12);
      }
    }),
    { numRuns: 40 },
  );
});

test('a Z-up track without gaps keeps its translations bit by bit, and gaps are bridged', () => {
  const track = { ...restTrack('smplh', 52, 3), up: '+z' as const };
  track.translations!.set([0.1, 0.2, 0.3, Number.NaN, Number.NaN, Number.NaN, 0.3, 0.4, 0.5]);
  track.rotations.fill(Number.NaN, 52 * 4, 104 * 4);
  const back = throughFile({ ...track, seen: [true, false, true] });
  expect([...back.translations!.subarray(0, 3)]).toEqual([0.1, 0.2, 0.3]);
  expect(back.translations![3]).toBeCloseTo(0.2, 12);
  expect(back.seen).toBeNull();
});

test('a track without a frame rate cannot be written', () => {
  expect(() => amassArrays({ ...restTrack('smpl', 24, 1), fps: null })).toThrow(/no frame rate/);
});
