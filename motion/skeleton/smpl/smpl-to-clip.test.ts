import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SmplTrack } from '../../formats/tracks.ts';
import { normalizeQuat, quatAngle } from '../../math/quat.ts';
import { BODY17 } from '../body17.ts';
import { body17Positions } from '../body17-positions.ts';
import { averageSmplBody } from './average-smpl.ts';
import { clipToSmpl } from './clip-to-smpl.ts';
import { smplParents } from './smpl-joints.ts';
import { smplToClip } from './smpl-to-clip.ts';

/** A SMPL track of identity rotations but for the root's, [frame][xyzw]. */
function rootTrack(roots: readonly (readonly number[])[], facts: Partial<SmplTrack> = {}): SmplTrack {
  const rotations = new Float64Array(roots.length * 24 * 4);
  for (let w = 3; w < rotations.length; w += 4) rotations[w] = 1;
  for (const [frame, root] of roots.entries()) rotations.set(root, frame * 96);
  return {
    kind: 'smpl',
    id: '1',
    frameCount: roots.length,
    fps: 30,
    seen: null,
    model: 'smpl',
    jointCount: 24,
    rotations,
    translations: new Float64Array(roots.length * 3),
    betas: null,
    gender: null,
    up: '+y',
    space: 'world',
    ...facts,
  };
}

const body = averageSmplBody('smpl');
const turned = (axis: number, angle: number) => {
  const quat = [0, 0, 0, Math.cos(angle / 2)];
  quat[axis] = Math.sin(angle / 2);
  return quat;
};

test('the root turns about the pelvis: a turned person stands on the same place', () => {
  const roots = [turned(1, 0), turned(1, Math.PI / 2)];
  const { clip, map } = smplToClip(
    rootTrack(roots, { translations: Float64Array.of(1, 2, 3, 1, 2, 3) }),
    body,
  );
  const points = body17Positions(clip, map);
  const [x, y, z] = body.pelvisOffset;
  for (const frame of [0, 51]) {
    expect([...points.subarray(frame, frame + 3)]).toEqual([1 + x, 2 + y, 3 + z]);
  }
  // Facing +Z the left hip is at +X of the pelvis; after a quarter turn about Y it is at -Z.
  const hip = BODY17.leftHip * 3;
  expect(points[hip] - points[0]).toBeCloseTo(0.085, 9);
  expect(points[51 + hip + 2] - points[51 + 2]).toBeCloseTo(-0.085, 9);
  expect(points[51 + hip] - points[51]).toBeCloseTo(0, 9);
});

test('a person of a Z-up file stands upright with the translation turned alike', () => {
  // A quarter turn about X brings the model's Y to the file's Z. The pelvis then is at (1, 2 - 0.22, 3 + 0.03).
  const track = rootTrack([turned(0, Math.PI / 2)], { up: '+z', translations: Float64Array.of(1, 2, 3) });
  const { clip, map } = smplToClip(track, body);
  const points = body17Positions(clip, map);
  expect([...points.subarray(0, 3)].map((value) => Number(value.toFixed(9)))).toEqual([1, 3.03, -1.78]);
  expect(points[BODY17.head * 3 + 1] - points[BODY17.leftAnkle * 3 + 1]).toBeCloseTo(0.961 * 1.7, 9);
  expect(points[BODY17.leftHip * 3]).toBeGreaterThan(points[BODY17.rightHip * 3]);
});

test('a person in camera axes, which are upside down, stands upright with the left on the left', () => {
  // In Y-down axes a standing person who faces the camera (-Z) is half a turn about X from the rest pose.
  const track = rootTrack([turned(0, Math.PI)], { up: '-y', space: 'camera', translations: null });
  const { clip, map } = smplToClip(track, body);
  const points = body17Positions(clip, map);
  expect(points[BODY17.head * 3 + 1]).toBeGreaterThan(points[1] + 0.6);
  expect(points[BODY17.leftAnkle * 3 + 1]).toBeLessThan(points[1] - 0.8);
  expect(points[BODY17.leftHip * 3]).toBeGreaterThan(points[BODY17.rightHip * 3]);
  expect(points[0]).toBe(0);
});

test('a gap is bridged at constant speed and told', () => {
  const nan = [Number.NaN, Number.NaN, Number.NaN, Number.NaN];
  const track = rootTrack([turned(1, 0), nan, nan, turned(1, 0.9)], {
    seen: [true, false, false, true],
    translations: Float64Array.of(0, 0, 0, ...nan.slice(1), ...nan.slice(1), 3, 0, 0),
  });
  const { clip, seen } = smplToClip(track, body);
  expect(seen).toEqual([true, false, false, true]);
  const nodes = clip.skeleton.names.length;
  expect(quatAngle(clip.localRotations, nodes * 4, turned(1, 0.3), 0)).toBeLessThan(1e-9);
  expect(quatAngle(clip.localRotations, 2 * nodes * 4, turned(1, 0.6), 0)).toBeLessThan(1e-9);
  expect(clip.localTranslations[2 * nodes * 3]).toBeCloseTo(2, 12);
});

