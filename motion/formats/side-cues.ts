import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';

/** What of a body says where it faces. */
export interface Cue {
  readonly name: string;
  /** -1 (against where left and up say the front is) to 1. */
  readonly forward: number;
  /** 0..1: how much of it there is to see. */
  readonly weight: number;
}

export interface BodyCues {
  /** Mean cosine of the trunk with Y, and the part of frames in which it points down. */
  readonly upright: number;
  readonly headDown: number;
  /** Mean cosine between left by the hips and left by the shoulders. */
  readonly agreement: number;
  /** In front of the body as its shoulders and its trunk have it. */
  readonly cues: readonly Cue[];
}

const POSE = BODY17_COUNT * 3;
/** Frames looked at, spread over the clip. */
const MOST_FRAMES = 3000;
/** Metres from the straight line at which a joint is clearly bent. */
const CLEAR_BEND = 0.03;
/** Metres of path that make a step, so that trembling is no walk. */
const STEP = 0.15;
const STEP_FRAMES = 15;
/** Steps whose direction counts in full. */
const CLEAR_STEPS = 10;

type Vector = [number, number, number];

/** Null where no frame has hips, shoulders and trunk. */
export function bodyCues(body17: Float64Array): BodyCues | null {
  const frames = body17.length / POSE;
  const every = Math.max(1, Math.floor(frames / MOST_FRAMES));
  const knees = new Tally();
  const elbows = new Tally();
  const head = new Tally();
  const walk = new Tally();
  let upright = 0;
  let down = 0;
  let agreement = 0;
  let count = 0;
  for (let frame = 0; frame < frames; frame += every) {
    const at = (joint: number): Vector => vectorAt(body17, frame * POSE + joint * 3);
    const trunk = unit(minus(at(BODY17.thorax), at(BODY17.pelvis)));
    const hips = unit(minus(at(BODY17.leftHip), at(BODY17.rightHip)));
    const shoulders = unit(minus(at(BODY17.leftShoulder), at(BODY17.rightShoulder)));
    const turn = dot(hips, shoulders);
    if (Number.isNaN(turn + trunk[1])) continue;
    count++;
    upright += trunk[1];
    if (trunk[1] < 0) down++;
    agreement += turn;
    // Left × up is the front. Legs turn with the hips, whichever way those are labelled.
    const front = unit(cross(shoulders, trunk));
    const legFront = unit(cross(turn < 0 ? hips.map((value) => -value) : hips, trunk));
    for (const side of ['left', 'right'] as const) {
      knees.add(
        bend(at(BODY17[`${side}Hip`]), at(BODY17[`${side}Knee`]), at(BODY17[`${side}Ankle`])),
        legFront,
      );
      const elbow = bend(
        at(BODY17[`${side}Shoulder`]),
        at(BODY17[`${side}Elbow`]),
        at(BODY17[`${side}Wrist`]),
      );
      elbows.add(negative(elbow), front);
    }
    head.add(
      bend(at(BODY17.pelvis), at(BODY17.thorax), at(BODY17.head)).map((value) => -value),
      front,
    );
    if (frame + STEP_FRAMES < frames) {
      const step = minus(vectorAt(body17, (frame + STEP_FRAMES) * POSE), at(BODY17.pelvis));
      step[1] = 0;
      if (Math.hypot(...step) > STEP) walk.add(step, front);
    }
  }
  if (count === 0) return null;
  return {
    upright: upright / count,
    headDown: down / count,
    agreement: agreement / count,
    cues: [
      { name: 'knees bend', forward: knees.forward, weight: Math.min(1, knees.mean / CLEAR_BEND) },
      {
        name: 'elbows let the hands',
        forward: elbows.forward,
        weight: 0.3 * Math.min(1, elbows.mean / CLEAR_BEND),
      },
      { name: 'the head leans', forward: head.forward, weight: 0.2 * Math.min(1, head.mean / CLEAR_BEND) },
      {
        name: 'it walks',
        forward: walk.forward,
        weight: 0.5 * Math.min(1, (walk.count * every) / STEP_FRAMES / CLEAR_STEPS),
      },
    ],
  };
}

/** Sums up how far vectors point to the front. */
class Tally {
  private along = 0;
  private length = 0;
  count = 0;

  add(vector: readonly number[], front: Vector): void {
    const along = dot(vector, front);
    if (Number.isNaN(along)) return;
    this.along += along;
    this.length += Math.hypot(...vector);
    this.count++;
  }

  /** -1..1, long vectors count for more. */
  get forward(): number {
    return this.length === 0 ? 0 : this.along / this.length;
  }

  get mean(): number {
    return this.count === 0 ? 0 : this.length / this.count;
  }
}

/** From the straight line between the outer joints to the middle one. */
function bend(from: Vector, middle: Vector, to: Vector): Vector {
  const line = minus(to, from);
  const arm = minus(middle, from);
  const part = dot(arm, line) / dot(line, line);
  return [arm[0] - part * line[0], arm[1] - part * line[1], arm[2] - part * line[2]];
}

function vectorAt(values: Float64Array, at: number): Vector {
  return [values[at], values[at + 1], values[at + 2]];
}

function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function negative(a: Vector): Vector {
  return [-a[0], -a[1], -a[2]];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: readonly number[], b: readonly number[]): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function unit(a: readonly number[]): Vector {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
}
