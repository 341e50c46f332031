import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeFbx } from '../../motion/formats/fbx/fbx-encode.ts';
import {
  type FbxSetting,
  fbxRecord,
  int64,
  objectName,
  properties70,
  setEnum,
  setInt,
  setNumber,
  setVector,
  text,
} from '../../motion/formats/fbx/fbx-record.ts';
import { writeFbx } from '../../motion/formats/fbx/fbx-write.ts';
import type { ParsedFile, RigTrack } from '../../motion/formats/tracks.ts';
import { buildRig } from '../../motion/rig/build-rig.ts';
import type { Rig } from '../../motion/rig/rig.ts';
import { matchSkeleton } from '../../motion/skeleton/match-skeleton.ts';
import { DIALECTS } from '../../test/dialect-skeletons.ts';
import { fbxAsText } from '../../test/fbx-text.ts';
import { type HandMadeBone, handMadeFbx } from '../../test/hand-made-fbx.ts';
import {
  farthest,
  realSources,
  sampleRig,
  sampleSource,
  swingingClip,
  worldPositions,
} from '../../test/rig-clips.ts';
import { skeletonFrom } from '../../test/skeleton-from-text.ts';
import { readFbx } from './fbx-read.ts';

function rigTracks(parsed: ParsedFile): RigTrack[] {
  return parsed.tracks.map((track) => {
    if (track.kind !== 'rig') throw new Error('an FBX file has rigs');
    return track;
  });
}

/** Greatest distance of any node in any frame of any take, millimetres. */
function errorMm(rig: Rig, parsed: ParsedFile): number {
  const tracks = rigTracks(parsed);
  return Math.max(
    ...rig.takes.map((take, index) => {
      const { clip } = tracks[index];
      expect(clip.skeleton.names).toEqual(rig.skeleton.names);
      return 1000 * farthest(worldPositions(clip), worldPositions({ skeleton: rig.skeleton, ...take }));
    }),
  );
}

