import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { bvhToClip, clipToBvhMotion } from './bvh-clip.ts';
import { guessBvhUnit, guessBvhUpAxis } from './bvh-guess.ts';
import { readBvh } from './bvh-read.ts';
import { detectTPoseFrame } from './bvh-t-pose.ts';
import { writeBvh } from './bvh-write.ts';
import { parseNpyDtype } from './npy-dtype.ts';
import { npyToPositions, positionsToNpy } from './npy-positions.ts';
import { readNpy } from './npy-read.ts';
import { writeNpy } from './npy-write.ts';
import { guessUnits } from './position-guess.ts';

const BVH = `HIERARCHY
ROOT Hips
{
	OFFSET 0 90 0
	CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
	JOINT Head
	{
		OFFSET 0 60 0
		CHANNELS 3 Zrotation Xrotation Yrotation
		End Site
		{
			OFFSET 0 20 0
		}
	}
	JOINT Foot
	{
		OFFSET 0 -80 0
		CHANNELS 1 Xrotation
	}
}
MOTION
Frames: 3
Frame Time: 0.0083333
0 90 0 1.5 -2.25 3e-3 0 0 0 10
1 90 0 1.5 -2.25 3e-3 0 0 0 11
2 90 0 1.5 -2.25 3e-3 179.5 0 0 12
`;

test('a damaged BVH is read or refused with a FormatError, and never yields a number that is not finite', () => {
  let readable = 0;
  fc.assert(
    fc.property(mutatedFile(new TextEncoder().encode(BVH)), (bytes) => {
      let document: ReturnType<typeof readBvh>;
      try {
        document = readBvh(bytes, 'damaged.bvh');
      } catch (error) {
        return error instanceof FormatError && /^damaged\.bvh:\d+: .+; .+/.test(error.message);
      }
      readable++;
      const { frameCount, channelCount, motion, joints } = document;
      return (
        motion.length === frameCount * channelCount &&
        motion.every(Number.isFinite) &&
        joints.every(({ offset, parent }, index) => offset.every(Number.isFinite) && parent < index) &&
        (frameCount === 0 || (document.frameTime > 0 && Number.isFinite(document.frameTime)))
      );
    }),
    { numRuns: 10_000 },
  );
  // Both ways out must have been taken often for the test to mean anything.
  expect(readable).toBeGreaterThan(1000);
  expect(readable).toBeLessThan(9000);
});

test('whatever could be read can be turned into a clip and written, and reads back with as many frames', () => {
  fc.assert(
    fc.property(mutatedFile(new TextEncoder().encode(BVH)), (bytes) => {
      let document: ReturnType<typeof readBvh>;
      try {
        document = readBvh(bytes, 'damaged.bvh');
      } catch {
        return true;
      }
      const units = {
        metresPerUnit: guessBvhUnit(document).metresPerUnit,
        upAxis: guessBvhUpAxis(document).upAxis,
      };
      const { clip } = bvhToClip(document, units);
      detectTPoseFrame(clip);
      const motion = clipToBvhMotion(document, clip, units);
      const again = readBvh(writeBvh(document, motion), 'again.bvh', { frameTime: 1 });
      return again.frameCount === document.frameCount && again.channelCount === document.channelCount;
    }),
    { numRuns: 10_000 },
  );
});

const NPY = writeNpy({
  shape: [2, 14, 3],
  dtype: parseNpyDtype('<f2')!,
  fortranOrder: false,
  data: Float64Array.from({ length: 84 }, (_, index) => index / 8),
});

test('a damaged NPY is read or refused with a FormatError, and takes no more memory than it has bytes', () => {
  let readable = 0;
  fc.assert(
    fc.property(mutatedFile(NPY), (bytes) => {
      try {
        const { data, shape, dtype } = readNpy(bytes, 'damaged.npy');
        readable++;
        const count = shape.reduce((product, length) => product * length, 1);
        return data.length === count && count * dtype.itemBytes <= bytes.length;
      } catch (error) {
        return error instanceof FormatError && /^damaged\.npy:\w+: .+; .+/.test(error.message);
      }
    }),
    { numRuns: 10_000 },
  );
  expect(readable).toBeGreaterThan(300);
  expect(readable).toBeLessThan(9000);
});

