import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applySimilarity, fitSimilarity, type Similarity } from './procrustes.ts';

const coordinate = fc.double({ min: -2, max: 2, noNaN: true });
const point = fc.tuple(coordinate, coordinate, coordinate);
const points = (min: number) => fc.array(point, { minLength: min, maxLength: 40 }).map((rows) => rows.flat());
const quaternion = fc
  .tuple(coordinate, coordinate, coordinate, coordinate)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q) => q.map((value) => value / Math.hypot(...q)));

/** A body: no symmetry, all three extents well above zero. */
const BODY = [0, 1, 0, 0.1, 0.9, 0.05, 0.12, 0.5, -0.1, 0, 1.5, 0.02, 0.4, 1.4, 0.3, -0.5, 1.1, 0.2];

function rotationOf([x, y, z, w]: number[]): Float64Array {
  return Float64Array.of(
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    1 - 2 * (x * x + y * y),
  );
}

function determinant(r: Float64Array): number {
  return (
    r[0] * (r[4] * r[8] - r[5] * r[7]) -
    r[1] * (r[3] * r[8] - r[5] * r[6]) +
    r[2] * (r[3] * r[7] - r[4] * r[6])
  );
}

function mapped(similarity: Similarity, input: ArrayLike<number>): Float64Array {
  const out = new Float64Array(input.length);
  applySimilarity(out, 0, similarity, input, 0, input.length / 3);
  return out;
}

function squaredDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += (a[k] - b[k]) ** 2;
  return sum;
}

function expectProper({ scale, rotation, translation }: Similarity): void {
  expect(scale).toBeGreaterThanOrEqual(0);
  for (const value of [scale, ...rotation, ...translation]) expect(Number.isFinite(value)).toBe(true);
  expect(determinant(rotation)).toBeCloseTo(1, 12);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      let product = 0;
      for (let k = 0; k < 3; k++) product += rotation[row * 3 + k] * rotation[column * 3 + k];
      expect(product).toBeCloseTo(row === column ? 1 : 0, 12);
    }
  }
}

function expectNear(found: ArrayLike<number>, expected: ArrayLike<number>, digits = 10): void {
  expect(found.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) expect(found[k]).toBeCloseTo(expected[k], digits);
}

test('a quarter turn about Z, doubled and lifted by 3 m, is read off three points', () => {
  const from = [0, 0, 0, 1, 0, 0, 0, 0, 1];
  const to = [0, 3, 0, 0, 5, 0, 0, 3, 2];
  const fit = fitSimilarity(from, 0, to, 0, 3);
  expect(fit.scale).toBeCloseTo(2, 12);
  expectNear(fit.rotation, [0, -1, 0, 1, 0, 0, 0, 0, 1], 12);
  expectNear(fit.translation, [0, 3, 0], 12);
});

test('any similarity of a body is recovered', () => {
  fc.assert(
    fc.property(quaternion, fc.double({ min: 0.05, max: 20, noNaN: true }), point, (q, scale, shift) => {
      const truth = { scale, rotation: rotationOf(q), translation: Float64Array.from(shift) };
      const fit = fitSimilarity(BODY, 0, mapped(truth, BODY), 0, BODY.length / 3);
      expect(fit.scale / scale).toBeCloseTo(1, 10);
      expectNear(fit.rotation, truth.rotation);
      expectNear(fit.translation, truth.translation, 9);
    }),
  );
});

test('no small change of the result fits two unrelated sets better', () => {
  fc.assert(
    fc.property(points(4), points(4), quaternion, fc.boolean(), (a, b, q, scale) => {
      const count = Math.min(a.length, b.length) / 3;
      const from = a.slice(0, count * 3);
      const to = b.slice(0, count * 3);
      const fit = fitSimilarity(from, 0, to, 0, count, { scale });
      expectProper(fit);
      const reached = squaredDistance(mapped(fit, from), to);
      const nudge = rotationOf([
        q[0] * 0.01,
        q[1] * 0.01,
        q[2] * 0.01,
        Math.sqrt(1 - 1e-4 * (1 - q[3] ** 2)),
      ]);
      const turned = { ...fit, rotation: productOf(nudge, fit.rotation) };
      const moved = { ...fit, translation: fit.translation.map((value, axis) => value + 0.01 * q[axis]) };
      for (const other of [turned, moved, ...(scale ? [{ ...fit, scale: fit.scale * 1.01 }] : [])]) {
        // Each candidate takes its own best translation away from the comparison only when moved.
        expect(
          squaredDistance(mapped(recentred(other, from, to, other === moved), from), to),
        ).toBeGreaterThan(reached - 1e-9);
      }
    }),
  );
});

