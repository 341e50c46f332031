import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import { FEET, type FootContact, footContacts, LIKELY_CONTACTS } from './foot-contacts.ts';
import { handMadeWalk, stands } from './hand-made-walk.ts';

/** Contacts in seconds. */
function timed(contacts: readonly FootContact[], fps: number): [string, number, number][] {
  return contacts.map(({ foot, start, end }) => [foot, start / fps, end / fps]);
}

test('a walk stands where it was made to stand', () => {
  const contacts = timed(footContacts(handMadeWalk({ seconds: 3.8, fps: 60 }), 1 / 60), 60);
  expect(contacts.map(([foot]) => foot)).toEqual([...Array(4).fill('left'), ...Array(5).fill('right')]);
  // The right foot is half a stride off.
  const starts = [0, 1, 2, 3, 0, 0.5, 1.5, 2.5, 3.5];
  const ends = [0.6, 1.6, 2.6, 3.6, 0.1, 1.1, 2.1, 3.1, 3.8];
  for (const [index, [, start, end]] of contacts.entries()) {
    // A foot is slow before it stands and after: at rest within a tenth of a swing.
    expect(Math.abs(start - starts[index])).toBeLessThan(0.09);
    expect(Math.abs(end - ends[index])).toBeLessThan(0.09);
  }
});

test('a root that rises and sinks by 20 cm changes no contact by more than two frames', () => {
  // The stance the clip begins with is as short as one can be.
  const long = (positions: Float64Array) => footContacts(positions, 1 / 60).filter(({ end }) => end > 18);
  const level = long(handMadeWalk({ seconds: 7.8, fps: 60 }));
  const drift = (time: number) => [0, 0.1 * Math.sin((2 * Math.PI * time) / 8), 0] as const;
  const drifted = long(handMadeWalk({ seconds: 7.8, fps: 60, drift }));
  expect(drifted).toHaveLength(level.length);
  for (const [index, { foot, start, end }] of drifted.entries()) {
    expect(foot).toBe(level[index].foot);
    expect(Math.abs(start - level[index].start)).toBeLessThanOrEqual(2);
    expect(Math.abs(end - level[index].end)).toBeLessThanOrEqual(2);
  }
});

test.each([24, 25, 50, 60, 120])(
  '%i frames a second give the contacts of 30 within a frame of either',
  (fps) => {
    const found = (rate: number) =>
      timed(footContacts(handMadeWalk({ seconds: 3.4, fps: rate }), 1 / rate), rate).filter(
        ([, , end]) => end > 0.3,
      );
    const slow = found(30);
    const other = found(fps);
    expect(other).toHaveLength(slow.length);
    for (const [index, [foot, start, end]] of other.entries()) {
      expect(foot).toBe(slow[index][0]);
      expect(Math.abs(start - slow[index][1])).toBeLessThan(1 / Math.min(fps, 30) + 1e-9);
      expect(Math.abs(end - slow[index][2])).toBeLessThan(1 / Math.min(fps, 30) + 1e-9);
    }
  },
);

test('ankles that wander by centimetres still stand in the middle of their stances', () => {
  const wander = (_: string, time: number) =>
    [0.02 * Math.sin(9 * time), 0.015 * Math.sin(11 * time + 1), 0.02 * Math.cos(8 * time)] as const;
  const fps = 30;
  const contacts = footContacts(handMadeWalk({ seconds: 4, fps, wander }), 1 / fps);
  for (const foot of FEET) {
    for (let time = 0.2; time < 3.8; time += 0.1) {
      const isMiddle = stands(foot, time - 0.15) && stands(foot, time + 0.15);
      const isFound = contacts.some(
        (contact) => contact.foot === foot && contact.start <= time * fps && time * fps <= contact.end,
      );
      if (isMiddle) expect(isFound, `${foot} ${time}`).toBe(true);
    }
  }
});

test('a foot held still in the air does not stand while the other one does', () => {
  const positions = handMadeWalk({ seconds: 3, fps: 60, wander: () => [0, 0, 0] });
  const frames = positions.length / (BODY17_COUNT * 3);
  for (let frame = 0; frame < frames; frame++) {
    positions.set([0.1, 0.1, 0], (frame * BODY17_COUNT + BODY17.leftAnkle) * 3);
    positions.set([-0.1, 0.5, 0], (frame * BODY17_COUNT + BODY17.rightAnkle) * 3);
  }
  expect(footContacts(positions, 1 / 60)).toEqual([{ foot: 'left', start: 0, end: frames - 1 }]);
});

test('a spike of one frame neither ends a contact nor lowers the ground', () => {
  const positions = handMadeWalk({ seconds: 2, fps: 60 });
  const clean = footContacts(positions, 1 / 60);
  positions[(80 * BODY17_COUNT + BODY17.leftAnkle) * 3 + 1] -= 0.05;
  const spiked = footContacts(positions, 1 / 60);
  expect(spiked.map(({ foot }) => foot)).toEqual(clean.map(({ foot }) => foot));
});

test('likely contacts hold the sure ones, and contacts of a foot never touch', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(24, 30, 60), (seed, fps) => {
      const wander = (foot: string, time: number) =>
        [0, 1, 2].map((axis) => 0.04 * Math.sin((3 + axis) * time + seed * (axis + foot.length))) as [
          number,
          number,
          number,
        ];
      const positions = handMadeWalk({ seconds: 3, fps, wander });
      const sure = footContacts(positions, 1 / fps);
      const likely = footContacts(positions, 1 / fps, LIKELY_CONTACTS);
      for (const { foot, start, end } of sure) {
        expect(likely.some((other) => other.foot === foot && other.start <= start && end <= other.end)).toBe(
          true,
        );
      }
      for (const spans of [sure, likely]) {
        for (let index = 1; index < spans.length; index++) {
          if (spans[index].foot === spans[index - 1].foot)
            expect(spans[index].start).toBeGreaterThan(spans[index - 1].end + 1);
        }
      }
    }),
    { numRuns: 30 },
  );
});

test('an ankle that is missing has no contacts, and nothing has none', () => {
  const positions = handMadeWalk({ seconds: 1, fps: 30 });
  positions[(3 * BODY17_COUNT + BODY17.leftAnkle) * 3] = Number.NaN;
  expect(footContacts(positions, 1 / 30).map(({ foot }) => foot)).not.toContain('left');
  expect(footContacts(positions, 1 / 30).map(({ foot }) => foot)).toContain('right');
  expect(footContacts(new Float64Array(0), 1 / 30)).toEqual([]);
  expect(() => footContacts(positions, 0)).toThrow('frameTime is 0');
});
