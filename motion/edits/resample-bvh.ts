import { bvhToClip, clipToBvhMotion } from '../formats/bvh-clip.ts';
import type { BvhDocument } from '../formats/bvh-document.ts';
import { interpolateChannels, isSameRate, nominalFps, sampleFrames } from './frame-rate.ts';
import { resampleClip } from './resample-clip.ts';

/** Resampling is the same in any unit and axes: the file's own. */
const AS_FOUND = { metresPerUnit: 1 };

/**
 * A BVH at another rate, all its roots: rotations by slerp, positions and unknown channels linearly. Frames
 * that are hit keep their numbers; between them angles run on from the frame before.
 *
 * @param fps frames per second
 * @param leadFrames calibration frames at the start, which are not blended into the motion
 */
export function resampleBvh(document: BvhDocument, fps: number, leadFrames = 0): BvhDocument {
  const frameTime = 1 / fps;
  const ownFps = nominalFps(document.frameTime);
  if (isSameRate(ownFps, fps)) return { ...document, frameTime };
  const samples = sampleFrames(document.frameCount, ownFps, fps, leadFrames);
  let motion = interpolateChannels(document.motion, document.channelCount, samples);
  for (const root of document.roots) {
    const { clip } = bvhToClip({ ...document, root }, AS_FOUND);
    const resampled = resampleClip(clip, fps, leadFrames);
    motion = clipToBvhMotion({ ...document, root }, resampled, { ...AS_FOUND, base: motion });
  }
  return { ...document, frameCount: samples.frameCount, frameTime, motion };
}
