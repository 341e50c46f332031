import { BODY17, BODY17_COUNT } from '../../../motion/skeleton/body17.ts';

const POSE = BODY17_COUNT * 3;
/** The camera looks down by this much, radians. */
const PITCH = 0.15;
const MARGIN = 0.06;
/** Metres; keeps the scale finite where joints coincide. */
const SMALLEST_EXTENT = 0.01;

/** An orthographic view of a window: from metres to pixels, y down. */
export interface WindowView {
  readonly project: (x: number, y: number, z: number) => readonly [number, number];
}

export function windowFrameCount(poses: Float32Array): number {
  return poses.length / POSE;
}

/**
 * Direction about the vertical from which the body's front is seen, radians; 0 is from +Z. From the line between the
 * hips in the middle of the window.
 * @param poses metres, Y up, [frame][17][xyz]
 */
export function frontYaw(poses: Float32Array): number {
  const pose = Math.floor(windowFrameCount(poses) / 2) * POSE;
  const left = pose + BODY17.leftHip * 3;
  const right = pose + BODY17.rightHip * 3;
  const lateralX = poses[left] - poses[right];
  const lateralZ = poses[left + 2] - poses[right + 2];
  // Forward is lateral x up.
  return Math.atan2(-lateralZ, lateralX);
}

/** A view in which the whole window is seen from any direction, so that turning it does not zoom. */
export function windowView(poses: Float32Array, yaw: number, width: number, height: number): WindowView {
  const { centre, reach, halfHeight } = extentOf(poses);
  const [cosYaw, sinYaw, cosPitch, sinPitch] = [
    Math.cos(yaw),
    Math.sin(yaw),
    Math.cos(PITCH),
    Math.sin(PITCH),
  ];
  const tall = 2 * (halfHeight * cosPitch + reach * sinPitch);
  const scale = (1 - 2 * MARGIN) * Math.min(height / tall, width / (2 * reach));
  return {
    project: (x, y, z) => {
      const right = (x - centre[0]) * cosYaw - (z - centre[2]) * sinYaw;
      const near = (x - centre[0]) * sinYaw + (z - centre[2]) * cosYaw;
      const up = (y - centre[1]) * cosPitch - near * sinPitch;
      return [width / 2 + right * scale, height / 2 - up * scale];
    },
  };
}

/** The pose at a moment between frames, into `out` [17][xyz]; joints move in straight lines. */
export function poseBetween(out: Float32Array, poses: Float32Array, moment: number): void {
  const last = windowFrameCount(poses) - 1;
  const at = Math.min(last, Math.max(0, moment));
  const first = Math.floor(at);
  const second = Math.min(last, first + 1);
  const part = at - first;
  for (let value = 0; value < POSE; value++) {
    out[value] = poses[first * POSE + value] * (1 - part) + poses[second * POSE + value] * part;
  }
}

/** Where a slow loop stands after some seconds: from the first frame to the last, then a rest there. */
export function loopMoment(seconds: number, frameCount: number): number {
  const length = (frameCount - 1) / LOOP_FRAMES_PER_SECOND;
  return Math.min(seconds % (length + LOOP_REST_SECONDS), length) * LOOP_FRAMES_PER_SECOND;
}

/** A fifth of the speed of a window at 30 frames a second: eight frames take a little over a second. */
const LOOP_FRAMES_PER_SECOND = 6;
const LOOP_REST_SECONDS = 0.5;

function extentOf(poses: Float32Array): {
  readonly centre: readonly [number, number, number];
  readonly reach: number;
  readonly halfHeight: number;
} {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let value = 0; value < poses.length; value++) {
    low[value % 3] = Math.min(low[value % 3], poses[value]);
    high[value % 3] = Math.max(high[value % 3], poses[value]);
  }
  const centre = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2] as const;
  let reach = 0;
  for (let at = 0; at < poses.length; at += 3) {
    reach = Math.max(reach, Math.hypot(poses[at] - centre[0], poses[at + 2] - centre[2]));
  }
  return {
    centre,
    reach: Math.max(reach, SMALLEST_EXTENT),
    halfHeight: Math.max((high[1] - low[1]) / 2, SMALLEST_EXTENT),
  };
}
