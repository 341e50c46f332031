import { expect, test } from 'vitest';
import { DAZ, DIALECTS } from '../../test/dialect-skeletons.ts';
import { PLACES, type Places, scramble, sided, skeletonFrom } from '../../test/skeleton-from-text.ts';
import { BODY17_NAMES } from './body17.ts';
import { matchSkeleton, type SkeletonMatch } from './match-skeleton.ts';

function placesFound(match: SkeletonMatch, placeOf: readonly string[]): string[] {
  return match.map.map((blend) => blend.map(({ node }) => placeOf[node]).join('+'));
}

const LIMBS = BODY17_NAMES.flatMap((name, joint) => (/^(left|right)/.test(name) ? [joint] : []));

test('the shape alone gives the limbs that the names give', () => {
  for (const [dialect, text] of [...Object.entries(DIALECTS), ['Daz', DAZ] as const]) {
    // Split bones and root-level extras cannot be told from joints by shape.
    if (dialect === 'Rigify deform bones') continue;
    const { skeleton } = skeletonFrom(text);
    const byName = matchSkeleton(skeleton);
    const byShape = matchSkeleton(scramble(skeleton));
    expect(byShape.how).toBe('topology');
    for (const joint of LIMBS) {
      const [found, expected] = [byShape.map[joint], byName.map[joint]].map(([{ node }]) =>
        skeleton.restOffsets.subarray(node * 3, node * 3 + 3).join() === '0,0,0'
          ? skeleton.parents[node]
          : node,
      );
      expect([dialect, BODY17_NAMES[joint], skeleton.names[found]]).toEqual([
        dialect,
        BODY17_NAMES[joint],
        skeleton.names[expected],
      ]);
    }
  }
});

test('the shape of a CMU skeleton gives its trunk too', () => {
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['CMU MotionBuilder-friendly']);
  expect(placesFound(matchSkeleton(scramble(skeleton)), placeOf)).toEqual(BODY17_NAMES);
});

test('by shape, a collar bone joint far out is not taken for the shoulder', () => {
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['Xsens MVN'], {
    ...PLACES,
    ...sided('Collar', [0.12, 1.42, 0]),
  });
  expect(placesFound(matchSkeleton(scramble(skeleton)), placeOf)).toEqual(BODY17_NAMES);
});

test('a body turned to face -Z swaps left and right with its feet', () => {
  const turned: Places = Object.fromEntries(
    Object.entries(PLACES).map(([name, [x, y, z]]) => [name, [-x, y, -z]]),
  );
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['Xsens MVN'], turned);
  const match = matchSkeleton(scramble(skeleton));
  expect(placesFound(match, placeOf)).toEqual(BODY17_NAMES);
  expect(match.notes.join()).toContain('-Z');
});

test('without feet that point anywhere +X is left, and the notes say so', () => {
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['Xsens MVN'], {
    ...PLACES,
    ...sided('Toe', [0.1, 0, 0]),
  });
  const match = matchSkeleton(scramble(skeleton));
  expect(placesFound(match, placeOf)).toEqual(BODY17_NAMES);
  expect(match.notes.join()).toContain('+X');
});

test('limbs that have names decide the sides of the others', () => {
  const backwards: Places = Object.fromEntries(
    Object.entries(PLACES).map(([name, [x, y]]) => [name, [-x, y, 0]]),
  );
  const { skeleton, placeOf } = skeletonFrom(DIALECTS['Xsens MVN'], backwards);
  const names = scramble(skeleton).names.map((name, node) =>
    /^Right(Hip|Knee|Ankle)$/.test(skeleton.names[node]) ? skeleton.names[node] : name,
  );
  expect(placesFound(matchSkeleton({ ...skeleton, names }), placeOf)).toEqual(BODY17_NAMES);
});
