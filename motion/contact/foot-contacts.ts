import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import { fitLocalLine } from './local-line.ts';
import { lowEnvelope } from './low-envelope.ts';

export type Foot = 'left' | 'right';

/** A foot stands from frame `start` to `end`, both inclusive. */
export interface FootContact {
  readonly foot: Foot;
  readonly start: number;
  readonly end: number;
}

/** When an ankle stands. A contact is a stretch that fulfils the `stay` limits throughout and the `sure` ones for a while. */
export interface ContactRules {
  /** Above the ground under this foot, metres. */
  readonly sureHeight: number;
  readonly stayHeight: number;
  /** In space, metres per second. */
  readonly sureSpeed: number;
  readonly staySpeed: number;
  /** How long the sure limits have to hold without a break, seconds. */
  readonly leastSeconds: number;
  /** Shorter breaks between two contacts of a foot are bridged, seconds. */
  readonly gapSeconds: number;
}

/** Contacts that leave little doubt, in motion whose ankles still wander by centimetres. */
export const SURE_CONTACTS: ContactRules = {
  sureHeight: 0.07,
  stayHeight: 0.11,
  sureSpeed: 0.3,
  staySpeed: 0.6,
  leastSeconds: 0.1,
  gapSeconds: 0.07,
};

/** Also contacts that are shaky or short. */
export const LIKELY_CONTACTS: ContactRules = {
  sureHeight: 0.09,
  stayHeight: 0.13,
  sureSpeed: 0.4,
  staySpeed: 0.65,
  leastSeconds: 0.07,
  gapSeconds: 0.1,
};

export const FEET: readonly Foot[] = ['left', 'right'];

export const FOOT_JOINTS = {
  left: { hip: BODY17.leftHip, knee: BODY17.leftKnee, ankle: BODY17.leftAnkle },
  right: { hip: BODY17.rightHip, knee: BODY17.rightKnee, ankle: BODY17.rightAnkle },
} as const;

/** Speed and height are read from lines fitted with this standard deviation, seconds: shaking is not stepping. */
const LINE_SECONDS = 0.05;
/** The ground is looked for so long before and after, seconds: longer than a swing, and short beside a drift. */
const GROUND_SECONDS = 0.7;
/** An ankle has to be that low for this long to tell where the ground is, seconds. */
const HELD_SECONDS = 0.1;
/** A foot that stays higher than this above the other one's ground is held in the air, metres; a stair is lower. */
const MOST_STEP = 0.25;

/**
 * When each foot stands. The ground under a foot is the lowest level its ankle held within most of a second, so it
 * may drift or rise over the clip; no plane is assumed. Times and speeds are in seconds, so the frame rate does not
 * matter. Positions are metres, Y up, [frame][17][xyz]; a foot with a missing ankle (NaN, in any frame) has no contacts.
 *
 * @returns left foot first, each in order of time; contacts of one foot do not touch
 */
export function footContacts(
  positions: Float64Array,
  frameTime: number,
  rules: ContactRules = SURE_CONTACTS,
): FootContact[] {
  if (!(frameTime > 0)) throw new RangeError(`frameTime is ${frameTime}, expected seconds > 0`);
  const tracks = FEET.map((foot) => trackAnkle(positions, FOOT_JOINTS[foot].ankle, frameTime));
  return FEET.flatMap((foot, side) => {
    const track = tracks[side];
    if (!track.isSeen) return [];
    const other = tracks[1 - side];
    const meets = (frame: number, height: number, speed: number): boolean =>
      track.height[frame] - track.ground[frame] <= height &&
      track.speed[frame] <= speed &&
      !(other.isSeen && track.ground[frame] - other.ground[frame] > MOST_STEP);
    const loose = stretches(track.speed.length, (at) => meets(at, rules.stayHeight, rules.staySpeed));
    const leastFrames = Math.max(1, Math.round(rules.leastSeconds / frameTime));
    const sure = loose.filter(({ start, end }) =>
      stretches(end - start + 1, (at) => meets(start + at, rules.sureHeight, rules.sureSpeed)).some(
        (core) => core.end - core.start + 1 >= leastFrames,
      ),
    );
    return bridged(sure, Math.round(rules.gapSeconds / frameTime)).map((span) => ({ foot, ...span }));
  });
}

interface AnkleTrack {
  readonly isSeen: boolean;
  /** Metres, [frame]. */
  readonly height: Float64Array;
  readonly ground: Float64Array;
  /** Metres per second, [frame]. */
  readonly speed: Float64Array;
}

function trackAnkle(positions: Float64Array, ankle: number, frameTime: number): AnkleTrack {
  const frames = positions.length / (BODY17_COUNT * 3);
  const lines = [0, 1, 2].map((axis) =>
    fitLocalLine(
      Float64Array.from(
        { length: frames },
        (_, frame) => positions[(frame * BODY17_COUNT + ankle) * 3 + axis],
      ),
      LINE_SECONDS / frameTime,
    ),
  );
  const speed = lines[0].slope.map(
    (x, frame) => Math.hypot(x, lines[1].slope[frame], lines[2].slope[frame]) / frameTime,
  );
  const height = lines[1].level;
  const held = Math.round(HELD_SECONDS / 2 / frameTime);
  return {
    isSeen: speed.every(Number.isFinite),
    height,
    ground: lowEnvelope(height, held, Math.round(GROUND_SECONDS / frameTime)),
    speed,
  };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Unbroken stretches of what holds. */
function stretches(count: number, holds: (at: number) => boolean): Stretch[] {
  const found: Stretch[] = [];
  let start = -1;
  for (let at = 0; at <= count; at++) {
    const isInside = at < count && holds(at);
    if (isInside && start < 0) start = at;
    if (isInside || start < 0) continue;
    found.push({ start, end: at - 1 });
    start = -1;
  }
  return found;
}

/** Stretches with at most `gapFrames` between them become one. */
function bridged(spans: readonly Stretch[], gapFrames: number): Stretch[] {
  const out: Stretch[] = [];
  for (const span of spans) {
    const last = out.at(-1);
    if (last !== undefined && span.start - last.end - 1 <= gapFrames) {
      out[out.length - 1] = { start: last.start, end: span.end };
    } else out.push(span);
  }
  return out;
}
