import type { BvhDocument } from '../formats/bvh-document.ts';
import type { NpyArray } from '../formats/npy-array.ts';
import type { SkeletonClip } from '../skeleton/clip.ts';

/** First and last frame, both inclusive. */
export type FrameRange = readonly [first: number, last: number];

/** The frames of a range as a clip of their own. Throws RangeError for a range outside the clip. */
export function sliceClip(clip: SkeletonClip, range: FrameRange): SkeletonClip {
  const { frameCount, skeleton } = clip;
  checkFrameRange(range, frameCount);
  const joints = skeleton.names.length;
  return {
    ...clip,
    frameCount: range[1] - range[0] + 1,
    localRotations: sliceFrames(clip.localRotations, joints * 4, range),
    localTranslations: sliceFrames(clip.localTranslations, joints * 3, range),
  };
}

/** The frames of a range with their numbers as found, other roots and unknown channels included. */
export function sliceBvh(document: BvhDocument, range: FrameRange): BvhDocument {
  checkFrameRange(range, document.frameCount);
  const motion = sliceFrames(document.motion, document.channelCount, range);
  return { ...document, frameCount: range[1] - range[0] + 1, motion };
}

/** The rows of a range of the first axis. */
export function sliceNpy(array: NpyArray, range: FrameRange): NpyArray {
  const [frameCount, ...rest] = array.shape;
  checkFrameRange(range, frameCount);
  const data = sliceFrames(array.data, array.data.length / frameCount, range);
  return { ...array, shape: [range[1] - range[0] + 1, ...rest], data };
}

/** @throws RangeError for a range that is empty, broken or outside the clip */
export function checkFrameRange([first, last]: FrameRange, frameCount: number): void {
  const isInside =
    Number.isInteger(first) && Number.isInteger(last) && first >= 0 && first <= last && last < frameCount;
  if (!isInside)
    throw new RangeError(
      `frames ${first} to ${last} are not in a clip of ${frameCount} frames, 0 to ${frameCount - 1}`,
    );
}

function sliceFrames(values: Float64Array, channels: number, [first, last]: FrameRange): Float64Array {
  return values.slice(first * channels, (last + 1) * channels);
}