test('among all rotations of a fine sample none beats the fit of a mirrored body', () => {
  const mirrored = BODY.map((value, k) => (k % 3 === 0 ? -value : value));
  const fit = fitSimilarity(BODY, 0, mirrored, 0, BODY.length / 3, { scale: false });
  expectProper(fit);
  const reached = squaredDistance(mapped(fit, BODY), mirrored);
  expect(reached).toBeGreaterThan(0.01);
  fc.assert(
    fc.property(quaternion, (q) => {
      const other = recentred({ ...fit, rotation: rotationOf(q) }, BODY, mirrored, false);
      expect(squaredDistance(mapped(other, BODY), mirrored)).toBeGreaterThan(reached - 1e-12);
    }),
    { numRuns: 500 },
  );
});

test('point reflection still gives a proper rotation', () => {
  const inverted = BODY.map((value) => -value);
  expectProper(fitSimilarity(BODY, 0, inverted, 0, BODY.length / 3));
});

test('collinear points are matched by the least turn', () => {
  const from = [0, 0, 0, 0, 1, 0, 0, 3, 0];
  const to = [0, 0, 0, 2, 0, 0, 6, 0, 0];
  const fit = fitSimilarity(from, 0, to, 0, 3);
  expectProper(fit);
  expect(fit.scale).toBeCloseTo(2, 12);
  expectNear(mapped(fit, from), to);
  expectNear(fit.rotation, [0, 1, 0, -1, 0, 0, 0, 0, 1]);
});

test('collinear points in general directions are turned by the angle between them, without twist', () => {
  const from = [0, 0, 0, 1, 2, 2, -2, -4, -4];
  const to = [5, 5, 5, 3, 6, 7, 9, 3, 1];
  const { rotation } = fitSimilarity(from, 0, to, 0, 3);
  expectNear(mapped(fitSimilarity(from, 0, to, 0, 3), from), to);
  const cosine = (1 * -2 + 2 * 1 + 2 * 2) / 9;
  expect(rotation[0] + rotation[4] + rotation[8]).toBeCloseTo(1 + 2 * cosine, 10);
});

test('opposite collinear points are matched by a half turn', () => {
  const fit = fitSimilarity([0, 0, 0, 0, 1, 0], 0, [0, 1, 0, 0, 0, 0], 0, 2);
  expectProper(fit);
  expectNear(mapped(fit, [0, 0, 0, 0, 1, 0]), [0, 1, 0, 0, 0, 0]);
});

test('planar points turned out of their plane are recovered', () => {
  const flat = BODY.map((value, k) => (k % 3 === 2 ? 0 : value));
  const truth = {
    scale: 0.7,
    rotation: rotationOf([0.5, 0.5, -0.5, 0.5]),
    translation: Float64Array.of(1, 2, 3),
  };
  const fit = fitSimilarity(flat, 0, mapped(truth, flat), 0, flat.length / 3);
  expectProper(fit);
  expectNear(fit.rotation, truth.rotation);
  expect(fit.scale).toBeCloseTo(0.7, 10);
});

test('a single point is only moved', () => {
  const fit = fitSimilarity([0.1, 0.2, 0.3], 0, [4, 5, 6], 0, 1);
  expect(fit.scale).toBe(1);
  expectNear(fit.rotation, [1, 0, 0, 0, 1, 0, 0, 0, 1], 15);
  expectNear(fit.translation, [3.9, 4.8, 5.7]);
});

