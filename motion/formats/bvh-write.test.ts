import { expect, test } from 'vitest';
import { readBvh } from './bvh-read.ts';
import { writeBvh } from './bvh-write.ts';
import { latin1Bytes, latin1Text } from './text-bytes.ts';

const HIERARCHY =
  'HIERARCHY\nROOT  Hips \n{\n\tOFFSET 0 90 0\n\tCHANNELS 3 Zrotation Xrotation Yrotation\n}\n';
const CLIP = `${HIERARCHY}MOTION\nFrames: 2\nFrame Time: .0333\n1 2 3\n4 5 6\n`;

function read(text: string, frameTime?: number) {
  return readBvh(latin1Bytes(text), 'walk.bvh', frameTime === undefined ? {} : { frameTime });
}

function write(text: string, motion?: Float64Array, frameTime?: number): string {
  const bytes = writeBvh(read(text, frameTime), motion);
  return latin1Text(bytes, 0, bytes.length);
}

test.each([
  ['plain', CLIP],
  ['CR LF', CLIP.replaceAll('\n', '\r\n')],
  ['lone CR', CLIP.replaceAll('\n', '\r')],
  ['mixed line ends', CLIP.replace('{\n', '{\r\n')],
  ['a byte order mark and a Latin-1 name', `\u00ef\u00bb\u00bf${CLIP.replace('Hips', 'H\u00fcfte')}`],
  ['odd labels', CLIP.replace('Frames:', ' FRAMES :\t').replace('Frame Time:', 'frame time')],
  ['no motion', HIERARCHY],
  ['no frames', `${HIERARCHY}MOTION\nFrames: 0\nFrame Time: 0.01\n`],
])('the header of a file with %s is written byte for byte', (_, text) => {
  const { header } = read(text);
  expect(write(text).slice(0, header.text.length)).toBe(header.text);
  expect(text.startsWith(header.text)).toBe(true);
});

test('values are written one frame per line with the line end of the file', () => {
  expect(write(CLIP)).toBe(
    CLIP.replace('1 2 3', '1.000000 2.000000 3.000000').replace('4 5 6', '4.000000 5.000000 6.000000'),
  );
  expect(write(CLIP.replaceAll('\n', '\r\n'))).toMatch(/\r\n1.000000 2.000000 3.000000\r\n4.000000 .*0\r\n$/);
});

test('only the numbers that disagree with the motion change in the header', () => {
  const row = Float64Array.of(1, 2, 3);
  const oneRow = '1.000000 2.000000 3.000000\n';
  expect(write(CLIP, row)).toBe(`${HIERARCHY}MOTION\nFrames: 1\nFrame Time: .0333\n${oneRow}`);
  expect(write(CLIP.replace('Frames: 2', 'Frames:'), row)).toBe(
    `${HIERARCHY}MOTION\nFrames: 1\nFrame Time: .0333\n${oneRow}`,
  );
  expect(write(CLIP.replace('Frames: 2\n', ''), row)).toBe(
    `${HIERARCHY}MOTION\nFrames: 1\nFrame Time: .0333\n${oneRow}`,
  );
  expect(write(CLIP, row, 1 / 120)).toBe(
    `${HIERARCHY}MOTION\nFrames: 1\nFrame Time: 0.0083333333\n${oneRow}`,
  );
  expect(write(CLIP.replace('Frame Time: .0333\n', ''), row, 0.02)).toBe(
    `${HIERARCHY}MOTION\nFrames: 1\nFrame Time: 0.0200000000\n${oneRow}`,
  );
  expect(write(HIERARCHY, row, 0.02)).toBe(
    `${HIERARCHY}MOTION\nFrames: 1\nFrame Time: 0.0200000000\n${oneRow}`,
  );
});

test('what is written reads back to the printed digits, large numbers included', () => {
  const motion = Float64Array.of(123.456789, -1e15, 1e300, 0.000001, -179.999999, 0);
  const again = read(write(CLIP, motion));
  expect([...again.motion]).toEqual([...motion]);
  expect(again.warnings).toEqual([]);
});

test('a value that is not finite names its frame and channel', () => {
  expect(() => write(CLIP, Float64Array.of(1, 2, 3, 4, Number.NaN, 6))).toThrow(
    'frame 1: Hips Xrotation is NaN',
  );
  expect(() => write(CLIP, Float64Array.of(1, 2))).toThrow(
    '2 values are no whole number of frames of 3 channels',
  );
});
