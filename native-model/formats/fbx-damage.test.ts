import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../../motion/errors.ts';
import { encodeFbx } from '../../motion/formats/fbx/fbx-encode.ts';
import { fbxRecord, setEnum, setNumber } from '../../motion/formats/fbx/fbx-record.ts';
import { writeFbx } from '../../motion/formats/fbx/fbx-write.ts';
import { buildRig } from '../../motion/rig/build-rig.ts';
import { matchSkeleton } from '../../motion/skeleton/match-skeleton.ts';
import { DIALECTS } from '../../test/dialect-skeletons.ts';
import { fbxAsText } from '../../test/fbx-text.ts';
import { handMadeFbx } from '../../test/hand-made-fbx.ts';
import { sampleRig, swingingClip } from '../../test/rig-clips.ts';
import { skeletonFrom } from '../../test/skeleton-from-text.ts';
import { readFbx } from './fbx-read.ts';

const bytes = writeFbx(sampleRig());

test.each([
  ['another format', new TextEncoder().encode('HIERARCHY\nROOT hips'), /no FBX file/],
  ['nothing', new Uint8Array(0), /no FBX file/],
  ['a binary one of version 6.1', withVersion(bytes, 6100), /version 6\.1.*2014/],
  [
    'a text one of version 6.1',
    new TextEncoder().encode('; FBX 6.1.0\nFBXHeaderExtension:  {\n\tFBXVersion: 6100\n}\n'),
    /is 6\.1.*2014/,
  ],
  ['one without objects', encodeFbx([fbxRecord('GlobalSettings')]), /Objects: is missing/],
  ['one without bones', encodeFbx([fbxRecord('Objects')]), /no bones/],
  [
    'a text one that is cut off',
    new TextEncoder().encode(fbxAsText(bytes).slice(0, 30_000)),
    /cut off|no end/,
  ],
])('%s is refused with its place and a way out', (_, file, message) => {
  expect(() => readFbx(file, 'a.fbx')).toThrow(FormatError);
  expect(() => readFbx(file, 'a.fbx')).toThrow(message);
});

test('a node that is its own ancestor is refused', () => {
  const bones = [0, 1].map((parent) => ({ name: 'a', parent, settings: [] }));
  expect(() =>
    readFbx(
      handMadeFbx([
        { ...bones[0], parent: 1 },
        { ...bones[1], parent: 0 },
      ]),
      'a.fbx',
    ),
  ).toThrow('ancestors');
});

test('hours of frames that a stop claims are refused before they are made', () => {
  const stack = {
    name: 'hips',
    parent: -1,
    settings: [],
    turn: [
      [0, 0, 0],
      [0, 0, 1],
    ] as const,
  };
  const file = handMadeFbx([stack], [setEnum('TimeMode', 14), setNumber('CustomFrameRate', 1e9)]);
  expect(() => readFbx(file, 'a.fbx')).toThrow(/claims 1000000001 frames/);
});

test('angles beyond all turning are refused', () => {
  const spin = {
    name: 'hips',
    parent: -1,
    settings: [],
    turn: [
      [0, 0, 0],
      [0, 0, 1e30],
    ] as const,
  };
  expect(() => readFbx(handMadeFbx([spin]), 'a.fbx')).toThrow(/turns a joint by 1.00e\+30 degrees/);
});

const { skeleton } = skeletonFrom(DIALECTS['BioVision classic']);
const small = writeFbx(
  buildRig({
    name: 'small',
    fps: 30,
    takes: [{ name: 'raw', clip: swingingClip(skeleton, 4) }],
    map: matchSkeleton(skeleton).map,
    names: 'humanik',
    rootMotion: 'hips',
  }),
);

test('wherever it is cut off or changed, it is read or refused by name, quickly', () => {
  fc.assert(
    fc.property(
      fc.nat(small.length - 1),
      fc.array(fc.tuple(fc.nat(small.length - 1), fc.nat(255)), { maxLength: 6 }),
      fc.boolean(),
      (length, changes, isCut) => {
        const damaged = small.slice(0, isCut ? length : small.length);
        for (const [where, value] of changes) damaged[where % Math.max(1, damaged.length)] = value;
        try {
          readFbx(damaged, 'a.fbx');
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      },
    ),
    { numRuns: 150 },
  );
});
function withVersion(bytes: Uint8Array, version: number): Uint8Array {
  const copy = bytes.slice();
  new DataView(copy.buffer).setUint32(23, version, true);
  return copy;
}
