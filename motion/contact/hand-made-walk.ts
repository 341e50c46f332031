import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';
import { FEET, FOOT_JOINTS, type Foot } from './foot-contacts.ts';

/** A figure for tests: walks along +Z at 0.8 m/s, a stride a second; feet stand 0.6 s and swing 0.4 s. */
export const STRIDE_SECONDS = 1;
export const STANCE_SECONDS = 0.6;
export const THIGH = 0.45;
export const SHIN = 0.43;

const SPEED = 0.8;
const HIP_HEIGHT = 0.85;
const ANKLE_HEIGHT = 0.1;
const LIFT = 0.14;

export interface WalkOptions {
  readonly seconds: number;
  readonly fps: number;
  /** Added to every joint, metres, by time in seconds. */
  readonly drift?: (seconds: number) => readonly [number, number, number];
  /** Added to one ankle, metres; the knee follows. */
  readonly wander?: (foot: Foot, seconds: number) => readonly [number, number, number];
}

/** Metres, [frame][17][xyz]. */
export function handMadeWalk({ seconds, fps, drift, wander }: WalkOptions): Float64Array {
  const frames = Math.round(seconds * fps) + 1;
  const out = new Float64Array(frames * BODY17_COUNT * 3);
  for (let frame = 0; frame < frames; frame++) {
    const time = frame / fps;
    const along = SPEED * time;
    const offset = drift?.(time) ?? [0, 0, 0];
    const put = (joint: number, x: number, y: number, z: number): void =>
      out.set([x + offset[0], y + offset[1], z + offset[2]], (frame * BODY17_COUNT + joint) * 3);
    for (let joint = 0; joint < BODY17_COUNT; joint++) put(joint, 0, HIP_HEIGHT + 0.03 * joint, along);
    put(BODY17.pelvis, 0, HIP_HEIGHT, along);
    for (const foot of FEET) {
      const { hip, knee, ankle } = FOOT_JOINTS[foot];
      const x = foot === 'left' ? 0.1 : -0.1;
      const [dx, dy, dz] = wander?.(foot, time) ?? [0, 0, 0];
      const [height, ahead] = ankleAt(foot, time);
      const goal = [x + dx, height + dy, ahead + dz];
      const line = [goal[0] - x, goal[1] - HIP_HEIGHT, goal[2] - along];
      const length = Math.hypot(...line);
      const near = (THIGH ** 2 - SHIN ** 2 + length ** 2) / (2 * length);
      const bend = Math.sqrt(THIGH ** 2 - near ** 2);
      // At right angles to the leg, in its vertical plane, forward.
      const side = Math.hypot(line[1], line[2]);
      put(hip, x, HIP_HEIGHT, along);
      put(
        knee,
        x + (line[0] / length) * near,
        HIP_HEIGHT + (line[1] / length) * near + (line[2] / side) * bend,
        along + (line[2] / length) * near - (line[1] / side) * bend,
      );
      put(ankle, goal[0], goal[1], goal[2]);
    }
  }
  return out;
}

/** Whether a foot stands: left from 0 s on, right half a stride later. */
export function stands(foot: Foot, seconds: number): boolean {
  return phaseOf(foot, seconds) <= STANCE_SECONDS + 1e-9;
}

function phaseOf(foot: Foot, seconds: number): number {
  const shifted = seconds + (foot === 'left' ? 0 : STRIDE_SECONDS / 2);
  return shifted - Math.floor(shifted + 1e-9);
}

/** Height and place along the path. A swing begins and ends at rest. */
function ankleAt(foot: Foot, seconds: number): [height: number, along: number] {
  const phase = phaseOf(foot, seconds);
  // Mid-stance lies under the hip.
  const standing = SPEED * (seconds - phase + STANCE_SECONDS / 2);
  if (phase <= STANCE_SECONDS) return [ANKLE_HEIGHT, standing];
  const part = (phase - STANCE_SECONDS) / (STRIDE_SECONDS - STANCE_SECONDS);
  const moved = part ** 3 * (10 - 15 * part + 6 * part ** 2);
  return [ANKLE_HEIGHT + LIFT * Math.sin(Math.PI * part) ** 2, standing + SPEED * STRIDE_SECONDS * moved];
}
