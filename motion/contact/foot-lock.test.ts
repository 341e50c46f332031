import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import { contactSlideMmPerFrame } from './contact-slide.ts';
import { FEET, FOOT_JOINTS, type Foot, type FootContact, footContacts } from './foot-contacts.ts';
import { LOCK_CONTACTS, lockFeet, planFootLock } from './foot-lock.ts';
import { handMadeWalk, SHIN, THIGH } from './hand-made-walk.ts';

const POSE = BODY17_COUNT * 3;
const FPS = 60;
const MODES = ['auto', 'strong'] as const;

/** A walk whose ankles wander by some centimetres. */
function shakyWalk(seed = 1, fps = FPS): Float64Array {
  const wander = (foot: Foot, time: number) => {
    const at = time + seed + (foot === 'left' ? 0 : 0.7);
    return [0.02 * Math.sin(7 * at), 0.01 * Math.sin(9 * at), 0.025 * Math.cos(8 * at)] as const;
  };
  return handMadeWalk({ seconds: 3, fps, wander });
}

function distance(positions: Float64Array, frame: number, from: number, to: number): number {
  const a = frame * POSE + from * 3;
  const b = frame * POSE + to * 3;
  return Math.hypot(
    positions[a] - positions[b],
    positions[a + 1] - positions[b + 1],
    positions[a + 2] - positions[b + 2],
  );
}

function pose(positions: Float64Array, frame: number): Float64Array {
  return positions.subarray(frame * POSE, (frame + 1) * POSE);
}

function point(positions: Float64Array, frame: number, joint: number): number[] {
  return Array.from(positions.subarray(frame * POSE + joint * 3, frame * POSE + joint * 3 + 3));
}

test.each(MODES)('%s: a held ankle stays over the median of its contact', (mode) => {
  const positions = shakyWalk();
  const contacts = footContacts(positions, 1 / FPS, LOCK_CONTACTS[mode]);
  const locked = lockFeet(positions, contacts, { mode, frameTime: 1 / FPS });
  expect(contactSlideMmPerFrame(positions, contacts)).toBeGreaterThan(2);
  // What is left are ends of contacts, in which the foot already moves by more than the limit.
  expect(contactSlideMmPerFrame(locked, contacts)).toBeLessThan(0.4);
  const { foot, start, end } = contacts[1];
  const middle = Math.round((start + end) / 2);
  const { ankle } = FOOT_JOINTS[foot];
  const xs = Array.from({ length: end - start + 1 }, (_, at) => point(positions, start + at, ankle)[0]);
  const sorted = xs.toSorted((a, b) => a - b);
  const median = (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
  expect(point(locked, middle, ankle)[0]).toBeCloseTo(median, 9);
});

test('thigh and shin keep their lengths to a nanometre, and only legs move in auto', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1000 }),
      fc.constantFrom(...MODES),
      fc.constantFrom(24, 30, 60),
      (seed, mode, fps) => {
        const positions = shakyWalk(seed, fps);
        const contacts = footContacts(positions, 1 / fps, LOCK_CONTACTS[mode]);
        const locked = lockFeet(positions, contacts, { mode, frameTime: 1 / fps });
        for (let frame = 0; frame * POSE < positions.length; frame++) {
          for (const { hip, knee, ankle } of Object.values(FOOT_JOINTS)) {
            expect(distance(locked, frame, hip, knee)).toBeCloseTo(THIGH, 9);
            expect(distance(locked, frame, knee, ankle)).toBeCloseTo(SHIN, 9);
          }
          if (mode === 'strong') continue;
          for (let joint = 0; joint < BODY17_COUNT; joint++) {
            if (Object.values(FOOT_JOINTS).some(({ knee, ankle }) => joint === knee || joint === ankle))
              continue;
            expect(point(locked, frame, joint)).toEqual(point(positions, frame, joint));
          }
        }
      },
    ),
    { numRuns: 20 },
  );
});

test.each(MODES)('%s: frames outside contacts and their fades are the very ones of the input', (mode) => {
  const positions = shakyWalk();
  const contacts: FootContact[] = [
    { foot: 'left', start: 60, end: 90 },
    { foot: 'right', start: 100, end: 120 },
  ];
  const locked = lockFeet(positions, contacts, { mode, frameTime: 1 / FPS });
  // Six frames are a tenth of a second.
  for (let frame = 0; frame * POSE < positions.length; frame++) {
    const isNear = contacts.some(({ start, end }) => frame >= start - 6 && frame <= end + 6);
    if (isNear) expect(pose(locked, frame), `${frame}`).not.toEqual(pose(positions, frame));
    else expect(pose(locked, frame), `${frame}`).toEqual(pose(positions, frame));
  }
});

