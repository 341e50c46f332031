/**
 * Feet over time from planned footfalls. A planted foot rolls about its heel as it lands and about its ball as
 * it leaves, and does not slide; between footfalls the ankle flies on a cubic Hermite path that takes over the
 * speed of the roll at both ends.
 */
import { ANKLE_HEIGHT, BALL, HEEL } from './rig.ts';

export type Side = 'Left' | 'Right';

/** Where and when a foot comes to stand. Heading: radians about Y, 0 faces +Z, positive turns to the left. */
export interface Footfall {
  readonly side: Side;
  readonly liftSeconds: number;
  readonly landSeconds: number;
  /** Point of the sole under the ankle, metres. */
  readonly x: number;
  readonly z: number;
  readonly heading: number;
  /** Toes up at landing and heel up at leaving the place before, radians, both positive. */
  readonly strikePitch: number;
  readonly liftPitch: number;
}

/** Ankle position (metres), heading, and pitch: positive with the heel up. */
export interface FootPose {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly heading: number;
  readonly pitch: number;
  readonly isPlanted: boolean;
}

const HEEL_RISE_SECONDS = 0.27;
const FOOT_SLAP_SECONDS = 0.1;
const SWING_LIFT_METRES = 0.045;
/** Step of the finite difference that measures the roll's speed. */
const TINY_SECONDS = 1e-4;

/** Pose of one foot. `falls` are that foot's, in order; the first is where it stands at the start. */
export function footAt(falls: readonly Footfall[], seconds: number): FootPose {
  let place = 0;
  while (place + 1 < falls.length && seconds >= falls[place + 1].landSeconds) place++;
  const here = falls[place];
  const next = falls[place + 1];
  if (next === undefined || seconds < next.liftSeconds) return plantedAt(here, next, seconds);
  return flyingAt(here, next, falls[place + 2], seconds);
}

function plantedAt(here: Footfall, next: Footfall | undefined, seconds: number): FootPose {
  const sinceStrike = (seconds - here.landSeconds) / FOOT_SLAP_SECONDS;
  if (sinceStrike < 1) {
    return rolled(here, HEEL, -here.strikePitch * (1 - Math.max(0, sinceStrike)) ** 2);
  }
  const rise = next === undefined ? 0 : 1 + (seconds - next.liftSeconds) / HEEL_RISE_SECONDS;
  return rolled(here, BALL, rise > 0 ? next!.liftPitch * rise ** 2 * (2 - rise) : 0);
}

/** The foot turned by `pitch` about a point of it that stays where it is when the foot is flat. */
function rolled(place: Footfall, [pivotY, pivotZ]: readonly [number, number], pitch: number): FootPose {
  const ahead = pivotZ - (pivotZ * Math.cos(pitch) + pivotY * Math.sin(pitch));
  const up = pivotY - (pivotY * Math.cos(pitch) - pivotZ * Math.sin(pitch));
  return {
    x: place.x + ahead * Math.sin(place.heading),
    y: ANKLE_HEIGHT + up,
    z: place.z + ahead * Math.cos(place.heading),
    heading: place.heading,
    pitch,
    isPlanted: true,
  };
}

function flyingAt(here: Footfall, next: Footfall, after: Footfall | undefined, seconds: number): FootPose {
  const duration = next.landSeconds - next.liftSeconds;
  const share = (seconds - next.liftSeconds) / duration;
  const leave = [
    plantedAt(here, next, next.liftSeconds - TINY_SECONDS),
    plantedAt(here, next, next.liftSeconds),
  ];
  const land = [
    plantedAt(next, after, next.landSeconds),
    plantedAt(next, after, next.landSeconds + TINY_SECONDS),
  ];
  const along = (part: 'x' | 'y' | 'z' | 'pitch'): number =>
    hermite(
      leave[1][part],
      ((leave[1][part] - leave[0][part]) / TINY_SECONDS) * duration,
      land[0][part],
      ((land[1][part] - land[0][part]) / TINY_SECONDS) * duration,
      share,
    );
  return {
    x: along('x'),
    y: along('y') + SWING_LIFT_METRES * Math.sin(Math.PI * share) ** 2,
    z: along('z'),
    heading: hermite(here.heading, 0, next.heading, 0, share),
    pitch: along('pitch'),
    isPlanted: false,
  };
}

function hermite(from: number, fromSlope: number, to: number, toSlope: number, s: number): number {
  const t = s - 1;
  return (
    from * (1 + 2 * s) * t ** 2 + fromSlope * s * t ** 2 + to * s ** 2 * (3 - 2 * s) + toSlope * s ** 2 * t
  );
}