test('equal points have neither size nor direction: unit scale from them, zero scale onto them', () => {
  const place = Array.from({ length: 7 }, () => [0.1, 0.7, -3.3]).flat();
  const shape = BODY.concat([0, 0, 0]);
  expect(fitSimilarity(place, 0, shape, 0, 7).scale).toBe(1);
  expectProper(fitSimilarity(place, 0, shape, 0, 7));
  const onto = fitSimilarity(shape, 0, place, 0, 7);
  expect(onto.scale).toBe(0);
  expectNear(mapped(onto, shape), place);
  expect(fitSimilarity(shape, 0, place, 0, 7, { scale: false }).scale).toBe(1);
  expectProper(fitSimilarity(place, 0, place, 0, 7));
});

test('without any weighted point the result is the identity', () => {
  const fit = fitSimilarity([], 0, [], 0, 0);
  expect(fit.scale).toBe(1);
  expectNear(fit.translation, [0, 0, 0], 15);
  expectProper(fitSimilarity(BODY, 0, BODY, 0, 2, { weights: [0, 0] }));
});

test('a point of weight 2 counts as two points, one of weight 0 is not even read', () => {
  const to = BODY.map((value, k) => value * 1.3 + Math.sin(k * 7) * 0.1);
  const doubled = fitSimilarity([...BODY, ...BODY.slice(0, 3)], 0, [...to, ...to.slice(0, 3)], 0, 7);
  const weighted = fitSimilarity([...BODY, 1, 1, 1], 0, [...to, Number.NaN, 0, 0], 0, 7, {
    weights: [2, 1, 1, 1, 1, 1, 0],
  });
  expect(weighted.scale).toBeCloseTo(doubled.scale, 12);
  expectNear(weighted.rotation, doubled.rotation, 12);
  expectNear(weighted.translation, doubled.translation, 12);
});

test('offsets select the points inside longer arrays, and Float32 storage is read as it is', () => {
  const to = Float32Array.from([9, 9, 9, 9, ...BODY.map((value) => value + 1)]);
  const fit = fitSimilarity([7, ...BODY], 1, to, 4, BODY.length / 3);
  expect(fit.scale).toBeCloseTo(1, 6);
  expectNear(fit.translation, [1, 1, 1], 6);
  const inPlace = Float64Array.from([7, ...BODY]);
  applySimilarity(inPlace, 1, fit, inPlace, 1, BODY.length / 3);
  expect(inPlace[0]).toBe(7);
  expectNear(inPlace.subarray(1), to.subarray(4), 6);
});

test('NaN in a weighted point and negative weights are refused', () => {
  expect(() => fitSimilarity([Number.NaN, 0, 0], 0, [0, 0, 0], 0, 1)).toThrow(/NaN or infinite/);
  expect(() => fitSimilarity([0, 0, 0], 0, [0, Number.POSITIVE_INFINITY, 0], 0, 1)).toThrow(RangeError);
  expect(() => fitSimilarity(BODY, 0, BODY, 0, 2, { weights: [1, -1] })).toThrow(/weight 1 is -1/);
});

test('any input, however degenerate, gives a proper finite rotation', () => {
  const lattice = fc.array(fc.constantFrom(0, 1, -1, 0.1, 1e-9, 1e6), { minLength: 15, maxLength: 15 });
  fc.assert(
    fc.property(lattice, lattice, (a, b) => {
      expectProper(fitSimilarity(a, 0, b, 0, 5));
    }),
    { numRuns: 500 },
  );
});

function productOf(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(9);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      for (let k = 0; k < 3; k++) out[row * 3 + column] += a[row * 3 + k] * b[k * 3 + column];
    }
  }
  return out;
}

/** `similarity` with the translation that suits its rotation and scale best, or as it is. */
function recentred(
  similarity: Similarity,
  from: readonly number[],
  to: readonly number[],
  asIs: boolean,
): Similarity {
  if (asIs) return similarity;
  const image = mapped({ ...similarity, translation: new Float64Array(3) }, from);
  const translation = new Float64Array(3);
  for (let k = 0; k < to.length; k++) translation[k % 3] += (to[k] - image[k]) / (to.length / 3);
  return { ...similarity, translation };
}
