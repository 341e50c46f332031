import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FormatError } from '../errors.ts';
import { LAYOUTS, type LayoutName } from '../skeleton/layouts.ts';
import type { UpAxis } from './axes.ts';
import type { NpyArray } from './npy-array.ts';
import { parseNpyDtype } from './npy-dtype.ts';
import { type NpyPositionOptions, npyToPositions, positionsToNpy } from './npy-positions.ts';
import { fromMetresYUp, guessUnits, toMetresYUp } from './position-guess.ts';

function array(
  shape: readonly number[],
  fill: (index: number) => number = (index) => index - 50,
  descr = '<f4',
): NpyArray {
  const count = shape.reduce((product, length) => product * length, 1);
  const data = Float64Array.from({ length: count }, (_, index) => fill(index));
  return { shape, dtype: parseNpyDtype(descr)!, fortranOrder: false, data, warnings: [] };
}

function failure(shape: readonly number[], options?: NpyPositionOptions): string {
  try {
    npyToPositions(array(shape), 'a.npy', options);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return (error as Error).message;
  }
  throw new Error('no error');
}

test('the joint count names the layout where only one has it', () => {
  const layoutsOf = (joints: number) => npyToPositions(array([2, joints, 3]), 'a.npy').layouts;
  expect(layoutsOf(14)).toEqual(['lsp14']);
  expect(layoutsOf(24)).toEqual(['smpl24']);
  expect(layoutsOf(25)).toEqual(['body25', 'kinect25']);
  expect(layoutsOf(22)).toEqual(['smpl22']);
  expect(layoutsOf(133)).toEqual(['wholebody133']);
  expect(layoutsOf(26)).toEqual(['halpe26']);
  expect(layoutsOf(33)).toEqual(['mediapipe33']);
  expect(layoutsOf(17)).toEqual(['h36m17', 'h36m17-left', 'coco17']);
  expect(npyToPositions(array([2, 17, 3]), 'a.npy', { layout: 'coco17' }).layouts).toEqual(['coco17']);
});

test.each([
  ['3D', [2, 14, 3], {}, 3, false],
  ['3D with confidence', [2, 14, 4], {}, 3, true],
  ['2D', [2, 14, 2], {}, 2, false],
  ['2D with confidence, as told', [2, 14, 3], { dimensions: 2 }, 2, true],
  ['flat 3D', [2, 42], { layout: 'lsp14' }, 3, false],
  ['flat 2D', [2, 28], { layout: 'lsp14' }, 2, false],
] as const)(
  '%s is read and given back with the same shape, type and confidence',
  (_, shape, options, dimensions, hasConfidence) => {
    const source = { ...array(shape), fortranOrder: true };
    const read = npyToPositions(source, 'a.npy', options);
    expect(read).toMatchObject({ frameCount: 2, jointCount: 14, dimensions });
    expect(read.confidence !== null).toBe(hasConfidence);
    expect(positionsToNpy(read, read.positions)).toMatchObject({
      shape,
      fortranOrder: true,
      dtype: { descr: '<f4' },
    });
    expect(positionsToNpy(read, read.positions).data).toEqual(source.data);
    const moved = positionsToNpy(
      read,
      read.positions.map((value) => value + 1),
    ).data;
    const columns = hasConfidence ? dimensions + 1 : dimensions;
    moved.forEach((value, at) => {
      expect(value - source.data[at]).toBe(at % columns < dimensions ? 1 : 0);
    });
  },
);

test('a third column within 0..1 beside pixels is a confidence', () => {
  const pixels = array([2, 17, 3], (index) => (index % 3 === 2 ? (index % 5) / 5 : index * 7));
  const read = npyToPositions(pixels, 'a.npy');
  expect(read.dimensions).toBe(2);
  expect([...read.positions.slice(0, 4)]).toEqual([0, 7, 21, 28]);
  expect([...read.confidence!.slice(0, 2)]).toEqual([0.4, 0]);
  expect(read.warnings[0].message).toMatch(/read as 2D points with confidence/);
  expect(npyToPositions(pixels, 'a.npy', { dimensions: 3 }).dimensions).toBe(3);
  const metres = array([2, 17, 3], (index) => (index % 3 === 2 ? 0.5 : index % 2));
  expect(npyToPositions(metres, 'a.npy').dimensions).toBe(3);
});

test('NaN marks a joint that was not seen; infinity is an error', () => {
  const gap = array([2, 14, 4], (index) => (index < 4 ? Number.NaN : index));
  const read = npyToPositions(gap, 'a.npy');
  expect([...read.positions.slice(0, 4)]).toEqual([Number.NaN, Number.NaN, Number.NaN, 4]);
  expect(read.confidence![0]).toBe(0);
  expect(positionsToNpy(read, read.positions).data).toEqual(gap.data);
  const endless = array([2, 14, 3], (index) => (index === 14 * 3 + 4 ? Number.POSITIVE_INFINITY : 0));
  expect(() => npyToPositions(endless, 'a.npy')).toThrow('a.npy:frame 1, joint 1: a coordinate is infinite');
});

test('integers become floats on the way back', () => {
  const read = npyToPositions(array([1, 14, 3], undefined, '>i2'), 'a.npy');
  expect(positionsToNpy(read, read.positions).dtype.descr).toBe('>f4');
});

