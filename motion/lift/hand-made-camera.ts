import { BODY17_COUNT } from '../skeleton/body17.ts';

/** A camera for tests: it stands somewhere, turned about Y, then looks down. */
export interface HandMadeCamera {
  /** Metres. */
  readonly place: readonly [number, number, number];
  /** Radians; 0 looks towards -Z, positive turns left. */
  readonly yaw: number;
  /** Radians, positive looks down. */
  readonly pitch: number;
}

export interface SeenMotion {
  /** Metres relative to the pelvis in camera axes, [frame][17][xyz]. */
  readonly pose: Float64Array;
  /** The pelvis in camera axes, metres, [frame][xyz]. */
  readonly root: Float64Array;
  /** [frame][17][xy] */
  readonly rays: Float64Array;
  /** World's up in camera axes. */
  readonly up: readonly [number, number, number];
}

/** @param world metres, Y up, [frame][17][xyz] */
export function seeMotion(world: Float64Array, { place, yaw, pitch }: HandMadeCamera): SeenMotion {
  const back = [Math.cos(pitch) * Math.sin(yaw), Math.sin(pitch), Math.cos(pitch) * Math.cos(yaw)];
  const right = [Math.cos(yaw), 0, -Math.sin(yaw)];
  const up = [
    back[1] * right[2] - back[2] * right[1],
    back[2] * right[0] - back[0] * right[2],
    back[0] * right[1] - back[1] * right[0],
  ];
  const frames = world.length / (BODY17_COUNT * 3);
  const seen = new Float64Array(world.length);
  const rays = new Float64Array(frames * BODY17_COUNT * 2);
  for (let at = 0; at < frames * BODY17_COUNT; at++) {
    for (const [row, axis] of [right, up, back].entries()) {
      for (let k = 0; k < 3; k++) seen[at * 3 + row] += axis[k] * (world[at * 3 + k] - place[k]);
    }
    rays[at * 2] = seen[at * 3] / -seen[at * 3 + 2];
    rays[at * 2 + 1] = seen[at * 3 + 1] / -seen[at * 3 + 2];
  }
  const root = Float64Array.from({ length: frames * 3 }, (_, at) => {
    return seen[Math.floor(at / 3) * BODY17_COUNT * 3 + (at % 3)];
  });
  const pose = seen.map((value, at) => value - root[Math.floor(at / (BODY17_COUNT * 3)) * 3 + (at % 3)]);
  return { pose, root, rays, up: [right[1], up[1], back[1]] };
}
