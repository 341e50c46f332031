/** The performer's body over time: feet from the footfalls, pelvis over the feet, the rest from the story. */
import {
  FOOTFALLS,
  FRAME_COUNT,
  FRAME_TIME,
  GAZE_DOWN,
  HANDS_ON_THIGHS,
  LAST_LANDING,
  LEAN,
  MIDFOOT,
  SIT_BACK,
  SIT_DOWN,
  WAVE,
  WAVES_PER_SECOND,
} from './choreography.ts';
import { type FootPose, footAt } from './footsteps.ts';
import { ANKLE_HEIGHT, HIP_ASIDE, HIP_BELOW, SHANK, THIGH } from './rig.ts';
import { aboutX, aboutY, aboutZ, compose, type Quat, rotate, type Vec3 } from './rotation.ts';
import { linearAt, smoothed, type Track, valueAt } from './tracks.ts';

/** Angles of one arm, radians, the same for both sides: 0 is the T-pose. */
export interface ArmPose {
  /** Lowered from the T-pose; then forward about the sideways axis; about its own axis; elbow; shoulder up. */
  readonly lowered: number;
  readonly forward: number;
  readonly twist: number;
  readonly elbow: number;
  readonly shrug: number;
}

/** What a frame asks of the body. World space, metres, radians. */
export interface PoseTargets {
  readonly root: Vec3;
  readonly pelvis: Quat;
  readonly spine: { readonly yaw: number; readonly pitch: number; readonly roll: number };
  readonly gaze: { readonly heading: number; readonly down: number };
  readonly left: { readonly foot: FootPose; readonly arm: ArmPose };
  readonly right: { readonly foot: FootPose; readonly arm: ArmPose };
}

/** Height of the hip joints when standing, walking and sitting. */
const STANDING_HIP = 0.9;
const WALKING_HIP = 0.89;
const SEATED_HIP = 0.5;
/** How far the pelvis goes back onto the chair. */
const SEAT_BACK = 0.42;
/** Longest a leg may get, as a share of its length: knees never lock. */
const LEG_REACH = 0.992;
/** The pelvis shifts towards the foot that carries it, and drops on the other side. */
const SWAY_METRES = 0.022;
const LIST_RADIANS = 0.06;
/** Turn of the pelvis, and swing of an arm, per metre that one ankle is ahead of the other. */
const PELVIS_TURN = 0.16;
const ARM_SWING = 0.52;
/** The head turns this long before the body. */
const LOOK_AHEAD_SECONDS = 0.3;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