test.each([
  [[9, 72], /shape \(9, 72\): SMPL rotations \(24 joints, axis-angle\); run the body model/],
  [[9, 156], /SMPL-H rotations \(AMASS poses\)/],
  [[9, 144], /SMPL rotations in 6D form/],
  [[9, 263], /HumanML3D features; recover joints/],
  [[9, 51], /the columns do not say which joints they are; give the layout \(--layout\), for example h36m17/],
  [[9, 50], /do not say which joints they are; give the layout \(--layout\), for example body25/],
  [[9, 71], /71 columns fit no layout/],
  [[17, 3], /too few columns for a body; .*one pose is \(1, joints, 3\)/],
  [[9], /it has no axis of joints/],
  [[9, 23, 3], /23 joints are SMPL joints without the pelvis; pick the joints of a layout: h36m17 \(17\)/],
  [[9, 19, 3], /19 joints are in no known layout/],
  [[9, 24, 6], /rotations in 6D form/],
  [[9, 24, 3, 3], /rotation matrices/],
  [[2, 9, 17, 3], /a first axis of persons or clips is likely; save one of them/],
  [[9, 17, 7], /7 numbers per joint are no positions/],
])('shape %j is refused with what it usually is', (shape, message) => {
  expect(failure(shape)).toMatch(message);
});

test('a layout that does not fit the shape is refused', () => {
  expect(failure([9, 24, 3], { layout: 'coco17' })).toMatch(
    /24 joints, coco17 has 17; the layouts with 24 joints: smpl24/,
  );
  expect(failure([9, 51], { layout: 'smpl24' })).toMatch(/smpl24 has 24 joints, so 72 columns were expected/);
  expect(failure([9, 17, 4], { dimensions: 2 })).toMatch(/asked for 2D/);
  expect(failure([9, 17, 2], { dimensions: 3 })).toMatch(/asked for 3D/);
});

test('72 columns are read as positions only when the layout is given, with a warning', () => {
  const read = npyToPositions(array([2, 72]), 'a.npy', { layout: 'smpl24' });
  expect(read).toMatchObject({ jointCount: 24, dimensions: 3 });
  expect(read.warnings[0].message).toMatch(/72 columns are often SMPL rotations/);
});

/** Two frames of a standing body: head at `height` over the ankles along `up`, all else at the origin. */
function standing(layout: LayoutName, headOverAnkles: number, axis: number, sign: number): Float64Array {
  const { names } = LAYOUTS[layout];
  const positions = new Float64Array(2 * names.length * 3);
  const head = names.findIndex((name) => /^head|^nose/.test(name));
  for (const joint of [names.indexOf('headTop'), head]) {
    if (joint < 0) continue;
    positions[joint * 3 + axis] = sign * headOverAnkles;
    positions[(names.length + joint) * 3 + axis] = sign * headOverAnkles;
  }
  return positions;
}

test.each([
  ['h36m17', 1.65, 1, 1, 'm', '+y'],
  ['h36m17-left', 1650, 1, -1, 'mm', '-y'],
  ['coco17', 150, 2, 1, 'cm', '+z'],
  ['smpl24', 1.4, 2, -1, 'm', '-z'],
  ['lsp14', 65, 0, 1, 'inch', '+x'],
  ['body25', 1500, 0, -1, 'mm', '-x'],
  ['halpe26', 1.6, 1, 1, 'm', '+y'],
  ['mediapipe33', 1.5, 1, -1, 'm', '-y'],
] as const)(
  'unit and up axis of %s are seen from head and ankles',
  (layout, height, axis, sign, unit, up) => {
    const guess = guessUnits(standing(layout, height, axis, sign), layout);
    expect(guess.unit).toMatchObject({ unit, confidence: 'high' });
    expect(guess.up).toMatchObject({ axis: up, confidence: 'high' });
  },
);

test('without any seen head there is no evidence', () => {
  const guess = guessUnits(new Float64Array(51).fill(Number.NaN), 'h36m17');
  expect([guess.unit.confidence, guess.up.confidence]).toEqual(['low', 'low']);
});

test('each up axis goes to +Y without mirroring, and back exactly', () => {
  const up = {
    '+x': [1, 0, 0],
    '-x': [-1, 0, 0],
    '+y': [0, 1, 0],
    '-y': [0, -1, 0],
    '+z': [0, 0, 1],
    '-z': [0, 0, -1],
  };
  for (const [axis, vector] of Object.entries(up) as [UpAxis, number[]][]) {
    expect([...toMetresYUp(Float64Array.from(vector), 1, axis)].map((value) => value + 0)).toEqual([0, 1, 0]);
    // The images of x, y, z must be right-handed: (x × y) · z = 1.
    const [x, y, z] = [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ].map((e) => [...toMetresYUp(Float64Array.from(e), 1, axis)]);
    const cross = [x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]];
    expect(cross[0] * z[0] + cross[1] * z[1] + cross[2] * z[2]).toBe(1);
  }
  const axes = fc.constantFrom<UpAxis>('+x', '-x', '+y', '-y', '+z', '-z');
  const values = fc.array(fc.double({ noDefaultInfinity: true }), { minLength: 3, maxLength: 3 });
  fc.assert(
    fc.property(values, axes, fc.constantFrom(1, 0.01, 0.001, 0.0254), (point, axis, scale) => {
      const original = Float64Array.from(point);
      const again = fromMetresYUp(toMetresYUp(original, scale, axis), scale, axis, original);
      return again.every((value, at) => value === original[at] || Number.isNaN(original[at]));
    }),
  );
});
