import { expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import type { PointTrack } from '../tracks.ts';
import { readC3d } from './c3d.ts';
import { type MadeC3d, madeC3d } from './made-c3d.ts';
import { jointAt } from './made-points.ts';

/** Joint centres as Vicon and others label them, with the head's markers. */
const CENTRES = ['L', 'R']
  .flatMap((side) => ['HJC', 'KJC', 'AJC', 'SJC', 'EJC', 'WJC', 'FHD', 'BHD'].map((part) => side + part))
  .concat('C7');

/** Points that stand apart: point p of frame f at (10 p, f + 1, p). */
function apart(labels: readonly string[], frames = 3): Float64Array {
  return Float64Array.from({ length: frames * labels.length * 3 }, (_, at) => {
    const point = Math.floor(at / 3) % labels.length;
    const frame = Math.floor(at / 3 / labels.length);
    return [10 * point, frame + 1, point][at % 3];
  });
}

const read = (made: MadeC3d) => readC3d(madeC3d(made), 'walk.c3d');
const first = (made: MadeC3d): PointTrack => read(made).tracks[0] as PointTrack;

test.each([
  [84, true],
  [84, false],
  [85, true],
  [85, false],
  [86, true],
  [86, false],
] as const)('joint centres are read from processor type %i, floats %s', (processor, isFloat) => {
  const positions = apart(CENTRES);
  positions.fill(Number.NaN, CENTRES.indexOf('LKJC') * 3, CENTRES.indexOf('LKJC') * 3 + 3);
  const track = first({
    labels: CENTRES,
    positions,
    processor,
    isFloat,
    analogs: 5,
    rate: 120,
    upAxis: '+Z',
  });
  expect(track).toMatchObject({
    frameCount: 3,
    fps: 120,
    unit: 'mm',
    up: '+z',
    layouts: ['h36m17'],
    seen: null,
  });
  const at = (name: string, frame: number) => jointAt(track.positions, 'h36m17', name, frame);
  expect(at('leftKnee', 0)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  for (const [name, label] of [
    ['leftKnee', 'LKJC'],
    ['rightHip', 'RHJC'],
    ['leftAnkle', 'LAJC'],
    ['rightWrist', 'RWJC'],
  ] as const) {
    const point = CENTRES.indexOf(label);
    const found = at(name, 2);
    for (const [axis, value] of [10 * point, 3, point].entries()) expect(found[axis]).toBeCloseTo(value, 4);
  }
  const hips = (CENTRES.indexOf('LHJC') + CENTRES.indexOf('RHJC')) / 2;
  expect(at('pelvis', 1)[2]).toBeCloseTo(hips, 4);
});

test("keypoints' names make their layout; more than 255 labels go on; subjects are people", () => {
  const keypoints = ['L', 'R'].flatMap((side) =>
    ['Hip', 'Knee', 'Ankle', 'Shoulder', 'Elbow', 'Wrist', 'BigToe'].map((part) => side + part),
  );
  const labels = [...Array.from({ length: 260 }, (_, at) => `M${at}`), ...keypoints, 'Neck', 'Head'];
  const track = first({ labels, positions: apart(labels) });
  expect(jointAt(track.positions, track.layouts[0], 'leftHip')[2]).toBe(260);
  const two = ['ann', 'bob'].flatMap((subject) => CENTRES.map((label) => `${subject}:${label}`));
  const file = read({ labels: two, positions: apart(two) });
  expect(file.tracks.map(({ id }) => id)).toEqual(['ann', 'bob']);
  expect(jointAt((file.tracks[1] as PointTrack).positions, 'h36m17', 'leftHip')[2]).toBe(CENTRES.length);
});

test('the frames that are there count, whatever the header claims', () => {
  const made = { labels: CENTRES, positions: apart(CENTRES) };
  expect(first({ ...made, claimedFrames: 65_535 }).frameCount).toBe(3);
  expect(first({ ...made, claimedFrames: 2 }).frameCount).toBe(2);
  expect(first({ ...made, claimedFrames: 1, longFrames: 3 }).frameCount).toBe(3);
  const cut = madeC3d({ ...made, claimedFrames: 3 });
  const file = readC3d(cut.slice(0, cut.length - 100), 'walk.c3d');
  expect(file.tracks[0].frameCount).toBe(2);
  expect(file.warnings.map(({ message }) => message)).toContain('the file claims 3 frames and holds 2');
});

test('surface markers are refused with their labels and the way out', () => {
  const labels = ['LASI', 'RASI', 'LKNE', 'RKNE', 'LANK', 'RANK', 'LSHO', 'RSHO'];
  expect(() => read({ labels, positions: apart(labels) })).toThrow(
    /walk.c3d:POINT:LABELS: the names are those of no body: LASI, RASI, .*; markers on the skin are no joints: export joint centres/,
  );
  const legs = CENTRES.filter((label) => /[HKA]JC/.test(label));
  expect(() => read({ labels: legs, positions: apart(legs) })).toThrow(/no leftShoulder, leftElbow/);
});

test('what is no C3D is refused', () => {
  const bytes = madeC3d({ labels: CENTRES, positions: apart(CENTRES) });
  const message = (change: (copy: Uint8Array) => void): string => {
    const copy = bytes.slice();
    change(copy);
    try {
      readC3d(copy, 'a.c3d');
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      return (error as Error).message;
    }
    return '';
  };
  expect(() => readC3d(new Uint8Array(10), 'a.c3d')).toThrow('a.c3d:header: this is no C3D file');
  expect(message((copy) => copy.fill(0, 0, 2))).toMatch(/no C3D file/);
  expect(message((copy) => copy.fill(99, 515, 516))).toMatch(/processor type 99/);
  expect(message((copy) => copy.fill(0, 512 + 4, 1024))).toMatch(/names|frames|points/);
});
