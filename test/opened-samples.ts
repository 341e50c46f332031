import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type OpenedClip, openClip } from '../native-model/formats/open-clip.ts';
import { positionsNpy, sampleBvh, samplePositions } from './sample-files.ts';

/** The sample's first frames as a BVH (a.bvh) and as positions (b.npy), and a made-up 2D clip in coco17 (c.npy), opened. */
export async function openSamples(
  folder: string,
  frames: number,
): Promise<{ readonly bvh: OpenedClip; readonly npy: OpenedClip; readonly coco2d: OpenedClip }> {
  writeFileSync(join(folder, 'a.bvh'), sampleBvh(frames));
  writeFileSync(join(folder, 'b.npy'), positionsNpy(samplePositions(frames), 17, 3));
  const pixels = Float32Array.from({ length: frames * 17 * 2 }, (_, at) => 100 + 50 * Math.sin(at * 1.7));
  writeFileSync(join(folder, 'c.npy'), positionsNpy(pixels, 17, 2));
  return {
    bvh: await openClip(join(folder, 'a.bvh')),
    npy: await openClip(join(folder, 'b.npy')),
    coco2d: await openClip(join(folder, 'c.npy'), { layout: 'coco17' }),
  };
}