test('a fade is steady: the shift falls from frame to frame and never jumps', () => {
  const positions = shakyWalk();
  const contacts: FootContact[] = [{ foot: 'left', start: 60, end: 90 }];
  const { holds } = planFootLock(positions, contacts, { mode: 'auto', frameTime: 1 / FPS });
  const left = Array.from({ length: 8 }, (_, k) => holds[(90 + k) * 2]);
  expect(left[0]).toBe(1);
  expect(left[7]).toBe(0);
  for (let k = 1; k < 8; k++) {
    expect(left[k]).toBeLessThan(left[k - 1]);
    expect(left[k - 1] - left[k]).toBeLessThan(0.25);
  }
});

test('two contacts close together share the frames between them', () => {
  const positions = shakyWalk();
  const contacts: FootContact[] = [
    { foot: 'left', start: 60, end: 80 },
    { foot: 'left', start: 85, end: 95 },
  ];
  const { holds } = planFootLock(positions, contacts, { mode: 'auto', frameTime: 1 / FPS });
  // Four frames: two belong to each.
  expect([80, 81, 82, 83, 84, 85].map((frame) => Number(holds[frame * 2].toFixed(3)))).toEqual([
    1, 0.741, 0.259, 0.259, 0.741, 1,
  ]);
});

test('weights scale the lock, and frames of weight 0 stay to the last bit', () => {
  const positions = shakyWalk();
  const frames = positions.length / POSE;
  const contacts = footContacts(positions, 1 / FPS);
  for (const mode of MODES) {
    const none = new Float64Array(frames);
    expect(lockFeet(positions, contacts, { mode, frameTime: 1 / FPS, weights: none })).toEqual(positions);
    const part = Float64Array.from({ length: frames }, (_, frame) => (frame < 70 ? 0 : 0.5));
    const locked = lockFeet(positions, contacts, { mode, frameTime: 1 / FPS, weights: part });
    expect(locked.subarray(0, 70 * POSE)).toEqual(positions.subarray(0, 70 * POSE));
    expect(locked.subarray(70 * POSE)).not.toEqual(positions.subarray(70 * POSE));
  }
  const half = new Float64Array(frames).fill(0.5);
  const { shifts } = planFootLock(positions, contacts, { mode: 'auto', frameTime: 1 / FPS, weights: half });
  const full = planFootLock(positions, contacts, { mode: 'auto', frameTime: 1 / FPS });
  for (let at = 0; at < shifts[0].length; at++) expect(shifts[0][at]).toBeCloseTo(full.shifts[0][at] / 2, 12);
});

test('a second lock hardly finds anything to do', () => {
  const positions = shakyWalk();
  const contacts = footContacts(positions, 1 / FPS);
  const options = { mode: 'strong', frameTime: 1 / FPS } as const;
  const once = lockFeet(positions, contacts, options);
  const twice = lockFeet(once, contacts, options);
  for (const { foot, start, end } of contacts) {
    for (let frame = start + 6; frame <= end - 6; frame++) {
      const { ankle } = FOOT_JOINTS[foot];
      const [a, b] = [point(once, frame, ankle), point(twice, frame, ankle)];
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeLessThan(0.003);
    }
  }
});

/** Stands still for two seconds; the pelvis hangs so that the legs are all but straight. */
function standing(frames: number): Float64Array {
  const positions = new Float64Array(frames * POSE);
  for (let frame = 0; frame < frames; frame++) {
    for (let joint = 0; joint < BODY17_COUNT; joint++) positions.set([0, 1, 0], frame * POSE + joint * 3);
    for (const foot of FEET) {
      const { hip, knee, ankle } = FOOT_JOINTS[foot];
      const x = foot === 'left' ? 0.1 : -0.1;
      positions.set([x, 0.98, 0], frame * POSE + hip * 3);
      positions.set([x, 0.54, 0.01], frame * POSE + knee * 3);
      positions.set([x, 0.1, 0], frame * POSE + ankle * 3);
    }
  }
  return positions;
}

