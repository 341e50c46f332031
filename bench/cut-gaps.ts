import { seededRandom } from '../assets/samples/random.ts';
import { BODY17, BODY17_COUNT } from '../motion/skeleton/body17.ts';

const GAPS_PER_SECOND = 0.5;
const LEAST_SECONDS = 0.1;
const MOST_SECONDS = 1;

/**
 * Which joints were seen, 1 or 0, [frame][17]: one wrist never, and half a second on average of another joint missing
 * about every two seconds. The pelvis is always seen.
 */
export function cutGaps(frames: number, frameTime: number, seed: number): Uint8Array {
  const random = seededRandom(seed + 77);
  const seen = new Uint8Array(frames * BODY17_COUNT).fill(1);
  const wrist = random.uniform() < 0.5 ? BODY17.leftWrist : BODY17.rightWrist;
  for (let frame = 0; frame < frames; frame++) seen[frame * BODY17_COUNT + wrist] = 0;
  const gaps = Math.round(frames * frameTime * GAPS_PER_SECOND);
  for (let gap = 0; gap < gaps; gap++) {
    const joint = 1 + Math.floor(random.uniform() * (BODY17_COUNT - 1));
    const start = Math.floor(random.uniform() * frames);
    const end = start + Math.round(random.between(LEAST_SECONDS, MOST_SECONDS) / frameTime);
    for (let frame = start; frame < Math.min(end, frames); frame++) seen[frame * BODY17_COUNT + joint] = 0;
  }
  return seen;
}
