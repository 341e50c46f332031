import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BODY17 } from './body17.ts';
import { fromBody17, layoutCarriers } from './layout-from-body17.ts';
import { toBody17 } from './layout-to-body17.ts';
import { LAYOUT_NAMES, LAYOUTS, type LayoutName } from './layouts.ts';

function randomFrames(layout: LayoutName, seed: number, frames: number, dimensions: number): Float64Array {
  const length = frames * LAYOUTS[layout].names.length * dimensions;
  return Float64Array.from({ length }, (_, at) => Math.sin(at * 12.9898 + seed * 78.233));
}

const anyLayout = fc.constantFrom(...LAYOUT_NAMES);
const anyDimensions = fc.constantFrom(2 as const, 3 as const);

test('an unchanged body-17 gives the original back bit by bit, missing joints included', () => {
  fc.assert(
    fc.property(anyLayout, anyDimensions, fc.integer({ min: 0, max: 999 }), (layout, dimensions, seed) => {
      const original = randomFrames(layout, seed, 3, dimensions);
      original.fill(Number.NaN, (seed % 11) * dimensions, (1 + (seed % 11)) * dimensions);
      const body = toBody17(original, 3, layout, dimensions).positions;
      expect(fromBody17(original, body.slice(), body, layout, dimensions)).toEqual(original);
    }),
  );
});

test('a shifted body-17 shifts every joint', () => {
  fc.assert(
    fc.property(anyLayout, anyDimensions, fc.integer({ min: 0, max: 999 }), (layout, dimensions, seed) => {
      const original = randomFrames(layout, seed, 2, dimensions);
      const body = toBody17(original, 2, layout, dimensions).positions;
      const shift = [0.3, -0.2, 0.1];
      const refined = body.map((value, at) => value + shift[at % dimensions]);
      const out = fromBody17(original, refined, body, layout, dimensions);
      for (let at = 0; at < out.length; at++)
        expect(out[at]).toBeCloseTo(original[at] + shift[at % dimensions], 9);
    }),
  );
});

test('joints of body-17 take the refined positions, so converting again gives them back', () => {
  for (const layout of LAYOUT_NAMES) {
    const original = randomFrames(layout, 5, 2, 3);
    const body = toBody17(original, 2, layout);
    const refined = body.positions.map((value, at) => value + 0.01 * Math.cos(at));
    const again = toBody17(fromBody17(original, refined, body.positions, layout), 2, layout).positions;
    for (let at = 0; at < again.length; at++) {
      if (!body.derived[Math.floor(at / 3) % 17]) expect(again[at]).toBe(refined[at]);
    }
  }
});

test('a COCO head moves with the ears that neck and head were made of', () => {
  const { names } = LAYOUTS.coco17;
  const original = new Float64Array(17 * 3);
  original.set([0.2, 1.4, 0], names.indexOf('leftShoulder') * 3);
  original.set([-0.2, 1.4, 0], names.indexOf('rightShoulder') * 3);
  original.set([0.1, 1.6, 0], names.indexOf('leftEar') * 3);
  original.set([-0.1, 1.6, 0], names.indexOf('rightEar') * 3);
  original.set([0, 1.58, 0.1], names.indexOf('nose') * 3);
  const body = toBody17(original, 1, 'coco17').positions;
  // Ears 4 cm higher move the neck by half of it and the head top by one and a half.
  const refined = body.slice();
  refined[BODY17.neck * 3 + 1] += 0.02;
  refined[BODY17.head * 3 + 1] += 0.06;
  const out = fromBody17(original, refined, body, 'coco17');
  for (const name of ['leftEar', 'rightEar', 'nose']) {
    const at = names.indexOf(name) * 3;
    expect(out[at]).toBeCloseTo(original[at], 12);
    expect(out[at + 1]).toBeCloseTo(original[at + 1] + 0.04, 12);
    expect(out[at + 2]).toBeCloseTo(original[at + 2], 12);
  }
});

test('a hand turns with its forearm', () => {
  const { names } = LAYOUTS.smpl24;
  const original = new Float64Array(24 * 3);
  original.set([1, 1, 0], names.indexOf('leftElbow') * 3);
  original.set([1.25, 1, 0], names.indexOf('leftWrist') * 3);
  original.set([1.35, 1, 0.05], names.indexOf('leftHand') * 3);
  const body = toBody17(original, 1, 'smpl24').positions;
  const refined = body.slice();
  refined.set([1, 1.25, 0], BODY17.leftWrist * 3);
  const out = fromBody17(original, refined, body, 'smpl24');
  // A quarter turn about Z carries wrist-to-hand (0.1, 0, 0.05) to (0, 0.1, 0.05).
  const at = names.indexOf('leftHand') * 3;
  expect(out[at]).toBeCloseTo(1, 12);
  expect(out[at + 1]).toBeCloseTo(1.35, 12);
  expect(out[at + 2]).toBeCloseTo(0.05, 12);
});

test('a joint the original does not have stays missing whatever became of body-17', () => {
  const original = randomFrames('h36m17', 2, 1, 3);
  const refined = original.slice();
  original.fill(Number.NaN, 3, 6);
  const out = fromBody17(original, refined, original, 'h36m17');
  expect([...out.subarray(0, 3)]).toEqual([...refined.subarray(0, 3)]);
  expect([...out.subarray(3, 6)]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
});

test('eyes follow the thorax when an ear is missing', () => {
  const { names } = LAYOUTS.coco17;
  const original = randomFrames('coco17', 1, 1, 3);
  original.fill(Number.NaN, names.indexOf('leftEar') * 3, names.indexOf('leftEar') * 3 + 3);
  const body = toBody17(original, 1, 'coco17').positions;
  const refined = body.slice();
  refined[BODY17.thorax * 3] += 0.5;
  const out = fromBody17(original, refined, body, 'coco17');
  const eye = names.indexOf('leftEye') * 3;
  expect(out[eye]).toBe(original[eye] + 0.5);
  expect(out[names.indexOf('leftEar') * 3]).toBeNaN();
});

test('every joint of every layout has something to follow', () => {
  for (const layout of LAYOUT_NAMES) expect(() => layoutCarriers(layout)).not.toThrow();
});

test('arrays that do not fit each other are refused', () => {
  const body = new Float64Array(17 * 3);
  expect(() => fromBody17(new Float64Array(24 * 3), body, new Float64Array(17 * 6), 'smpl24')).toThrow(
    RangeError,
  );
  expect(() => fromBody17(new Float64Array(70), body, body, 'smpl24')).toThrow(RangeError);
});
