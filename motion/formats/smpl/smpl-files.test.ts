import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BODY17 } from '../../skeleton/body17.ts';
import { body17Positions } from '../../skeleton/body17-positions.ts';
import { averageSmplBody } from '../../skeleton/smpl/average-smpl.ts';
import { smplBody } from '../../skeleton/smpl/smpl-model.ts';
import { smplToClip } from '../../skeleton/smpl/smpl-to-clip.ts';
import { readPyFile } from '../python/py-file.ts';
import type { ParsedFile, SmplTrack } from '../tracks.ts';
import { readSmplFamily } from './read-smpl-family.ts';
import { readSmplModel } from './read-smpl-model.ts';

/** Files of fixtures/make_smpl_files.py: one motion of six frames, in each producer's axes. */
function open(name: string): ParsedFile {
  const file = readSmplFamily(value(name), name);
  expect(file).not.toBeNull();
  return file!;
}

function value(name: string) {
  return readPyFile(readFileSync(new URL(`../../../fixtures/smpl/${name}`, import.meta.url)), name);
}

function smplTracks(file: ParsedFile): SmplTrack[] {
  return file.tracks.filter((track): track is SmplTrack => track.kind === 'smpl');
}

/** Body-17 positions in the world, the average body. */
function positions(track: SmplTrack): Float64Array {
  const { clip, map } = smplToClip(track, averageSmplBody(track.model, track.jointCount), 30);
  return body17Positions(clip, map);
}

const reference = positions(smplTracks(open('smpl.npz'))[0]);

/** Name, producer, tracks, frames per second, and whether the file has a path of the root. */
const FILES: readonly (readonly [string, string, number, number | null, boolean])[] = [
  ['smpl.npz', 'SMPL', 1, 30, true],
  ['smpl-72.npy', 'SMPL rotations', 1, null, false],
  ['amass-smplh.npz', 'AMASS (SMPL-H)', 1, 120, true],
  ['amass-smplx-stageii.npz', 'AMASS (SMPL-X)', 1, 120, true],
  ['aist.pkl', 'AIST++', 1, 60, true],
  ['vibe-output.pkl', 'VIBE, TCMR or MEVA', 2, null, false],
  ['wham-output.pkl', 'WHAM', 1, null, true],
  ['pare-picture.pkl', 'PARE (one picture)', 1, null, false],
  ['phalp-demo.pkl', '4D-Humans (PHALP)', 2, null, false],
  ['gvhmr-hmr4d_results.pt', 'GVHMR', 1, 30, true],
  ['tram-hps_track_0.npy', 'TRAM', 1, null, true],
  ['spin-eval.npz', 'SPIN', 1, null, false],
  ['smplify-x.pkl', 'SMPLify-X', 1, null, true],
  ['human-data.npz', 'MMHuman3D HumanData', 1, null, true],
  ['synsp.npz', 'SmoothNet, DeciWatch or SynSP data', 2, null, true],
];

test.each(FILES)('%s is told to be %s and stands like the others', (name, producer, count, fps, hasPath) => {
  const file = open(name);
  expect(file.producer).toBe(producer);
  const tracks = smplTracks(file);
  expect(tracks.length).toBe(count);
  for (const track of tracks) {
    expect(track.fps).toBe(fps);
    expect(track.translations !== null).toBe(hasPath);
    // Frames of PHALP's second person are 1 and 2 of the motion.
    const first = name.startsWith('phalp') && track.id === '2' ? 1 : 0;
    const points = positions(track);
    for (let frame = 0; frame < track.frameCount; frame++) {
      if (track.seen?.[frame] === false) continue;
      const at = frame * 51;
      const from = (frame + first) * 51;
      for (let joint = 0; joint < 17; joint++) {
        for (let axis = 0; axis < 3; axis++) {
          // Relative to the pelvis in all files, in the world where there is a path. float32 carries 1e-6.
          const own = points[at + joint * 3 + axis] - (hasPath ? 0 : points[at + axis]);
          const wanted = reference[from + joint * 3 + axis] - (hasPath ? 0 : reference[from + axis]);
          expect(Math.abs(own - wanted)).toBeLessThan(1e-5);
        }
      }
    }
  }
});

test('the motion stands upright, left on the left, and walks where it should', () => {
  const head = BODY17.head * 3 + 1;
  expect(reference[head]).toBeGreaterThan(reference[1] + 0.65);
  expect(reference[BODY17.leftHip * 3]).toBeGreaterThan(reference[BODY17.rightHip * 3]);
  expect(reference[BODY17.rightAnkle * 3 + 1]).toBeCloseTo(0.95 - (0.57 - 0.039) * 1.7, 6);
  // Walks 0.1 along X and 0.2 along Z a frame.
  for (const [axis, place] of [0.5, 0.95, 1].entries())
    expect(reference[5 * 51 + axis]).toBeCloseTo(place, 9);
});

test('gaps of VIBE, WHAM and PHALP are frames without a row or of a ghost', () => {
  const gap = [true, true, true, false, true, true];
  for (const track of smplTracks(open('vibe-output.pkl'))) expect(track.seen).toEqual(gap);
  expect(open('vibe-output.pkl').warnings.map(({ message }) => message)).toContain(
    'begins at frame 10 of the video',
  );
  expect(smplTracks(open('wham-output.pkl'))[0].seen).toEqual(gap);
  const [second, first] = smplTracks(open('phalp-demo.pkl')).toSorted((a, b) => a.frameCount - b.frameCount);
  expect(first.seen).toEqual(gap);
  expect([second.id, second.frameCount, second.seen]).toEqual(['2', 2, null]);
  expect(first.rotations.subarray(3 * 96, 4 * 96).every(Number.isNaN)).toBe(true);
});

test('camera products are told as such, and shapes and genders are read', () => {
  expect(smplTracks(open('vibe-output.pkl'))[0]).toMatchObject({ up: '-y', space: 'camera' });
  expect(smplTracks(open('synsp.npz'))[0]).toMatchObject({ up: '-y', space: 'camera', id: 'downtown' });
  expect(smplTracks(open('wham-output.pkl'))[0]).toMatchObject({ up: '+y', space: 'world' });
  const amass = smplTracks(open('amass-smplh.npz'))[0];
  expect(amass).toMatchObject({ up: '+z', gender: 'male', jointCount: 52 });
  expect(amass.betas!.length).toBe(16);
  expect(smplTracks(open('vibe-output.pkl'))[0].betas![9]).toBeCloseTo(1, 6);
});

test('what is no motion is refused with the way out', () => {
  expect(() => open('amass-shape.npz')).toThrow(/shape of a person without a motion/);
  expect(() => open('smplify-x-latent.pkl')).toThrow(/body_pose \(1, 32\) is a VPoser latent/);
  expect(() => open('model.npz')).toThrow(/body model, not a motion/);
});

test('a model file gives the same joints as NPZ and as a pickle of chumpy and scipy', () => {
  const fromNpz = readSmplModel(value('model.npz'), 'model.npz');
  const fromPickle = readSmplModel(value('model.pkl'), 'model.pkl');
  expect(fromPickle).toEqual(fromNpz);
  const betas = [1, -2, 0.5, 0, 0, 0, 0, 0, 0, 3];
  const body = smplBody(fromNpz, betas);
  expect(body.source).toBe('model file');
  // Made of the middle of two vertices at ±(0.01, 0, 0.02) of it.
  expect(smplBody(fromNpz).pelvisOffset[0]).toBeCloseTo(-0.8, 12);
  expect(body.pelvisOffset[0]).not.toBeCloseTo(-0.8, 3);
});