describe('what writeFbx writes', () => {
  test.each([
    ['centimetres, Y up', {}],
    ['metres', { unit: 'm' }],
    ['Z up', { upAxis: 'z' }],
    ['metres, Z up', { unit: 'm', upAxis: 'z' }],
  ] as const)('in %s is read to a hundredth of a millimetre, names and rate too', (_, options) => {
    const rig = sampleRig('mixamo');
    const parsed = readFbx(writeFbx(rig, options), 'walk.fbx');
    expect(parsed.warnings).toEqual([]);
    expect(parsed.producer).toBe('PoseMend');
    expect(rigTracks(parsed).map(({ id, fps, frameCount }) => [id, fps, frameCount])).toEqual([
      ['raw', 30, 60],
      ['refined', 30, 40],
    ]);
    expect(errorMm(rig, parsed)).toBeLessThan(0.01);
    const [{ clip }] = rigTracks(parsed);
    // A joint may be set a tenth of a millimetre aside at rest.
    expect(farthest(clip.skeleton.restOffsets, rig.skeleton.restOffsets)).toBeLessThan(1.1e-4);
  });

  test('is read whatever skeleton moves, with positions on joints and fewer keys', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(DIALECTS)),
        fc.double({ min: 0, max: 1.5, noNaN: true }),
        fc.constantFrom(0, 1, 5),
        fc.constantFrom(24, 29.97, 30, 37.5, 60, 120),
        fc.boolean(),
        (dialect, amplitude, keyErrorMm, fps, hasPositions) => {
          const { skeleton } = skeletonFrom(dialect);
          const clip = swingingClip(skeleton, 20, amplitude);
          if (hasPositions) {
            clip.localTranslations.forEach((value, at) => {
              clip.localTranslations[at] = value + 0.01 * Math.sin(at);
            });
          }
          const rig = buildRig({
            name: 'body',
            fps,
            takes: [{ name: 'raw', clip }],
            map: matchSkeleton(skeleton).map,
            names: 'as-input',
            rootMotion: 'root',
            ...(keyErrorMm > 0 ? { keyErrorMm } : {}),
          });
          const parsed = readFbx(writeFbx(rig), 'body.fbx');
          expect(errorMm(rig, parsed)).toBeLessThan(keyErrorMm + 0.02);
          expect(rigTracks(parsed)[0].fps! / fps).toBeCloseTo(1, 4);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('keeps names of takes in any writing', () => {
    const { clip, map } = sampleSource(3);
    const takes = ['Läufer', '歩く', '\ud83d\ude00', 'a\ud800b'].map((name) => ({ name, clip }));
    const rig = buildRig({ name: 'a', fps: 30, takes, map, names: 'mixamo', rootMotion: 'hips' });
    const ids = readFbx(writeFbx(rig), 'a.fbx').tracks.map(({ id }) => id);
    expect(ids).toEqual(['Läufer', '歩く', '\ud83d\ude00', 'a?b']);
  });

  test('is read from text as from bytes', () => {
    const rig = sampleRig();
    const bytes = writeFbx(rig);
    const parsed = readFbx(new TextEncoder().encode(fbxAsText(bytes)), 'walk.fbx');
    expect(parsed.reason).toContain('FBX 7.4 text');
    expect(errorMm(rig, parsed)).toBeLessThan(0.01);
  });

  test('of real clips is read to a hundredth of a millimetre', (context) => {
    const sources = realSources(60);
    if (sources.length === 0) context.skip('shared/mocap is not here');
    for (const { clip, map } of sources) {
      const takes = [{ name: 'raw', clip }];
      const rig = buildRig({ name: 'a', fps: 120, takes, map, names: 'humanik', rootMotion: 'hips' });
      expect(errorMm(rig, readFbx(writeFbx(rig), 'a.fbx'))).toBeLessThan(0.01);
    }
  });
});

const at = (x: number, y: number, z: number): FbxSetting =>
  setVector('Lcl Translation', 'Lcl Translation', '', [x, y, z]);
const turned = (x: number, y: number, z: number): FbxSetting =>
  setVector('Lcl Rotation', 'Lcl Rotation', '', [x, y, z]);

/** World position of a joint in a frame, centimetres. */
function place({ clip }: RigTrack, name: string, frame: number): number[] {
  const { names } = clip.skeleton;
  const start = (frame * names.length + names.indexOf(name)) * 3;
  return [...worldPositions(clip).subarray(start, start + 3)].map((value) => 100 * value);
}

describe('a file of another program', () => {
  test('with pre-rotations rests without turned joints and moves as it does', () => {
    // The thigh's own X axis points down: a pre-rotation of -90° about Z. Turning about its Z bends it forward in XY.
    const file = handMadeFbx([
      { name: 'hips', parent: -1, settings: [at(0, 100, 0)] },
      {
        name: 'thigh',
        parent: 0,
        settings: [
          at(10, 0, 0),
          setInt('RotationActive', 1),
          setVector('PreRotation', 'Vector3D', 'Vector', [0, 0, -90]),
        ],
        turn: [
          [0, 0, 0],
          [0, 0, 90],
        ],
      },
      { name: 'shin', parent: 1, settings: [at(40, 0, 0)] },
    ]);
    const [track] = rigTracks(readFbx(file, 'a.fbx'));
    expect(track.frameCount).toBe(31);
    const { restOffsets } = track.clip.skeleton;
    expect([...restOffsets.subarray(6, 9)].map((value) => Math.round(1e6 * value))).toEqual([0, -400_000, 0]);
    const closeTo = (found: number[], wanted: number[]) =>
      found.forEach((value, axis) => {
        expect(value).toBeCloseTo(wanted[axis], 3);
      });
    closeTo(place(track, 'shin', 0), [10, 60, 0]);
    closeTo(place(track, 'shin', 30), [50, 100, 0]);
    const half = 40 * Math.SQRT1_2;
    closeTo(place(track, 'shin', 15), [10 + half, 100 - half, 0]);
    // In the first frame the body stands as it rests: no joint is turned.
    expect(track.clip.localRotations.slice(0, 12).map((value) => Math.abs(Math.round(value * 1e6)))).toEqual(
      Float64Array.of(0, 0, 0, 1e6, 0, 0, 0, 1e6, 0, 0, 0, 1e6),
    );
  });

  test('without RotationActive has no pre-rotation, as Autodesk’s and Blender’s readers have it', () => {
    const pre = setVector('PreRotation', 'Vector3D', 'Vector', [0, 0, -90]);
    const file = handMadeFbx([
      { name: 'hips', parent: -1, settings: [pre] },
      { name: 'thigh', parent: 0, settings: [at(40, 0, 0)] },
    ]);
    expect(place(rigTracks(readFbx(file, 'a.fbx'))[0], 'thigh', 0)[0]).toBeCloseTo(40, 3);
  });

  test('below a node that is scaled and turned stands as tall and upright as there', () => {
    // Blender writes metres below an armature of scale 100 that is turned from Z up.
    const file = handMadeFbx([
      {
        name: 'Armature',
        kind: 'Null',
        parent: -1,
        settings: [turned(-90, 0, 0), setVector('Lcl Scaling', 'Lcl Scaling', '', [100, 100, 100])],
      },
      { name: 'hips', parent: 0, settings: [at(0, 0, 1)] },
      { name: 'chest', parent: 1, settings: [at(0, 0, 0.5)] },
    ]);
    const [track] = rigTracks(readFbx(file, 'a.fbx'));
    expect(track.clip.skeleton.names).toEqual(['hips', 'chest']);
    place(track, 'chest', 0).forEach((value, axis) => {
      expect(value).toBeCloseTo([0, 150, 0][axis], 3);
    });
  });

  test('in inches, Z up and at a rate of its own says so', () => {
    const file = handMadeFbx(
      [
        {
          name: 'hips',
          parent: -1,
          settings: [at(0, -1, 10)],
          turn: [
            [0, 0, 0],
            [0, 0, 10],
          ],
        },
        { name: 'chest', parent: 0, settings: [at(0, 0, 10)] },
      ],
      [
        setInt('UpAxis', 2),
        setInt('UpAxisSign', 1),
        setInt('FrontAxis', 1),
        setInt('FrontAxisSign', -1),
        setInt('CoordAxis', 0),
        setInt('CoordAxisSign', 1),
        setNumber('UnitScaleFactor', 2.54),
        setEnum('TimeMode', 14),
        setNumber('CustomFrameRate', 40),
      ],
    );
    const [track] = rigTracks(readFbx(file, 'a.fbx'));
    expect([track.fps, track.frameCount]).toEqual([40, 41]);
    place(track, 'chest', 0).forEach((value, axis) => {
      expect(value).toBeCloseTo([0, 20 * 2.54, 2.54][axis], 3);
    });
  });

  test('with two bodies whose bones have the same names gives each its own motion', () => {
    const body = (x: number, parent: number, degrees: number): HandMadeBone[] => [
      {
        name: 'hips',
        parent: -1,
        settings: [at(x, 100, 0)],
        turn: [
          [0, 0, 0],
          [0, 0, degrees],
        ],
      },
      { name: 'chest', parent, settings: [at(0, 50, 0)] },
    ];
    const parsed = readFbx(handMadeFbx([...body(0, 0, 90), ...body(200, 2, -90)]), 'a.fbx');
    expect(parsed.tracks.map(({ id }) => id)).toEqual(['hips|turn', 'hips|turn (2)']);
    const [one, two] = rigTracks(parsed);
    expect(place(one, 'chest', 30)[0]).toBeCloseTo(-50, 3);
    expect(place(two, 'chest', 30)[0]).toBeCloseTo(250, 3);
  });

  test('without animation is one frame', () => {
    const file = encodeFbx([
      fbxRecord(
        'Objects',
        [],
        [fbxRecord('Model', [int64(5n), objectName('hips', 'Model'), text('LimbNode')], [properties70([])])],
      ),
    ]);
    const parsed = readFbx(file, 'a.fbx');
    expect(rigTracks(parsed).map(({ id, frameCount, fps }) => [id, frameCount, fps])).toEqual([
      ['pose', 1, null],
    ]);
  });
});
