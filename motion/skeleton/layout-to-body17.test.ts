import { expect, test } from 'vitest';
import { BODY17, BODY17_NAMES } from './body17.ts';
import { layoutToBody17, toBody17 } from './layout-to-body17.ts';
import { LAYOUT_NAMES, LAYOUTS, type LayoutName } from './layouts.ts';

/** One frame in which the named joints stand where given and all others at the origin. */
function frameOf(layout: LayoutName, places: Record<string, [number, number, number]>): Float64Array {
  return Float64Array.from(LAYOUTS[layout].names.flatMap((name) => places[name] ?? [0, 0, 0]));
}

function derivedNames(layout: LayoutName): string[] {
  return BODY17_NAMES.filter((_, joint) => layoutToBody17(layout).derived[joint]);
}

test('each layout derives the trunk joints it does not have', () => {
  expect(derivedNames('h36m17')).toEqual([]);
  expect(derivedNames('h36m17-left')).toEqual([]);
  expect(derivedNames('coco17')).toEqual(['pelvis', 'spine', 'thorax', 'neck', 'head']);
  expect(derivedNames('mediapipe33')).toEqual(['pelvis', 'spine', 'thorax', 'neck', 'head']);
  expect(derivedNames('body25')).toEqual(['spine', 'neck', 'head']);
  expect(derivedNames('halpe26')).toEqual(['spine', 'neck']);
  expect(derivedNames('lsp14')).toEqual(['pelvis', 'spine', 'neck']);
  for (const layout of ['smpl24', 'smpl22', 'smpl45'] as const)
    expect(derivedNames(layout)).toEqual(['head']);
  expect(derivedNames('h36m16')).toEqual(['neck']);
  expect(derivedNames('wholebody133')).toEqual(['pelvis', 'spine', 'thorax', 'neck', 'head']);
  expect(derivedNames('spin49')).toEqual([]);
  expect(derivedNames('kinect25')).toEqual(['neck', 'head']);
});

test('a COCO body gets its trunk from hips, shoulders and ears', () => {
  const { positions } = toBody17(
    frameOf('coco17', {
      leftHip: [0.1, 1, 0],
      rightHip: [-0.1, 1, 0],
      leftShoulder: [0.2, 1.4, 0],
      rightShoulder: [-0.2, 1.4, 0],
      leftEar: [0.1, 1.6, 0.02],
      rightEar: [-0.1, 1.6, 0.02],
    }),
    1,
    'coco17',
  );
  const at = (name: keyof typeof BODY17) => [...positions.subarray(BODY17[name] * 3, BODY17[name] * 3 + 3)];
  const expected: [keyof typeof BODY17, number[]][] = [
    ['pelvis', [0, 1, 0]],
    ['thorax', [0, 1.4, 0]],
    ['spine', [0, 1.2, 0]],
    ['neck', [0, 1.5, 0.01]],
    ['head', [0, 1.7, 0.03]],
    ['leftShoulder', [0.2, 1.4, 0]],
  ];
  for (const [name, place] of expected) {
    for (let axis = 0; axis < 3; axis++) expect(at(name)[axis]).toBeCloseTo(place[axis], 12);
  }
});

test('joints that stand for themselves are copied in body-17 order, frame by frame', () => {
  const positions = Float64Array.from({ length: 2 * 17 * 3 }, (_, at) => Math.sin(at * 7));
  expect(toBody17(positions, 2, 'h36m17').positions).toEqual(positions);
  const left = toBody17(positions, 2, 'h36m17-left').positions;
  // Frame 1, right hip: joint 4 of the left-first layout.
  expect(left.subarray((17 + 1) * 3, (17 + 2) * 3)).toEqual(positions.subarray((17 + 4) * 3, (17 + 5) * 3));
});

test('weights add up to one, so a shifted body gives a shifted body', () => {
  for (const layout of LAYOUT_NAMES) {
    const joints = LAYOUTS[layout].names.length;
    for (const blend of layoutToBody17(layout).weights) {
      expect(blend.every(({ joint }) => joint >= 0 && joint < joints)).toBe(true);
      expect(blend.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12);
    }
    const still = Float64Array.from({ length: joints * 2 }, (_, at) => Math.cos(at * 3));
    const shifted = still.map((value, at) => value + (at % 2 === 0 ? 5 : -2));
    const before = toBody17(still, 1, layout, 2).positions;
    const after = toBody17(shifted, 1, layout, 2).positions;
    for (let at = 0; at < before.length; at++) {
      expect(after[at] - before[at]).toBeCloseTo(at % 2 === 0 ? 5 : -2, 12);
    }
  }
});

test('a missing joint makes NaN of what it is needed for and of nothing else', () => {
  const positions = frameOf('coco17', { leftEar: [Number.NaN, Number.NaN, Number.NaN] });
  const out = toBody17(positions, 1, 'coco17').positions;
  expect(BODY17_NAMES.filter((_, joint) => Number.isNaN(out[joint * 3]))).toEqual(['neck', 'head']);
});

test('an array of another size is refused with the numbers', () => {
  expect(() => toBody17(new Float64Array(50), 1, 'coco17')).toThrow(
    /50 numbers, expected 1 frames of 17 joints/,
  );
});
