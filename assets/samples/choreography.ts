/**
 * What the performer does: walks 5 m along +x, turns round, walks back, turns to the camera (which looks along
 * -z), waves, sits down on a chair that is not there, sits a while and stands up. Times in seconds.
 */
import type { Footfall, Side } from './footsteps.ts';
import { BALL, HEEL } from './rig.ts';
import type { Track } from './tracks.ts';

export const FRAME_TIME = 1 / 30;
export const FRAME_COUNT = 600;

const STEP_METRES = 0.66;
const UNEVEN_METRES = 0.015;
const STEPS_EACH_WAY = 8;
const STEP_SECONDS = 0.53;
const TURN_STEP_SECONDS = 0.55;
const SWING_SECONDS = 0.4;
const TURN_SWING_SECONDS = 0.38;
const FIRST_LANDING = 1.3;
/** Half the distance between the feet. */
const HALF_STANCE = 0.085;
/** Middle of the foot ahead of the ankle. */
export const MIDFOOT = (BALL[1] + HEEL[1]) / 2;

const degrees = (angle: number): number => (angle * Math.PI) / 180;

/** Footfalls of both feet in order of time; the first two are where the feet stand at the start. */
export const FOOTFALLS: readonly Footfall[] = planFootfalls();

function planFootfalls(): Footfall[] {
  const falls: Footfall[] = [];
  let landing = 0;
  const stand = (side: Side, x: number, z: number, facing: number, isStriding: boolean) => {
    const heading = degrees(facing);
    const aside = side === 'Left' ? HALF_STANCE : -HALF_STANCE;
    falls.push({
      side,
      liftSeconds: landing - (isStriding ? SWING_SECONDS : TURN_SWING_SECONDS),
      landSeconds: landing,
      x: x + aside * Math.cos(heading),
      z: z - aside * Math.sin(heading),
      heading,
      strikePitch: degrees(isStriding ? 17 : 3),
      liftPitch: degrees(isStriding ? 42 : 22),
    });
  };
  const walk = (fromX: number, facing: number, firstLanding: number) => {
    const towards = Math.sign(facing);
    for (let step = 0; step < STEPS_EACH_WAY; step++) {
      landing = firstLanding + step * STEP_SECONDS;
      // No two steps are quite alike.
      const walked = STEP_METRES * (step + 0.5) + UNEVEN_METRES * Math.sin(2.4 * step + facing);
      const aside = (UNEVEN_METRES / 2) * Math.sin(1.7 * step);
      stand(step % 2 === 0 ? 'Left' : 'Right', fromX + towards * walked, aside, facing, true);
    }
  };
  const turn = (side: Side, x: number, z: number, facing: number) => {
    landing += TURN_STEP_SECONDS;
    stand(side, x, z, facing, false);
  };

  landing = Number.NEGATIVE_INFINITY;
  stand('Left', 0, 0, 90, false);
  stand('Right', 0, 0, 90, false);
  walk(0, 90, FIRST_LANDING);
  const far = STEP_METRES * (STEPS_EACH_WAY - 0.5);
  turn('Left', far + 0.06, 0, 42);
  turn('Right', far + 0.04, 0.03, -18);
  turn('Left', far + 0.02, 0.02, -66);
  turn('Right', far - 0.08, 0, -90);
  walk(far - 0.05, -90, landing + STEP_SECONDS + 0.04);
  turn('Left', -0.08, 0, -42);
  turn('Right', -0.08, 0, -18);
  turn('Left', -0.06, 0.01, 6);
  turn('Right', -0.06, 0.01, -6);
  return falls;
}

export const LAST_LANDING = FOOTFALLS[FOOTFALLS.length - 1].landSeconds;

/** The right hand goes up, waves and comes down. 0..1. */
export const WAVE: Track = [
  [13.1, 0],
  [13.8, 1],
  [15.3, 1],
  [15.95, 0],
];
export const WAVES_PER_SECOND = 1.7;

/** How far down on the chair the pelvis is, 0..1, and how far back. */
export const SIT_DOWN: Track = [
  [16.05, 0],
  [17.05, 1],
  [18.25, 1],
  [19.25, 0],
];
export const SIT_BACK: Track = [
  [15.8, 0],
  [16.85, 1],
  [18.1, 1],
  [19.1, 0],
];

/** Lean of the trunk, degrees forward from upright. */
export const LEAN: Track = [
  [0.7, 2],
  [1.5, 4],
  [4.8, 4],
  [5.8, 2],
  [7.3, 2],
  [8.1, 4],
  [11.5, 4],
  [12.4, 2],
  [15.6, 2],
  [16.4, 42],
  [17.25, 3],
  [17.95, 3],
  [18.55, 44],
  [19.4, 2],
];

/** Hands rest on the thighs, 0..1. */
export const HANDS_ON_THIGHS: Track = [
  [16.0, 0],
  [16.9, 1],
  [18.45, 1],
  [19.3, 0],
];

/** Gaze below the horizon, degrees. */
export const GAZE_DOWN: Track = [
  [0.6, 6],
  [1.6, 3],
  [15.6, 2],
  [16.2, 22],
  [17.2, 4],
  [18.0, 4],
  [18.5, 16],
  [19.3, 2],
];
