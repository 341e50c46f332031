import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../../errors.ts';
import { LAYOUTS } from '../../skeleton/layouts.ts';
import type { ParsedFile, PointTrack } from '../tracks.ts';
import { readCsv } from './csv.ts';
import { jointAt, madePoints, textBytes } from './made-points.ts';
import type { NamedMotion } from './named-motion.ts';
import { writeCsv } from './write-csv.ts';

const read = (text: string, name = 'walk.csv'): ParsedFile => readCsv(textBytes(text), name);
const first = (file: ParsedFile): PointTrack => file.tracks[0] as PointTrack;

/** MediaPipe's names of its landmarks, as FreeMoCap writes them. */
const MEDIAPIPE = LAYOUTS.mediapipe33.names.map((name) =>
  name
    .replace(/^(left|right)Mouth$/, 'mouth_$1')
    .replace(/([A-Z])/g, '_$1')
    .toLowerCase(),
);
const values = madePoints('mediapipe33', 2);
const header = (format: (name: string, axis: string) => string, names = MEDIAPIPE): string[] =>
  names.flatMap((name) => ['x', 'y', 'z'].map((axis) => format(name, axis)));
const frameRow = (frame: number): string[] => [...values.subarray(frame * 99, (frame + 1) * 99)].map(String);

test.each([
  ['name_x', (name: string, axis: string) => `${name}_${axis}`, 'walk.csv', null],
  ['NAME.X', (name: string, axis: string) => `${name}.${axis}`.toUpperCase(), 'walk.csv', null],
  ['"name x (mm)"', (name: string, axis: string) => `"${name} ${axis} (mm)"`, 'walk.csv', null],
  ['body_name_x', (name: string, axis: string) => `body_${name}_${axis}`, 'by_frame.csv', 'mm'],
  [
    "FreeMoCap's file name",
    (name: string, axis: string) => `${name}_${axis}`,
    'x/mediapipe_body_3d_xyz.csv',
    'mm',
  ],
])('columns %s are joints', (_, format, name, unit) => {
  const file = read([header(format), frameRow(0), frameRow(1)].map((row) => row.join(',')).join('\n'), name);
  expect(file.producer).toBe(unit === null ? 'CSV' : 'FreeMoCap');
  expect(first(file)).toMatchObject({
    unit,
    up: unit === null ? null : '+z',
    layouts: ['mediapipe33'],
    fps: null,
  });
  expect([...first(file).positions]).toEqual([...values]);
});

