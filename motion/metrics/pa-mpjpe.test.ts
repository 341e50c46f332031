import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applySimilarity } from '../math/procrustes.ts';
import { paMpjpeMm, paMpjpePerFrameMm } from './pa-mpjpe.ts';

const POSE = [0, 1, 0, 0.1, 0.9, 0.05, 0.12, 0.5, -0.1, 0, 1.5, 0.02, 0.4, 1.4, 0.3, -0.5, 1.1, 0.2];
const SHAPE = { frames: 2, joints: 6 };
const TRUTH = Float64Array.from([...POSE, ...POSE.map((value, k) => value + 0.1 * Math.sin(k))]);

test('rotation, translation and scale of each frame do not matter', () => {
  const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
  const scale = fc.double({ min: 0.1, max: 5, noNaN: true });
  fc.assert(
    fc.property(angle, angle, scale, scale, (first, second, small, large) => {
      const pred = new Float64Array(TRUTH.length);
      [first, second].forEach((turn, frame) => {
        const [c, s] = [Math.cos(turn), Math.sin(turn)];
        const similarity = {
          scale: [small, large][frame],
          rotation: Float64Array.of(c, 0, s, 0, 1, 0, -s, 0, c),
          translation: Float64Array.of(turn, 2, -1),
        };
        applySimilarity(pred, frame * 18, similarity, TRUTH, frame * 18, 6);
      });
      expect(paMpjpeMm(pred, TRUTH, SHAPE)).toBeCloseTo(0, 6);
    }),
  );
});

test('a mirrored pose is not aligned away', () => {
  const mirrored = TRUTH.map((value, k) => (k % 3 === 0 ? -value : value));
  expect(paMpjpeMm(mirrored, TRUTH, SHAPE)).toBeGreaterThan(50);
});

test('a triangle whose apex is too high keeps the error that no similarity removes', () => {
  // Predicted height 2 over a base of 2, true height 1: by symmetry R = I, and both are centred on the axis.
  // Centred x: -1, 1, 0 for both; y: -2/3, -2/3, 4/3 against -1/3, -1/3, 2/3.
  // s = (2 + 4/3) / (2 + 8/3) = 5/7.
  const pred = [-1, 0, 0, 1, 0, 0, 0, 2, 0];
  const truth = [-1, 0, 0, 1, 0, 0, 0, 1, 0];
  const s = 5 / 7;
  const corner = Math.hypot(1 - s, (2 / 3) * s - 1 / 3);
  const apex = Math.abs((4 / 3) * s - 2 / 3);
  const expected = ((2 * corner + apex) / 3) * 1000;
  expect(paMpjpeMm(pred, truth, { frames: 1, joints: 3 })).toBeCloseTo(expected, 9);
});

test('frames are aligned one by one', () => {
  const bent = TRUTH.slice();
  bent[4] += 0.3;
  const errors = paMpjpePerFrameMm(bent, TRUTH, SHAPE);
  expect(errors[0]).toBeGreaterThan(20);
  expect(errors[1]).toBeCloseTo(0, 6);
  expect(paMpjpeMm(bent, TRUTH, SHAPE)).toBeCloseTo(errors[0] / 2, 6);
});

test('a collapsed prediction has a finite error', () => {
  const collapsed = new Float64Array(TRUTH.length).fill(0.3);
  expect(paMpjpeMm(collapsed, TRUTH, SHAPE)).toBeGreaterThan(100);
});

test('a missing joint is an error', () => {
  const gap = TRUTH.slice();
  gap[0] = Number.NaN;
  expect(() => paMpjpeMm(gap, TRUTH, SHAPE)).toThrow('prediction has NaN at frame 0, joint 0');
});
