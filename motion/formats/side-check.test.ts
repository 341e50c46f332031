import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { BODY17, BODY17_NAMES } from '../skeleton/body17.ts';
import { body17Positions } from '../skeleton/body17-positions.ts';
import { matchSkeleton } from '../skeleton/match-skeleton.ts';
import { bvhToClip } from './bvh-clip.ts';
import { readBvh } from './bvh-read.ts';
import { checkSides, type SideVerdict } from './side-check.ts';

// Real clips are read in place and never copied; without them only the made figure is checked.
const MOCAP = join(import.meta.dirname, '../../../shared/mocap');
const SPLITS = ['val', 'test'];
const isPresent = SPLITS.every((split) => existsSync(join(MOCAP, split)));
if (!isPresent) console.warn(`skipped: no real clips at ${MOCAP}`);

/** A standing figure facing +Z with bent knees and hands before it, for two frames; left is +X. */
function figure(kneeZ = 0.06): Float64Array {
  const places: Record<string, readonly number[]> = {
    pelvis: [0, 0.9, 0],
    spine: [0, 1.15, 0],
    thorax: [0, 1.4, 0],
    neck: [0, 1.52, 0.02],
    head: [0, 1.68, 0.05],
  };
  for (const [side, x] of [
    ['left', 1],
    ['right', -1],
  ] as const) {
    places[`${side}Hip`] = [0.1 * x, 0.9, 0];
    places[`${side}Knee`] = [0.1 * x, 0.5, kneeZ];
    places[`${side}Ankle`] = [0.1 * x, 0.1, 0];
    places[`${side}Shoulder`] = [0.2 * x, 1.38, 0];
    places[`${side}Elbow`] = [0.22 * x, 1.1, -0.02];
    places[`${side}Wrist`] = [0.22 * x, 0.95, 0.15];
  }
  const pose = BODY17_NAMES.flatMap((name) => places[name]);
  return Float64Array.from([...pose, ...pose]);
}

/** Left and right exchanged in the joints of some parts. */
function swapped(positions: Float64Array, parts: readonly string[]): Float64Array {
  const out = positions.slice();
  for (let first = 0; first < out.length; first += 51) {
    for (const part of parts) {
      const left = first + BODY17[`left${part}` as keyof typeof BODY17] * 3;
      const right = first + BODY17[`right${part}` as keyof typeof BODY17] * 3;
      out.set(positions.subarray(left, left + 3), right);
      out.set(positions.subarray(right, right + 3), left);
    }
  }
  return out;
}

const LEGS = ['Hip', 'Knee', 'Ankle'];
const ARMS = ['Shoulder', 'Elbow', 'Wrist'];
/** Ways in which a body comes out wrong, and what they are to be called. */
const WRONGS: readonly (readonly [SideVerdict, string, (positions: Float64Array) => Float64Array])[] = [
  ['swapped legs', 'the other order of Human3.6M', (positions) => swapped(positions, LEGS)],
  ['swapped arms', 'arms exchanged', (positions) => swapped(positions, ARMS)],
  ['mirrored', 'all exchanged', (positions) => swapped(positions, [...LEGS, ...ARMS])],
  [
    'mirrored',
    'one axis negated',
    (positions) => positions.map((value, at) => (at % 3 === 0 ? -value : value)),
  ],
  [
    'upside down',
    'turned by half',
    (positions) => positions.map((value, at) => (at % 3 === 0 ? value : -value)),
  ],
  [
    'upside down',
    'the height negated',
    (positions) => positions.map((value, at) => (at % 3 === 1 ? -value : value)),
  ],
];

test('a made figure is fine as it stands, whichever way it is turned', () => {
  expect(checkSides(figure())).toMatchObject({ verdict: 'fine', confidence: 'high' });
  const turned = figure().map((_, at, all) =>
    at % 3 === 0 ? all[at + 2] : at % 3 === 2 ? -all[at - 2] : all[at],
  );
  expect(checkSides(turned).verdict).toBe('fine');
});

test.each(WRONGS)('a made figure is told to be %s: %s', (verdict, _, change) => {
  expect(checkSides(change(figure()))).toMatchObject({ verdict, confidence: 'high' });
});

test('stiff legs, knees bent backwards and missing joints', () => {
  expect(checkSides(figure(-0.06)).verdict).toBe('mirrored');
  const doll = figure(0);
  for (let first = 0; first < doll.length; first += 51) {
    for (const part of ['Elbow', 'Wrist'] as const)
      for (const side of ['left', 'right'] as const) doll[first + BODY17[`${side}${part}`] * 3 + 2] = 0;
    doll[first + BODY17.head * 3 + 2] = 0;
  }
  expect(checkSides(doll)).toMatchObject({ verdict: 'unclear', confidence: 'low' });
  expect(checkSides(new Float64Array(102).fill(Number.NaN)).verdict).toBe('unclear');
  expect(checkSides(new Float64Array(0)).verdict).toBe('unclear');
  expect(() => checkSides(new Float64Array(50))).toThrow(RangeError);
});

/** Body-17 of each clip, without its T-pose. */
function realMotions(): Float64Array[] {
  return SPLITS.flatMap((split) =>
    readdirSync(join(MOCAP, split)).flatMap((folder) =>
      readdirSync(join(MOCAP, split, folder)).map((file) => {
        const path = join(MOCAP, split, folder, file);
        const { clip } = bvhToClip(readBvh(readFileSync(path), path), { metresPerUnit: 0.01 });
        return body17Positions(clip, matchSkeleton(clip.skeleton).map).slice(51);
      }),
    ),
  );
}

describe.skipIf(!isPresent)('real clips', () => {
  test('all are fine, and every wrong form of each is told as what it is', () => {
    for (const motion of realMotions()) {
      expect(checkSides(motion).verdict).toBe('fine');
      for (const [verdict, name, change] of WRONGS)
        expect([name, checkSides(change(motion)).verdict]).toEqual([name, verdict]);
    }
  });

  test('no second of them is surely wrong', () => {
    for (const motion of realMotions()) {
      for (let first = 0; first + 120 * 51 <= motion.length; first += 120 * 51) {
        const { verdict, confidence } = checkSides(motion.slice(first, first + 120 * 51));
        if (confidence === 'high') expect(verdict).toBe('fine');
      }
    }
  });
});
