import { mpjpeMm } from '../motion/metrics/mpjpe.ts';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { atFrameRate, type TruthClip } from './mocap.ts';
import { noisyClip, SETTINGS } from './noisy-clips.ts';
import type { Refiners } from './refiners.ts';

/** How far results at 120 and at 30 frames a second lie from each other, mm. */
export interface FrameRateLine {
  readonly model: string;
  readonly rooted: number;
  readonly global: number;
  readonly worstClip: number;
}

/** Refines noisy 120 fps clips, and every fourth frame of the same noisy clips, and compares the frames in common. */
export async function compareFrameRates(
  model: string,
  clips: readonly TruthClip[],
  refiners: Refiners,
): Promise<FrameRateLine> {
  let frames = 0;
  let rooted = 0;
  let global = 0;
  let worstClip = 0;
  for (const [index, clip] of clips.entries()) {
    const fast = noisyClip(atFrameRate(clip, 120), SETTINGS.est120, 0, index);
    const everyFourth = (body17: Float64Array): TruthClip =>
      atFrameRate({ ...clip, frameTime: fast.frameTime, body17 }, 30);
    const { frameTime, body17 } = everyFourth(fast.input);
    const atFull = everyFourth((await refiners.network(model, fast)).positions).body17;
    const slow = await refiners.network(model, { truth: body17, input: body17, seen: null, frameTime });
    const shape = { frames: atFull.length / (BODY17_COUNT * 3), joints: BODY17_COUNT };
    const distance = mpjpeMm(slow.positions, atFull, { ...shape, root: 0 });
    rooted += shape.frames * distance;
    global += shape.frames * mpjpeMm(slow.positions, atFull, { ...shape, root: null });
    frames += shape.frames;
    worstClip = Math.max(worstClip, distance);
  }
  return { model, rooted: rooted / frames, global: global / frames, worstClip };
}