export function performanceFrames(): PoseTargets[] {
  const frames = Array.from({ length: FRAME_COUNT }, (_, frame) => frame * FRAME_TIME);
  const leftFalls = FOOTFALLS.filter(({ side }) => side === 'Left');
  const rightFalls = FOOTFALLS.filter(({ side }) => side === 'Right');
  const leftFeet = frames.map((seconds) => footAt(leftFalls, seconds));
  const rightFeet = frames.map((seconds) => footAt(rightFalls, seconds));

  const pathX = followFeet((left, right) => (left.x + right.x) / 2, 3.6);
  const pathZ = followFeet((left, right) => (left.z + right.z) / 2, 3.6);
  const heading = followFeet((left, right) => (left.heading + right.heading) / 2, 4.5);
  // +1 with all weight on the left foot, -1 on the right one.
  const load = smoothed(
    frames.map((seconds, frame) => {
      const idle = 0.35 * Math.sin(0.9 * seconds + 0.4) * (1 - valueAt(SIT_DOWN, seconds));
      const [left, right] = [leftFeet[frame].isPlanted, rightFeet[frame].isPlanted];
      return left === right ? (seconds > LAST_LANDING ? idle : 0) : left ? 1 : -1;
    }),
    2.6,
  );
  const ankleAhead = smoothed(
    frames.map((_, frame) => {
      const forward = [Math.sin(heading[frame]), Math.cos(heading[frame])];
      const [left, right] = [leftFeet[frame], rightFeet[frame]];
      return (right.x - left.x) * forward[0] + (right.z - left.z) * forward[1];
    }),
    1.5,
  );

  const pelvis = frames.map((seconds, frame) => {
    const seated = valueAt(SIT_DOWN, seconds);
    const lean = radians(valueAt(LEAN, seconds)) * 0.45 - seated * radians(8);
    const turned = heading[frame] + PELVIS_TURN * ankleAhead[frame];
    return compose(aboutY(turned), aboutX(lean), aboutZ(LIST_RADIANS * load[frame] * (1 - seated)));
  });
  const flat = frames.map((seconds, frame): Vec3 => {
    const ahead = MIDFOOT - SEAT_BACK * valueAt(SIT_BACK, seconds);
    const aside = SWAY_METRES * load[frame];
    const [sine, cosine] = [Math.sin(heading[frame]), Math.cos(heading[frame])];
    return [pathX[frame] + ahead * sine + aside * cosine, 0, pathZ[frame] + ahead * cosine - aside * sine];
  });
  const speed = smoothed(
    frames.map((_, frame) => {
      const before = Math.max(0, frame - 1);
      return Math.hypot(pathX[frame] - pathX[before], pathZ[frame] - pathZ[before]) / FRAME_TIME;
    }),
    4,
  );
  const height = hipHeights();

  return frames.map((seconds, frame): PoseTargets => {
    const seated = valueAt(SIT_DOWN, seconds);
    const breath = radians(0.7) * Math.sin(2 * Math.PI * 0.28 * seconds);
    const hipsCentre = rotate(pelvis[frame], [0, -HIP_BELOW, 0]);
    const root: Vec3 = [
      flat[frame][0] - hipsCentre[0],
      height[frame] - hipsCentre[1],
      flat[frame][2] - hipsCentre[2],
    ];
    const later = Math.min(FRAME_COUNT - 1, frame + Math.round(LOOK_AHEAD_SECONDS / FRAME_TIME));
    return {
      root,
      pelvis: pelvis[frame],
      spine: {
        // The chest turns against the pelvis, about as far the other way.
        yaw: -1.9 * PELVIS_TURN * ankleAhead[frame],
        pitch: radians(valueAt(LEAN, seconds)) * 0.55 + seated * radians(8) + breath,
        roll: -0.9 * LIST_RADIANS * load[frame] * (1 - seated) - radians(5) * valueAt(WAVE, seconds),
      },
      gaze: { heading: heading[later], down: radians(valueAt(GAZE_DOWN, seconds)) },
      left: { foot: leftFeet[frame], arm: armPose('Left', frame) },
      right: { foot: rightFeet[frame], arm: armPose('Right', frame) },
    };
  });

  /** A quantity of both feet that settles a moment after each landing, smoothed in between. */
  function followFeet(of: (left: FootPose, right: FootPose) => number, sigmaFrames: number): number[] {
    const landings = FOOTFALLS.map(({ landSeconds }) => landSeconds).filter(Number.isFinite);
    const keys = landings.map((seconds): [number, number] => [
      seconds + 0.06,
      of(planted(leftFalls, seconds), planted(rightFalls, seconds)),
    ]);
    const start = of(planted(leftFalls, 0), planted(rightFalls, 0));
    const track: Track = [[landings[0] - 0.5, start], ...keys];
    return smoothed(
      frames.map((seconds) => linearAt(track, seconds)),
      sigmaFrames,
    );
  }

  /** Where a foot stands or last stood, flat. */
  function planted(falls: typeof leftFalls, seconds: number): FootPose {
    const place = falls.filter(({ landSeconds }) => landSeconds <= seconds).at(-1)!;
    return { ...place, y: ANKLE_HEIGHT, pitch: 0, isPlanted: true };
  }

  /** Hip height: as asked, but never so high that a leg does not reach its ankle. */
  function hipHeights(): number[] {
    const highest = frames.map((_, frame) => {
      const reaches = [leftFeet[frame], rightFeet[frame]].map((foot, side) => {
        const hip = rotate(pelvis[frame], [side === 0 ? HIP_ASIDE : -HIP_ASIDE, 0, 0]);
        const across = Math.hypot(flat[frame][0] + hip[0] - foot.x, flat[frame][2] + hip[2] - foot.z);
        return foot.y + Math.sqrt((LEG_REACH * (THIGH + SHANK)) ** 2 - across ** 2) - hip[1];
      });
      return Math.min(...reaches);
    });
    let heights = frames.map((seconds, frame) => {
      const upright = STANDING_HIP - (STANDING_HIP - WALKING_HIP) * Math.min(1, speed[frame]);
      return upright - (STANDING_HIP - SEATED_HIP) * valueAt(SIT_DOWN, seconds);
    });
    // Smoothing lifts the dips a little each time; cutting and smoothing in turn converges on a soft dip.
    for (let pass = 0; pass < 8; pass++) {
      heights = smoothed(
        heights.map((value, frame) => Math.min(value, highest[frame])),
        1.6,
      );
    }
    return heights.map((value, frame) => Math.min(value, highest[frame]));
  }

  function armPose(side: 'Left' | 'Right', frame: number): ArmPose {
    const seconds = frames[frame];
    // Each arm swings with the other leg, a little late.
    const ahead = ankleAhead[Math.max(0, frame - 1)] * (side === 'Left' ? 1 : -1);
    const wave = side === 'Right' ? valueAt(WAVE, seconds) : 0;
    const resting = valueAt(HANDS_ON_THIGHS, seconds);
    const beat = Math.sin(2 * Math.PI * WAVES_PER_SECOND * (seconds - WAVE[1][0]));
    const mix = (hanging: number, seated: number, waving: number): number =>
      (hanging + (seated - hanging) * resting) * (1 - wave) + waving * wave;
    return {
      lowered: mix(radians(80), radians(78), radians(8)),
      forward: mix(radians(3) + ARM_SWING * ahead, radians(30), radians(12)),
      twist: mix(radians(8), radians(14), -radians(78)),
      elbow: mix(radians(16) + 0.42 * Math.max(-0.2, ahead), radians(44), radians(88) + radians(26) * beat),
      shrug: radians(10) * wave,
    };
  }
}
