import { BODY17_COUNT } from '../skeleton/body17.ts';
import { medianOverFrames } from '../skeleton/fitted-skeleton.ts';
import { FOOT_JOINTS, type FootContact } from './foot-contacts.ts';
import { fitLocalLine } from './local-line.ts';

/** How contacts are held. */
export interface PlantRules {
  /** An ankle is moved by no more than this, metres. */
  readonly mostMetres: number;
  /** A contact that travels farther than this, and faster, is a slide on purpose. Metres, metres per second. */
  readonly slideMetres: number;
  readonly slideSpeed: number;
}

/** What holds one foot's ankle, per frame of the clip. */
export interface PlantedFoot {
  /** What to add to the ankle for a full hold, metres, [frame][xyz]. */
  readonly shifts: Float64Array;
  /** 1 within held contacts, falling to 0 over the transition frames, [frame]. */
  readonly holds: Float64Array;
  /** Which of the contacts are held. */
  readonly isHeld: readonly boolean[];
}

/** Over this long a hold fades in before a contact and out after it, seconds. */
const FADE_SECONDS = 0.1;
/** Height within a contact is smoothed with this standard deviation, seconds: a rising heel still rises. */
const LEVEL_SECONDS = 0.1;

/**
 * Holds one foot's contacts: on the ground at the median of the contact's ankle positions, in height at the
 * contact's own smoothed level. Fades share the frames between two contacts, so they never meet.
 *
 * @param contacts of this foot alone, in order of time
 */
export function plantContacts(
  positions: Float64Array,
  contacts: readonly FootContact[],
  frameTime: number,
  rules: PlantRules,
): PlantedFoot {
  const frames = positions.length / (BODY17_COUNT * 3);
  const shifts = new Float64Array(frames * 3);
  const holds = new Float64Array(frames);
  const tracks = contacts.map((contact) => ankleTrack(positions, contact));
  const isHeld = tracks.map((track) => !isSlide(track, frameTime, rules));
  const fadeFrames = Math.round(FADE_SECONDS / frameTime);
  for (const [index, { start, end }] of contacts.entries()) {
    if (!isHeld[index]) continue;
    writeShifts(shifts, start, tracks[index], frameTime, rules.mostMetres);
    holds.fill(1, start, end + 1);
    const before = start - (index === 0 ? 0 : contacts[index - 1].end + 1);
    const after = (index === contacts.length - 1 ? frames : contacts[index + 1].start) - end - 1;
    const into = Math.min(fadeFrames, index === 0 ? before : Math.floor(before / 2));
    const outOf = Math.min(fadeFrames, index === contacts.length - 1 ? after : Math.floor(after / 2));
    fade(shifts, holds, start, -1, into);
    fade(shifts, holds, end, 1, outOf);
  }
  return { shifts, holds, isHeld };
}

/** x, y and z of the ankle during a contact. */
type Track = readonly Float64Array[];

function ankleTrack(positions: Float64Array, { foot, start, end }: FootContact): Track {
  const { ankle } = FOOT_JOINTS[foot];
  return [0, 1, 2].map((axis) =>
    Float64Array.from(
      { length: end - start + 1 },
      (_, at) => positions[((start + at) * BODY17_COUNT + ankle) * 3 + axis],
    ),
  );
}

/** Whether a contact travels, from its first third to its last, as no standing foot does. */
function isSlide([x, , z]: Track, frameTime: number, { slideMetres, slideSpeed }: PlantRules): boolean {
  const third = Math.max(1, Math.floor(x.length / 3));
  const along = (axis: Float64Array): number => medianOf(axis.slice(-third)) - medianOf(axis.slice(0, third));
  const travel = Math.hypot(along(x), along(z));
  return travel > slideMetres && travel > slideSpeed * (x.length - third) * frameTime;
}

function writeShifts(
  shifts: Float64Array,
  start: number,
  [x, y, z]: Track,
  frameTime: number,
  mostMetres: number,
): void {
  const anchorX = medianOf(x);
  const anchorZ = medianOf(z);
  const { level } = fitLocalLine(y, LEVEL_SECONDS / frameTime);
  for (let at = 0; at < x.length; at++) {
    const shift = [anchorX - x[at], level[at] - y[at], anchorZ - z[at]];
    const kept = softLimit(Math.hypot(...shift), mostMetres);
    for (let axis = 0; axis < 3; axis++) shifts[(start + at) * 3 + axis] = kept * shift[axis];
  }
}

/** Up to this share of the limit a shift is done in full; beyond, it nears the limit without a corner. */
const FULL_SHARE = 0.6;

/** By what a shift of this size is multiplied to stay below the limit. */
function softLimit(size: number, limit: number): number {
  const full = FULL_SHARE * limit;
  if (size <= full) return 1;
  const rest = limit - full;
  return (full + rest * (1 - Math.exp((full - size) / rest))) / size;
}

/** Lets the shift of a contact's outermost frame fade over the `count` frames beyond it. */
function fade(shifts: Float64Array, holds: Float64Array, edge: number, step: 1 | -1, count: number): void {
  for (let k = 1; k <= count; k++) {
    const part = 1 - k / (count + 1);
    const frame = edge + k * step;
    // Smoothstep: no corner where the fade begins and ends.
    holds[frame] = part * part * (3 - 2 * part);
    for (let axis = 0; axis < 3; axis++) shifts[frame * 3 + axis] = shifts[edge * 3 + axis];
  }
}

function medianOf(values: Float64Array): number {
  return medianOverFrames(values.length, (at) => values[at]);
}
