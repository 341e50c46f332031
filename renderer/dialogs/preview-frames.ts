import type { Drawing, ImportPreview } from '../../contract/clips.ts';
import { float32Of, unpackArrays } from '../../contract/pack.ts';
import { BODY17_NAMES } from '../../motion/skeleton/body17.ts';

export type Side = 'left' | 'right' | 'middle';

/** The frames of a preview with what drawing them needs. */
export interface PreviewFrames {
  /** [frame][joint][xyz]; metres, Y up; NaN where unseen. */
  readonly positions: Float32Array;
  readonly frameCount: number;
  readonly jointCount: number;
  /** Seconds per frame. */
  readonly frameTime: number;
  readonly bones: Drawing['bones'];
  /** Of each bone. */
  readonly sides: readonly Side[];
  /** The ankles, for the letters L and R; -1 where there is none. */
  readonly feet: { readonly left: number; readonly right: number };
  /** Where the body stands, [frame][xz]: the middle of its joints, smoothed so that noise does not shake the view. */
  readonly centres: Float32Array;
  /** Height of the floor: the lowest joint of the median frame. */
  readonly ground: number;
  /** From the lowest joint to the highest: what nine frames in ten stay below. */
  readonly height: number;
  /** Largest distance of a joint from the vertical through the centre: what nine frames in ten stay below. */
  readonly reach: number;
}

/** Half the time over which centres are averaged. */
const SMOOTHING_SECONDS = 0.25;

export async function readPreview({ drawing, frames, frameTime }: ImportPreview): Promise<PreviewFrames> {
  const positions = float32Of(unpackArrays(await frames.arrayBuffer()), 'positions');
  return previewFrames(drawing, positions, frameTime);
}

export function previewFrames(drawing: Drawing, positions: Float32Array, frameTime: number): PreviewFrames {
  const jointCount = drawing.names.length;
  const frameCount = Math.floor(positions.length / (jointCount * 3));
  const middles = new Float32Array(frameCount * 2);
  const lows: number[] = [];
  const heights: number[] = [];
  for (let frame = 0; frame < frameCount; frame++) {
    const { low, high, x, z } = extentOf(positions, frame, jointCount);
    middles.set([x, z], frame * 2);
    if (Number.isFinite(low)) {
      lows.push(low);
      heights.push(high - low);
    }
  }
  const centres = smoothed(middles, Math.round(SMOOTHING_SECONDS / frameTime));
  return {
    positions,
    frameCount,
    jointCount,
    frameTime,
    bones: drawing.bones,
    sides: boneSides(drawing),
    feet: {
      left: drawing.body17[BODY17_NAMES.indexOf('leftAnkle')] ?? -1,
      right: drawing.body17[BODY17_NAMES.indexOf('rightAnkle')] ?? -1,
    },
    centres,
    ground: quantile(lows, 0.5),
    height: quantile(heights, 0.9),
    reach: quantile(reaches(positions, centres, jointCount), 0.9),
  };
}

/** A bone belongs to the side that one of its ends belongs to. */
export function boneSides({ names, bones, body17 }: Drawing): Side[] {
  const sides = names.map(sideOfName);
  for (const [joint, drawn] of body17.entries()) {
    if (drawn >= 0) sides[drawn] = sideOfName(BODY17_NAMES[joint]);
  }
  return bones.map(([a, b]) => (sides[b] === 'middle' ? sides[a] : sides[b]));
}

function sideOfName(name: string): Side {
  if (/^left/i.test(name)) return 'left';
  return /^right/i.test(name) ? 'right' : 'middle';
}

interface Extent {
  readonly low: number;
  readonly high: number;
  readonly x: number;
  readonly z: number;
}

/** Over the joints that were seen; x and z are NaN where none was. */
function extentOf(positions: Float32Array, frame: number, jointCount: number): Extent {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let x = 0;
  let z = 0;
  let seen = 0;
  for (let joint = 0; joint < jointCount; joint++) {
    const at = (frame * jointCount + joint) * 3;
    if (Number.isNaN(positions[at])) continue;
    low = Math.min(low, positions[at + 1]);
    high = Math.max(high, positions[at + 1]);
    x += positions[at];
    z += positions[at + 2];
    seen++;
  }
  return { low, high, x: x / seen, z: z / seen };
}

/** Mean over the neighbours within `radius` frames that are numbers. [frame][2] */
function smoothed(values: Float32Array, radius: number): Float32Array {
  const frameCount = values.length / 2;
  return values.map((_, at) => {
    const frame = at >> 1;
    let sum = 0;
    let count = 0;
    for (let near = Math.max(0, frame - radius); near <= Math.min(frameCount - 1, frame + radius); near++) {
      const value = values[near * 2 + (at & 1)];
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    return count === 0 ? 0 : sum / count;
  });
}

/** For each frame the joint farthest from the vertical through the centre. */
function reaches(positions: Float32Array, centres: Float32Array, jointCount: number): number[] {
  return Array.from({ length: centres.length / 2 }, (_, frame) => {
    let farthest = 0;
    for (let joint = 0; joint < jointCount; joint++) {
      const at = (frame * jointCount + joint) * 3;
      const distance = Math.hypot(
        positions[at] - centres[frame * 2],
        positions[at + 2] - centres[frame * 2 + 1],
      );
      if (distance > farthest) farthest = distance;
    }
    return farthest;
  });
}

/** 0 for no values. */
function quantile(values: readonly number[], part: number): number {
  if (values.length === 0) return 0;
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * part)];
}
