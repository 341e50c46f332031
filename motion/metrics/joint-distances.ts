import { BODY17, BODY17_COUNT } from '../skeleton/body17.ts';

const POSE = BODY17_COUNT * 3;

/** Distance of every point of two [point][xyz] arrays in metres, mm. */
export function jointDistancesMm(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const out = new Float64Array(a.length / 3);
  for (let n = 0; n < out.length; n++) {
    out[n] = 1000 * Math.hypot(a[n * 3] - b[n * 3], a[n * 3 + 1] - b[n * 3 + 1], a[n * 3 + 2] - b[n * 3 + 2]);
  }
  return out;
}

/** Body-17 positions relative to their frame's pelvis, [frame][17][xyz]. */
export function rootRelative(positions: Float64Array): Float64Array {
  const out = positions.slice();
  for (let at = 0; at < out.length; at++) {
    out[at] -= positions[at - (at % POSE) + BODY17.pelvis * 3 + (at % 3)];
  }
  return out;
}

/** Mean over each frame's values: [frame][joint] -> [frame]. */
export function meanPerFrame(values: Float64Array, frameCount: number): Float64Array {
  const size = values.length / frameCount;
  return Float64Array.from({ length: frameCount }, (_, frame) => {
    let sum = 0;
    for (let at = frame * size; at < (frame + 1) * size; at++) sum += values[at];
    return sum / size;
  });
}