test('an anchor out of reach stretches no leg: the ankle comes as near as it can', () => {
  const frames = 60;
  const positions = standing(frames);
  // For a third of a second the whole figure is 30 cm away, which its contact does not know.
  for (let frame = 25; frame < 35; frame++) {
    for (let at = frame * POSE; at < (frame + 1) * POSE; at += 3) positions[at] += 0.3;
  }
  const contacts: FootContact[] = [{ foot: 'left', start: 0, end: frames - 1 }];
  for (const mode of MODES) {
    const locked = lockFeet(positions, contacts, { mode, frameTime: 1 / 30 });
    for (let frame = 0; frame < frames; frame++) {
      const thigh = distance(positions, frame, BODY17.leftHip, BODY17.leftKnee);
      const shin = distance(positions, frame, BODY17.leftKnee, BODY17.leftAnkle);
      expect(distance(locked, frame, BODY17.leftHip, BODY17.leftKnee)).toBeCloseTo(thigh, 9);
      expect(distance(locked, frame, BODY17.leftKnee, BODY17.leftAnkle)).toBeCloseTo(shin, 9);
      expect(locked.every(Number.isFinite)).toBe(true);
    }
    const moved = point(positions, 30, BODY17.leftAnkle)[0] - point(locked, 30, BODY17.leftAnkle)[0];
    expect(moved).toBeGreaterThan(0.02);
    expect(moved).toBeLessThan(mode === 'auto' ? 0.06 : 0.2);
  }
});

test('in strong the body comes after a foot it cannot reach, in auto it stays', () => {
  const positions = standing(60);
  for (let frame = 45; frame < 60; frame++) {
    for (let at = frame * POSE; at < (frame + 1) * POSE; at += 3) positions[at] += 0.15;
  }
  const contacts: FootContact[] = FEET.map((foot) => ({ foot, start: 0, end: 59 }));
  const auto = lockFeet(positions, contacts, { mode: 'auto', frameTime: 1 / 30 });
  const strong = lockFeet(positions, contacts, { mode: 'strong', frameTime: 1 / 30 });
  expect(point(auto, 52, BODY17.pelvis)).toEqual(point(positions, 52, BODY17.pelvis));
  // Down and back to where the feet stand.
  const [x, y] = point(strong, 52, BODY17.pelvis);
  expect(x).toBeLessThan(0.15);
  expect(y).toBeLessThan(1);
  expect(Math.hypot(x - 0.15, y - 1)).toBeLessThan(0.05);
  const still = lockFeet(positions, contacts, { mode: 'strong', frameTime: 1 / 30, canLean: false });
  expect(point(still, 52, BODY17.pelvis)).toEqual(point(positions, 52, BODY17.pelvis));
});

test('auto leaves a slide on purpose alone, strong holds it', () => {
  const frames = 30;
  const positions = standing(frames);
  for (let frame = 0; frame < frames; frame++) {
    // 0.3 m/s along X.
    for (let at = frame * POSE; at < (frame + 1) * POSE; at += 3) positions[at] += 0.01 * frame;
  }
  const contacts: FootContact[] = [{ foot: 'left', start: 0, end: frames - 1 }];
  const auto = planFootLock(positions, contacts, { mode: 'auto', frameTime: 1 / 30 });
  expect(auto.contacts).toEqual([{ foot: 'left', start: 0, end: frames - 1, locked: false }]);
  expect(lockFeet(positions, contacts, { mode: 'auto', frameTime: 1 / 30 })).toEqual(positions);
  expect(planFootLock(positions, contacts, { mode: 'strong', frameTime: 1 / 30 }).contacts[0].locked).toBe(
    true,
  );
});

test('a foot that may not move does not', () => {
  const positions = shakyWalk();
  const contacts = footContacts(positions, 1 / FPS);
  const locked = lockFeet(positions, contacts, { mode: 'strong', frameTime: 1 / FPS, feet: ['left'] });
  for (let frame = 0; frame * POSE < positions.length; frame++) {
    for (const joint of [BODY17.rightAnkle, BODY17.rightKnee, BODY17.pelvis])
      expect(point(locked, frame, joint)).toEqual(point(positions, frame, joint));
  }
  expect(locked).not.toEqual(positions);
});

test('a knee keeps bending to the side it bends to', () => {
  const positions = shakyWalk();
  const locked = lockFeet(positions, footContacts(positions, 1 / FPS), {
    mode: 'strong',
    frameTime: 1 / FPS,
  });
  for (let frame = 0; frame * POSE < positions.length; frame++) {
    for (const { hip, knee, ankle } of Object.values(FOOT_JOINTS)) {
      const [h, k, a] = [hip, knee, ankle].map((joint) => point(locked, frame, joint));
      const share = (h[1] - k[1]) / (h[1] - a[1]);
      // The walk's knees bend forward, along +Z.
      expect(k[2]).toBeGreaterThan(h[2] + share * (a[2] - h[2]));
    }
  }
});