test('a track without frame rate needs one, and another model is refused', () => {
  expect(() => smplToClip(rootTrack([turned(1, 0)], { fps: null }), body)).toThrow(/no frame rate/);
  expect(smplToClip(rootTrack([turned(1, 0)], { fps: null }), body, 25).clip.frameTime).toBe(0.04);
  expect(() => smplToClip(rootTrack([turned(1, 0)]), averageSmplBody('smplx'))).toThrow(/smplx/);
});

/** No tinier than a thousandth, so that every quaternion has a length. */
const component = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 1000);
const up = fc.constantFrom('+x', '-x', '+y', '-y', '+z', '-z');

/** Any poses in any axes, with and without translation and gap. */
const anyTrack = fc
  .record({
    values: fc.array(component, { minLength: 3 * 96, maxLength: 3 * 96 }),
    translations: fc.array(component, { minLength: 9, maxLength: 9 }),
    hasTranslations: fc.boolean(),
    isGap: fc.boolean(),
    up,
  })
  .map(({ values, translations, hasTranslations, isGap, up: axis }): SmplTrack => {
    const rotations = Float64Array.from(values);
    for (let at = 0; at < rotations.length; at += 4) normalizeQuat(rotations, at);
    const places = Float64Array.from(translations);
    if (isGap) {
      rotations.fill(Number.NaN, 96, 192);
      places.fill(Number.NaN, 3, 6);
    }
    return {
      ...rootTrack([[], [], []]),
      rotations,
      translations: hasTranslations ? places : null,
      seen: isGap ? [true, false, true] : null,
      up: axis as SmplTrack['up'],
    };
  });

test('there and back is the same track, bit by bit', () => {
  fc.assert(
    fc.property(anyTrack, (track) => {
      expect(clipToSmpl(smplToClip(track, body).clip, body, track)).toEqual(track);
    }),
  );
});

test('a changed clip comes back as the track that makes it, gaps filled where they changed', () => {
  fc.assert(
    fc.property(anyTrack, (track) => {
      const { clip } = smplToClip(track, body);
      const localRotations = clip.localRotations.slice();
      const localTranslations = clip.localTranslations.slice();
      const nodes = clip.skeleton.names.length;
      for (let frame = 0; frame < 3; frame++) {
        localRotations.set(turned(2, 0.5), frame * nodes * 4);
        localRotations.set(turned(0, 0.3), (frame * nodes + 4) * 4);
        localTranslations[frame * nodes * 3 + 1] += 0.25;
      }
      const changed = { ...clip, localRotations, localTranslations };
      const back = clipToSmpl(changed, body, track);
      expect(back.seen).toBeNull();
      const again = smplToClip(back, body).clip;
      for (let at = 0; at < localTranslations.length; at++) {
        expect(Math.abs(again.localTranslations[at] - localTranslations[at])).toBeLessThan(1e-12);
      }
      for (let at = 0; at < localRotations.length; at += 4) {
        expect(quatAngle(again.localRotations, at, localRotations, at)).toBeLessThan(1e-7);
      }
    }),
  );
});

test('a clip of another length is converted whole', () => {
  const track = rootTrack([turned(1, 0), turned(1, 1)]);
  const { clip } = smplToClip(track, body);
  const nodes = clip.skeleton.names.length;
  const cut = {
    ...clip,
    frameCount: 1,
    localRotations: clip.localRotations.slice(nodes * 4),
    localTranslations: clip.localTranslations.slice(nodes * 3),
  };
  const back = clipToSmpl(cut, body, track);
  expect(back.frameCount).toBe(1);
  expect(quatAngle(back.rotations, 0, turned(1, 1), 0)).toBeLessThan(1e-9);
});

test('joints have the parents of the models', () => {
  expect(smplParents('smpl')).toEqual([
    -1, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 9, 12, 13, 14, 16, 17, 18, 19, 20, 21,
  ]);
  expect(smplParents('smplh').slice(22, 26)).toEqual([20, 22, 23, 20]);
  expect(smplParents('smplh').length).toBe(52);
  expect(smplParents('smplx').slice(22, 27)).toEqual([15, 15, 15, 20, 25]);
  expect(smplParents('smplx').length).toBe(55);
});
