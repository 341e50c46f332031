import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import { LAYOUTS } from '../../skeleton/layouts.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import { jointAt, madePoints, textBytes } from './made-points.ts';
import type { NamedMotion } from './named-motion.ts';
import { readTrc } from './trc.ts';
import { writeTrc } from './write-trc.ts';

const read = (text: string): ParsedFile => readTrc(textBytes(text), 'walk.trc');
const first = (file: ParsedFile): PointTrack => file.tracks[0] as PointTrack;

/** Markers as Pose2Sim names Halpe's joints. */
const POSE2SIM = [
  'Hip',
  'RHip',
  'RKnee',
  'RAnkle',
  'RBigToe',
  'RSmallToe',
  'RHeel',
  'LHip',
  'LKnee',
  'LAnkle',
].concat(
  ['LBigToe', 'LSmallToe', 'LHeel', 'Neck', 'Head', 'Nose', 'RShoulder', 'RElbow', 'RWrist', 'LShoulder'],
  ['LElbow', 'LWrist'],
);

const HEADER = `PathFileType\t4\t(X/Y/Z)\twalk.trc
DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames
60\t60\t2\t22\tm\t60\t1\t2
Frame#\tTime\t${POSE2SIM.join('\t\t\t')}\t\t
\t\t${POSE2SIM.map((_, at) => `X${at + 1}\tY${at + 1}\tZ${at + 1}`).join('\t')}
`;
const row = (frame: number, change: (cells: string[]) => void = () => {}): string => {
  const cells = POSE2SIM.flatMap((_, marker) => [`${marker}.25`, String(frame), '-1e-1']);
  change(cells);
  return `${frame}\t${frame / 60}\t${cells.join('\t')}\n`;
};

test("Pose2Sim's markers are joints; blank cells and missing frames are gaps", () => {
  const file = read(`${HEADER}\n${row(1)}${row(2, (cells) => cells.fill('', 3, 6))}${row(4)}`);
  const track = first(file);
  expect(file.producer).toMatch(/TRC/);
  expect(track).toMatchObject({ fps: 60, unit: 'm', frameCount: 4, seen: [true, true, false, true] });
  const [layout] = track.layouts;
  expect(jointAt(track.positions, layout, 'leftHip', 0)).toEqual([7.25, 1, -0.1]);
  expect(jointAt(track.positions, layout, 'rightHip', 1)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect(jointAt(track.positions, layout, 'rightWrist', 3)).toEqual([18.25, 4, -0.1]);
  expect(file.warnings.map(({ message }) => message).join('\n')).toMatch(
    /jump 1 times[\s\S]*numframes is 2, there are 4/,
  );
});

test('carriage returns, dense names and rows without trailing tabs are read', () => {
  const dense = HEADER.replaceAll('\t\t\t', '\t').replace('\t\t\n', '\n');
  const text = `${dense}${row(1).trimEnd()}\n${row(2, (cells) => cells.fill('', 60)).trimEnd()}`;
  const track = first(read(text.replaceAll('\n', '\r\n')));
  expect(track.frameCount).toBe(2);
  expect(jointAt(track.positions, track.layouts[0], 'leftWrist', 1)[0]).toBeNaN();
});

test('Y is up, unless another axis evidently is', () => {
  const names = LAYOUTS.h36m17.names;
  const motion: NamedMotion = {
    ...{ names, layout: 'h36m17', confidence: null, dimensions: 3, frameTime: 1 / 30, unit: 'mm', up: 'y' },
    positions: madePoints('h36m17', 3).map((value) => value * 1000),
  };
  expect(first(readTrc(writeTrc(motion), 'a.trc'))).toMatchObject({ up: '+y', unit: 'mm', fps: 30 });
  const zUp = motion.positions.map(
    (_, at) =>
      [0, -2, -1].map((step) => motion.positions[at - (at % 3) + (((at % 3) + step + 3) % 3)])[at % 3],
  );
  const file = readTrc(writeTrc({ ...motion, positions: zUp }), 'a.trc');
  expect(first(file).up).toBeNull();
  expect(file.warnings.at(-1)!.message).toMatch(/in this one .z is up/);
});

test('what is written is read again, in the unit and with Y up', () => {
  const cell = fc.oneof(
    { weight: 9, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  );
  const names = LAYOUTS.coco17.names;
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 4 })
        .chain((frames) => fc.array(cell, { minLength: frames * 51, maxLength: frames * 51 })),
      fc.integer({ min: 1, max: 240 }),
      (cells, fps) => {
        const positions = Float64Array.from(cells);
        const motion: NamedMotion = {
          names,
          layout: 'coco17',
          positions,
          confidence: null,
          dimensions: 3,
          frameTime: 1 / fps,
          unit: 'cm',
          up: 'y',
        };
        const track = first(readTrc(writeTrc(motion), 'a.trc'));
        expect(track).toMatchObject({ layouts: ['coco17'], unit: 'cm', fps });
        for (const [at, value] of track.positions.entries()) {
          if (Number.isNaN(positions[at])) expect(value).toBeNaN();
          else expect(Math.abs(value - positions[at])).toBeLessThanOrEqual(5.1e-7);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('other units and axes are turned to metres and Y up', () => {
  const positions = new Float64Array(51).fill(1);
  positions.set([1, 2, 3]);
  const motion: NamedMotion = {
    names: LAYOUTS.coco17.names,
    layout: 'coco17',
    positions,
    confidence: null,
    dimensions: 3,
    frameTime: 0.04,
    unit: 'inch',
    up: 'z',
  };
  const track = first(readTrc(writeTrc(motion), 'a.trc'));
  expect(track.unit).toBe('m');
  expect([...track.positions.subarray(0, 3)]).toEqual([0.0254, 0.0762, -0.0508]);
});

test.each([
  ['', /no line of markers that starts with 'Frame#'/],
  ['PathFileType\t4\n', /no line of markers/],
  [HEADER, /walk.trc:4: there are no frames after it/],
  [`${HEADER}x\t0\t1\n`, /walk.trc:6: 'x' is no frame number/],
  [`${HEADER}${row(2)}${row(2)}`, /walk.trc:7: frame 2 comes after frame 2/],
  [`${HEADER}${row(1, (cells) => cells.splice(4, 1, 'abc'))}`, /walk.trc:6: 'abc' in column 7 is no number/],
  [`${HEADER}${row(1).trimEnd()}\t5\n`, /more than 66 coordinates/],
  [HEADER.replaceAll('RHip', 'LHip') + row(1), /'LHip' is there twice/],
  [
    HEADER.replaceAll('LHip', 'LASI') + row(1),
    /no leftHip: Hip, RHip.*; markers on the skin are no joints: export joint centres/,
  ],
  [`${HEADER}${row(1)}9999999999\t1\n`, /comes after frame 1/],
  ['Frame#\tTime\tA\tB\t\t\tC\n', /do not stand in every third column/],
  ['Frame#\0', /a NUL byte/],
])('%j is refused (%#)', (text, message) => {
  expect(() => read(text)).toThrow(FormatError);
  expect(() => read(text)).toThrow(message);
});
