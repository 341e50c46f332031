import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BODY17_COUNT, BODY17_PARENTS } from '../../motion/skeleton/body17.ts';
import { fillGaps } from '../../motion/skeleton/fill-gaps.ts';
import { gapFreeFrames } from './gap-free-frames.ts';

const POSE = BODY17_COUNT * 3;
const FRAMES = 12;

test('any part of a clip with any gaps is filled as the whole clip is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(FRAMES - 1), fc.nat(FRAMES - 1), fc.nat(BODY17_COUNT - 1), fc.nat(2))),
      fc.nat(FRAMES - 1),
      fc.nat(FRAMES - 1),
      (gaps, a, b) => {
        const body17 = Float64Array.from({ length: FRAMES * POSE }, (_, at) => Math.sin(at * at));
        for (const [from, to, joint, axis] of gaps) {
          for (let frame = from; frame <= to; frame++) body17[frame * POSE + joint * 3 + axis] = Number.NaN;
        }
        const [first, last] = [Math.min(a, b), Math.max(a, b)];
        const whole = fillGaps(body17, BODY17_PARENTS).positions;
        expect(gapFreeFrames(body17, first, last)).toEqual(whole.subarray(first * POSE, (last + 1) * POSE));
      },
    ),
  );
});