test('whatever could be read is taken as finite or missing positions that write back, or refused', () => {
  fc.assert(
    fc.property(mutatedFile(NPY), (bytes) => {
      try {
        const positions = npyToPositions(readNpy(bytes, 'damaged.npy'), 'damaged.npy');
        if (positions.positions.some((value) => Math.abs(value) === Number.POSITIVE_INFINITY)) return false;
        if (positions.dimensions === 3) guessUnits(positions.positions, positions.layouts[0]);
        writeNpy(positionsToNpy(positions, positions.positions));
        return true;
      } catch (error) {
        return error instanceof FormatError;
      }
    }),
    { numRuns: 10_000 },
  );
});

const GARBAGE = [
  'nan',
  '-inf',
  '1e999',
  '1e-999',
  '-',
  '4e',
  '1e308',
  '-1e308',
  '0x1f',
  '1,5',
  '99999999999999999999',
  '400000000',
];
const WORDS = [
  '{',
  '}',
  'ROOT x',
  'JOINT',
  'End Site',
  'OFFSET',
  'CHANNELS 6',
  'MOTION',
  'Frames:',
  '\0',
  '\r',
  '\n\n',
];

type Edit = (bytes: readonly number[]) => number[];

/** A file with one to four random damages: flipped bytes, a cut, lines lost or doubled, numbers and words replaced. */
function mutatedFile(original: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
  const edit: fc.Arbitrary<Edit> = fc.oneof(
    fc.tuple(place, fc.nat(255)).map(
      ([at, byte]): Edit =>
        (bytes) =>
          bytes.with(Math.floor(at * bytes.length), byte),
    ),
    fc.tuple(place, fc.nat(7)).map(
      ([at, bit]): Edit =>
        (bytes) => {
          const index = Math.floor(at * bytes.length);
          return bytes.with(index, bytes[index] ^ (1 << bit));
        },
    ),
    place.map(
      (at): Edit =>
        (bytes) =>
          bytes.slice(0, Math.floor(at * bytes.length)),
    ),
    place.map(
      (at): Edit =>
        (bytes) =>
          editLine(bytes, at, () => []),
    ),
    place.map(
      (at): Edit =>
        (bytes) =>
          editLine(bytes, at, (line) => [...line, ...line]),
    ),
    fc.tuple(place, fc.constantFrom(...GARBAGE)).map(
      ([at, text]): Edit =>
        (bytes) =>
          replaceNumber(bytes, at, text),
    ),
    fc.tuple(place, fc.constantFrom(...WORDS)).map(
      ([at, text]): Edit =>
        (bytes) => {
          const index = Math.floor(at * bytes.length);
          return [...bytes.slice(0, index), ...codes(` ${text} `), ...bytes.slice(index)];
        },
    ),
  );
  return fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => {
    let bytes = [...original];
    for (const change of edits) if (bytes.length > 0) bytes = change(bytes);
    return Uint8Array.from(bytes);
  });
}

function editLine(bytes: readonly number[], at: number, change: (line: number[]) => number[]): number[] {
  const text = bytes.map((byte) => String.fromCharCode(byte)).join('');
  const lines = text.split(/(?<=\n)/);
  const index = Math.floor(at * lines.length);
  return lines.flatMap((line, other) => (other === index ? change(codes(line)) : codes(line)));
}

function replaceNumber(bytes: readonly number[], at: number, replacement: string): number[] {
  const text = bytes.map((byte) => String.fromCharCode(byte)).join('');
  const numbers = [...text.matchAll(/-?\d[\d.e-]*/g)];
  const number = numbers[Math.floor(at * numbers.length)];
  if (number === undefined) return [...bytes];
  return codes(text.slice(0, number.index) + replacement + text.slice(number.index + number[0].length));
}

function codes(text: string): number[] {
  return Array.from(text, (character) => character.charCodeAt(0));
}
