import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkSides } from '../../motion/formats/side-check.ts';
import { BODY17, BODY17_COUNT } from '../../motion/skeleton/body17.ts';
import { guessClip } from './guess-clip.ts';
import { type OpenedClip, openClip } from './open-clip.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures');

interface Expected {
  /** What the file is said to be; '' where its suffix says all. */
  readonly file: string;
  readonly frames: number;
  readonly fps: number;
  readonly people?: number;
}

const POINTS: Readonly<Record<string, Expected>> = {
  'alphapose.json': { file: 'AlphaPose', frames: 8, fps: 30, people: 2 },
  'easymocap.zip': { file: 'EasyMocap', frames: 8, fps: 30 },
  'freemocap.csv': { file: 'FreeMoCap', frames: 8, fps: 60 },
  'generic.json': { file: 'JSON', frames: 8, fps: 50 },
  'joints.npz': { file: 'NumPy', frames: 8, fps: 30 },
  'mediapipe-world.json': { file: 'MediaPipe', frames: 8, fps: 30 },
  'mediapipe_body_3d_xyz.npy': { file: '', frames: 8, fps: 30 },
  'mmpose-2d.json': { file: 'MMPose', frames: 8, fps: 30 },
  'openpose.zip': { file: 'OpenPose', frames: 8, fps: 30 },
  'pose2sim.trc': { file: 'TRC', frames: 8, fps: 60 },
  'posemend.npz': { file: 'NumPy', frames: 8, fps: 60 },
};

const SMPL: Readonly<Record<string, Expected>> = {
  'aist.pkl': { file: 'AIST++', frames: 6, fps: 60 },
  'amass-smplh.npz': { file: 'AMASS (SMPL-H)', frames: 6, fps: 120 },
  'amass-smplx-stageii.npz': { file: 'AMASS (SMPL-X)', frames: 6, fps: 120 },
  'gvhmr-hmr4d_results.pt': { file: 'GVHMR', frames: 6, fps: 30 },
  'human-data.npz': { file: 'HumanData', frames: 6, fps: 30 },
  'phalp-demo.pkl': { file: 'PHALP', frames: 6, fps: 30, people: 2 },
  'smpl-72.npy': { file: 'SMPL', frames: 6, fps: 30 },
  'smpl.npz': { file: 'SMPL', frames: 6, fps: 30 },
  'spin-eval.npz': { file: 'SPIN', frames: 6, fps: 30 },
  'tram-hps_track_0.npy': { file: 'TRAM', frames: 6, fps: 30 },
  'vibe-output.pkl': { file: 'VIBE', frames: 6, fps: 30, people: 2 },
  'wham-output.pkl': { file: 'WHAM', frames: 6, fps: 30 },
};

/** Head over feet, metres, and how far the left hip is to the left of the right one as the body faces. */
function stance({ body17 }: OpenedClip): { readonly height: number; readonly verdict: string } {
  const frame = Array.from({ length: body17.length / (BODY17_COUNT * 3) }, (_, at) => at).find(
    (at) => !Number.isNaN(body17[at * BODY17_COUNT * 3]),
  )!;
  const y = (joint: number): number => body17[(frame * BODY17_COUNT + joint) * 3 + 1];
  return { height: y(BODY17.head) - y(BODY17.leftAnkle), verdict: checkSides(body17).verdict };
}

describe.each([
  ['points', POINTS],
  ['smpl', SMPL],
] as const)('fixtures/%s', (folder, files) => {
  test.each(Object.entries(files))(
    '%s is named, counted, and stands upright with left on the left',
    async (name, expected) => {
      const path = join(FIXTURES, folder, name);
      const clip = await openClip(path);
      const said = clip.facts.find((fact) => fact.name === 'file')?.value ?? '';
      expect(said).toContain(expected.file);
      expect(clip.frameCount).toBe(expected.frames);
      expect(1 / clip.frameTime).toBeCloseTo(expected.fps, 6);
      const guess = await guessClip(path);
      expect(guess.producer.value).toContain(expected.file);
      expect(guess.people.length).toBe(expected.people ?? Math.min(1, guess.people.length));
      if (clip.dimensions === 2) {
        expect(guess.canLift).toBe(true);
        return;
      }
      const { height, verdict } = stance(clip);
      expect(height).toBeGreaterThan(1.3);
      expect(height).toBeLessThan(1.8);
      expect(['fine', 'unclear']).toContain(verdict);
    },
  );
});

test('every fixture of positions is in the list above', () => {
  expect(readdirSync(join(FIXTURES, 'points')).sort()).toEqual(Object.keys(POINTS).sort());
});