test('semicolons go with decimal commas, a time column tells the rate, empty cells are missing', () => {
  const names = ['frame', 'time', ...header((name, axis) => `${name}_${axis}`)];
  const rows = [0, 1].map((frame) => [String(frame), `${frame * 0.04}`, ...frameRow(frame)]);
  rows[1].fill('', 2, 5);
  const text = [names, ...rows].map((row) => row.join(';').replaceAll('.', ',')).join('\r\n');
  const track = first(read(text));
  expect(track.fps).toBe(25);
  expect(jointAt(track.positions, 'mediapipe33', 'leftWrist', 1)[2]).toBeCloseTo(values[99 + 15 * 3 + 2], 12);
  expect(jointAt(track.positions, 'mediapipe33', 'nose', 1)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('frame numbers that jump leave gaps', () => {
  const names = ['frame', 'time', ...header((name, axis) => `${name}_${axis}`)];
  const rows = [0, 1, 4].map((frame) => [frame, frame * 0.02, ...frameRow(frame % 2)]);
  const file = read([names, ...rows].map((row) => row.join('\t')).join('\n'));
  expect(first(file)).toMatchObject({ frameCount: 5, fps: 50, seen: [true, true, false, false, true] });
  expect(file.warnings[0].message).toMatch(/jump 1 times/);
  const twice = [names, rows[0], rows[0]].map((row) => row.join('\t')).join('\n');
  expect(() => read(twice)).toThrow('walk.csv:3: frame 0 comes after frame 0; save one row per frame');
});

test('x and y alone are 2D, with a confidence beside', () => {
  const names = LAYOUTS.coco17.names;
  const head = names.flatMap((name) => [`${name}_x`, `${name}_y`, `${name}_likelihood`]);
  const track = first(read(`${head.join(',')}\n${names.flatMap((_, at) => [at * 10, 5, 0.25]).join(',')}\n`));
  expect(track).toMatchObject({ dimensions: 2, layouts: ['coco17'] });
  expect(jointAt(track.positions, 'coco17', 'leftEye', 0, 2)).toEqual([10, 5]);
  expect(track.confidence![3]).toBe(0.25);
});

test('a row per joint is read in any order, per person, with gaps', () => {
  const lines = [0, 2].flatMap((frame) =>
    ['a', 'b'].flatMap((person) =>
      MEDIAPIPE.map((name, at) => `${frame},${person},${name},${at},${frame},${person === 'a' ? 0 : 9}`),
    ),
  );
  const file = read(`frame,person,keypoint,x,y,z\n${lines.toReversed().join('\n')}`);
  expect(file.tracks.map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  const track = file.tracks.find(({ id }) => id === 'b') as PointTrack;
  expect(track).toMatchObject({ frameCount: 3, seen: [true, false, true] });
  expect(jointAt(track.positions, 'mediapipe33', 'leftHip', 2)).toEqual([23, 2, 9]);
});

test('what is written is read again', () => {
  const cell = fc.oneof(
    { weight: 9, arbitrary: fc.double({ min: -1e4, max: 1e4, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(Number.NaN) },
  );
  fc.assert(
    fc.property(
      fc.constantFrom(2 as const, 3 as const),
      fc.constantFrom('h36m17' as const, 'coco17' as const),
      fc.array(cell, { minLength: 17 * 6, maxLength: 17 * 6 }),
      fc.boolean(),
      (dimensions, layout, cells, hasConfidence) => {
        const positions = Float64Array.from(cells);
        const frames = 6 / dimensions;
        const confidence = hasConfidence
          ? Float64Array.from({ length: frames * 17 }, (_, at) => (at % 5) / 4)
          : null;
        const { names } = LAYOUTS[layout];
        const motion: NamedMotion = {
          names,
          layout,
          positions,
          confidence,
          dimensions,
          frameTime: 1 / 30,
          unit: 'm',
          up: 'y',
        };
        const track = first(readCsv(writeCsv(motion), 'a.csv'));
        expect(track).toMatchObject({ dimensions, layouts: [layout], fps: frames > 1 ? 30 : null });
        expect(track.confidence).toEqual(confidence);
        for (const [at, value] of track.positions.entries()) {
          if (Number.isNaN(positions[at])) expect(value).toBeNaN();
          else expect(Math.abs(value - positions[at])).toBeLessThanOrEqual(5.1e-7);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test.each([
  ['', /no line of column names/],
  ['one\n1\n', /walk.csv:1: one column only/],
  ['a,b\n1,2\n', /walk.csv:1: no columns that end in x, y and z; name the columns/],
  ['hip_x,hip_y,hip_z\n1,2,3\n', /walk.csv:line 1: the names are those of no body: hip/],
  ['hip_x,hip_x,hip_y\n1,2,3\n', /hip_x is there twice/],
  [`${header((name, axis) => `${name}_${axis}`).join(',')}\n`, /there are no rows after it/],
  [
    `${header((name, axis) => `${name}_${axis}`).join(',')}\n${'1,'.repeat(120)}\n`,
    /walk.csv:2: 121 cells, the header has 99/,
  ],
  [
    `${header((name, axis) => `${name}_${axis}`).join(',')}\n1,two,3\n`,
    /walk.csv:2: 'two' in column 2 \(nose\) is no number/,
  ],
  [
    'frame,keypoint,x,y,z\n0,nose,1,2,3\n90000000000,nose,1,2,3\n',
    /frames run from 0 to 90000000000: too many/,
  ],
  ['frame,keypoint,x,y,z\nzero,nose,1,2,3\n', /walk.csv:2: 'zero' in column 1 \(frame\)/],
])('%j is refused', (text, message) => {
  expect(() => read(text)).toThrow(FormatError);
  expect(() => read(text)).toThrow(message);
});
