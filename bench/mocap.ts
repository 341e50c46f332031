import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { BODY17_COUNT } from '../motion/skeleton/body17.ts';
import { openClip } from '../native-model/formats/open-clip.ts';
import { mocapFolder } from './mocap-folder.ts';

const POSE = BODY17_COUNT * 3;

/** A captured clip as the benchmark uses it: clean, without its T-pose frame. */
export interface TruthClip {
  readonly name: string;
  readonly path: string;
  readonly frameTime: number;
  /** Metres, Y up, [frame][17][xyz]. */
  readonly body17: Float64Array;
}

/** All BVH files of a split, in order of name. */
export function mocapFiles(split: 'train' | 'val' | 'test'): string[] {
  const folder = mocapFolder();
  if (folder === null) {
    throw new Error(
      'no captured clips: put CMU BVH clips into folders train, val and test and name their parent in POSEMEND_MOCAP',
    );
  }
  return readdirSync(join(folder, split))
    .sort()
    .flatMap((group) =>
      readdirSync(join(folder, split, group))
        .filter((file) => file.endsWith('.bvh'))
        .sort()
        .map((file) => join(folder, split, group, file)),
    );
}

export async function loadTruth(split: 'train' | 'val' | 'test'): Promise<TruthClip[]> {
  const clips: TruthClip[] = [];
  for (const path of mocapFiles(split)) {
    const clip = await openClip(path);
    clips.push({
      name: clip.name,
      path,
      frameTime: clip.frameTime,
      body17: clip.body17.slice(clip.leadFrames * POSE),
    });
  }
  return clips;
}

/** Every n-th frame, n = round(source rate / fps). */
export function atFrameRate(clip: TruthClip, fps: number): TruthClip {
  const step = Math.round(1 / clip.frameTime / fps);
  if (step <= 1) return clip;
  const frames = Math.ceil(clip.body17.length / POSE / step);
  const body17 = new Float64Array(frames * POSE);
  for (let frame = 0; frame < frames; frame++) {
    body17.set(clip.body17.subarray(frame * step * POSE, (frame * step + 1) * POSE), frame * POSE);
  }
  return { ...clip, frameTime: clip.frameTime * step, body17 };
}
