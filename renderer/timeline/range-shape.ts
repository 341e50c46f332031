/** In and out point, both inclusive. */
export type FrameRange = readonly [first: number, last: number];

/** A range over the whole clip is none: later changes of the clip's end should not cut it. */
export function normalisedRange(range: FrameRange, frameCount: number): FrameRange | null {
  return range[0] <= 0 && range[1] >= frameCount - 1 ? null : range;
}

export function withIn(range: FrameRange | null, frame: number, frameCount: number): FrameRange | null {
  const last = range?.[1] ?? frameCount - 1;
  return normalisedRange([Math.min(Math.max(0, Math.round(frame)), last), last], frameCount);
}

export function withOut(range: FrameRange | null, frame: number, frameCount: number): FrameRange | null {
  const first = range?.[0] ?? 0;
  return normalisedRange([first, Math.max(Math.min(frameCount - 1, Math.round(frame)), first)], frameCount);
}

/** Points of the line from no refinement (0) to full refinement (1), by frame edges. */
export interface RangePoint {
  readonly frame: number;
  readonly weight: number;
}

const FADE_STEPS = 8;

/**
 * How much of the refinement each frame gets, as a line to draw: smoothstep fades inside both ends of the range, at
 * most to its middle, and none where the range begins with the motion or ends with the clip.
 */
export function rangeOutline(
  [first, last]: FrameRange,
  featherFrames: number,
  frameCount: number,
  leadFrames: number,
): RangePoint[] {
  const fade = Math.min(featherFrames, Math.floor((last - first) / 2));
  const start = Math.max(first, leadFrames);
  const fadesIn = first > leadFrames && fade > 0;
  const fadesOut = last < frameCount - 1 && fade > 0;
  const points: RangePoint[] = [{ frame: start, weight: 0 }];
  for (let step = 0; step <= (fadesIn ? FADE_STEPS : 0); step++) {
    const part = fadesIn ? step / FADE_STEPS : 1;
    points.push({ frame: start + (fadesIn ? part * fade : 0), weight: smoothstep(part) });
  }
  for (let step = fadesOut ? FADE_STEPS : 0; step >= 0; step--) {
    const part = fadesOut ? step / FADE_STEPS : 1;
    points.push({ frame: last + 1 - (fadesOut ? part * fade : 0), weight: smoothstep(part) });
  }
  points.push({ frame: last + 1, weight: 0 });
  return points;
}

function smoothstep(part: number): number {
  return part * part * (3 - 2 * part);
}
