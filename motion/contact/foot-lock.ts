import { BODY17_COUNT } from '../skeleton/body17.ts';
import { followReach } from './follow-reach.ts';
import {
  type ContactRules,
  FEET,
  FOOT_JOINTS,
  type Foot,
  type FootContact,
  LIKELY_CONTACTS,
  SURE_CONTACTS,
} from './foot-contacts.ts';
import { type PlantedFoot, type PlantRules, plantContacts } from './plant-contacts.ts';
import { moveLeg } from './two-bone.ts';

export const FOOT_LOCK_MODES = ['off', 'auto', 'strong'] as const;
export type FootLockMode = (typeof FOOT_LOCK_MODES)[number];

/** Which contacts each mode holds. */
export const LOCK_CONTACTS: Readonly<Record<FootLockMode, ContactRules>> = {
  off: SURE_CONTACTS,
  auto: SURE_CONTACTS,
  strong: LIKELY_CONTACTS,
};

const PLANT_RULES: Readonly<Record<'auto' | 'strong', PlantRules>> = {
  auto: { mostMetres: 0.06, slideMetres: 0.1, slideSpeed: 0.2 },
  strong: { mostMetres: 0.2, slideMetres: Number.POSITIVE_INFINITY, slideSpeed: 0 },
};

export interface FootLockOptions {
  readonly mode: 'auto' | 'strong';
  /** Seconds per frame. */
  readonly frameTime: number;
  /** How much of the lock each frame gets, 0..1; frames of 0 stay as they are, to the last bit. All by default. */
  readonly weights?: ArrayLike<number>;
  /** Feet that may move; both by default. */
  readonly feet?: readonly Foot[];
  /** Whether the joints above the legs may move in `strong`, which they do by default; only where both feet may move. */
  readonly canLean?: boolean;
}

export interface HeldContact extends FootContact {
  readonly locked: boolean;
}

/** How a clip's feet are to be held. */
export interface FootLockPlan {
  /** How firmly each ankle is held, 0..1, [frame][left right]. */
  readonly holds: Float64Array;
  /** What is added to each ankle, metres, [left right], each [frame][xyz]. */
  readonly shifts: readonly Float64Array[];
  /** What is added to all other joints, metres, [frame][xyz]; null where only legs move. */
  readonly lean: Float64Array | null;
  /** The contacts asked for, and whether they are held. */
  readonly contacts: readonly HeldContact[];
}

/**
 * Holds standing feet in place. Each contact's ankle stays over one point of the ground, fades lead to and from it, and
 * the knee moves along so that thigh and shin keep their lengths, frame by frame. An ankle that its leg cannot bring
 * there is brought as near as it reaches; in `strong` the whole body above the legs leans after it a little, in `auto`
 * only legs move. `auto` leaves contacts alone that slide on purpose and moves no ankle by more than 6 cm.
 *
 * @param positions metres, Y up, [frame][17][xyz]
 * @param contacts as `footContacts` finds them
 * @returns metres, [frame][17][xyz]; frames outside contacts and their fades are the input's own
 */
export function lockFeet(
  positions: Float64Array,
  contacts: readonly FootContact[],
  options: FootLockOptions,
): Float64Array {
  const out = positions.slice();
  const plan = planFootLock(positions, contacts, options);
  holdFeet(out, positions, plan, 0, positions.length / (BODY17_COUNT * 3));
  return out;
}

/** What `lockFeet` is going to do. */
export function planFootLock(
  positions: Float64Array,
  contacts: readonly FootContact[],
  { mode, frameTime, weights, feet = FEET, canLean = true }: FootLockOptions,
): FootLockPlan {
  const frames = positions.length / (BODY17_COUNT * 3);
  const weightAt = (frame: number): number => weights?.[frame] ?? 1;
  const wanted = contacts.map((contact) => (feet.includes(contact.foot) ? within(contact, weightAt) : null));
  const planted = FEET.map((foot) =>
    plantContacts(
      positions,
      wanted.filter((contact) => contact?.foot === foot) as FootContact[],
      frameTime,
      PLANT_RULES[mode],
    ),
  );
  const holds = new Float64Array(frames * FEET.length);
  const shifts = planted.map(({ shifts: full, holds: own }, side) => {
    for (let frame = 0; frame < frames; frame++) holds[frame * 2 + side] = weightAt(frame) * own[frame];
    return full.map((value, at) => value * holds[Math.floor(at / 3) * 2 + side]);
  });
  const leans = canLean && mode === 'strong' && feet.length === FEET.length;
  return {
    holds,
    shifts,
    lean: leans ? followReach(positions, shifts, holds, frameTime) : null,
    contacts: heldContacts(contacts, wanted, planted),
  };
}

/** Writes frames `first` up to, not including, `end` of a plan into `out`, which holds a copy of `positions`. */
export function holdFeet(
  out: Float64Array,
  positions: Float64Array,
  { holds, shifts, lean }: FootLockPlan,
  first: number,
  end: number,
): void {
  for (let frame = first; frame < end; frame++) {
    if (holds[frame * 2] === 0 && holds[frame * 2 + 1] === 0) continue;
    const at = frame * 3;
    const bodyShift = lean === null ? [0, 0, 0] : Array.from(lean.subarray(at, at + 3));
    const isLeaning = bodyShift.some((value) => value !== 0);
    if (isLeaning) shiftPose(out, frame, bodyShift);
    for (const [side, foot] of FEET.entries()) {
      if (holds[frame * 2 + side] === 0 && !isLeaning) continue;
      const ankleShift = Array.from(shifts[side].subarray(at, at + 3));
      moveLeg(out, positions, frame, FOOT_JOINTS[foot], bodyShift, ankleShift);
    }
  }
}

/** The part of a contact that may be moved; null if there is none. */
function within(contact: FootContact, weightAt: (frame: number) => number): FootContact | null {
  let { start, end } = contact;
  while (start <= end && weightAt(start) === 0) start++;
  while (end >= start && weightAt(end) === 0) end--;
  return start > end ? null : { foot: contact.foot, start, end };
}

function shiftPose(out: Float64Array, frame: number, shift: readonly number[]): void {
  const first = frame * BODY17_COUNT * 3;
  for (let at = 0; at < BODY17_COUNT * 3; at++) out[first + at] += shift[at % 3];
}

function heldContacts(
  contacts: readonly FootContact[],
  wanted: readonly (FootContact | null)[],
  planted: readonly PlantedFoot[],
): HeldContact[] {
  const next = FEET.map(() => 0);
  return contacts.map((contact, index) => {
    const side = FEET.indexOf(contact.foot);
    const locked = wanted[index] !== null && planted[side].isHeld[next[side]++];
    return { ...contact, locked };
  });
}
