import { copyQuat, slerpQuat } from '../math/quat.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';
import { interpolateChannels, isSameRate, nominalFps, sampleFrames } from './frame-rate.ts';

/**
 * A clip at another rate: rotations by slerp along the shorter arc between neighbouring frames, translations
 * linearly. At its own rate the frames stay as they are. The frame time becomes 1 / fps.
 *
 * @param fps frames per second
 * @param leadFrames calibration frames at the start, which are not blended into the motion
 */
export function resampleClip(clip: SkeletonClip, fps: number, leadFrames = 0): SkeletonClip {
  const frameTime = 1 / fps;
  const ownFps = nominalFps(clip.frameTime);
  if (isSameRate(ownFps, fps)) return { ...clip, frameTime };
  const { skeleton, localRotations } = clip;
  const nodeCount = skeleton.names.length;
  const samples = sampleFrames(clip.frameCount, ownFps, fps, leadFrames);
  const { frameCount, low, amount } = samples;

  const rotations = new Float64Array(frameCount * nodeCount * 4);
  for (let frame = 0; frame < frameCount; frame++) {
    const part = amount[frame];
    for (let node = 0; node < nodeCount; node++) {
      const from = (low[frame] * nodeCount + node) * 4;
      const out = (frame * nodeCount + node) * 4;
      if (part === 0) copyQuat(rotations, out, localRotations, from);
      else slerpQuat(rotations, out, localRotations, from, localRotations, from + nodeCount * 4, part);
    }
  }
  return {
    ...clip,
    frameCount,
    frameTime,
    localRotations: rotations,
    localTranslations: interpolateChannels(clip.localTranslations, nodeCount * 3, samples),
  };
}
