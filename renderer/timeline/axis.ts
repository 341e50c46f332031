/**
 * The horizontal axis all tracks share. Frames are cells: frame f lies over [f, f + 1), and `last` is still seen whole.
 * Ends may lie between frames while the user zooms or pans.
 */
export type AxisSpan = readonly [first: number, last: number];

/** The frames on show and the pixels they take, CSS px. */
export interface Axis {
  readonly span: AxisSpan;
  readonly width: number;
}

/** Fewer frames than this are never spread over the timeline. */
export const LEAST_FRAMES = 8;

export function wholeSpan(frameCount: number): AxisSpan {
  return [0, Math.max(0, frameCount - 1)];
}

export function visibleFrames([first, last]: AxisSpan): number {
  return last - first + 1;
}

/** Left edge of a frame, px; may lie outside the axis. */
export function frameLeft({ span, width }: Axis, frame: number): number {
  return ((frame - span[0]) / visibleFrames(span)) * width;
}

/** Middle of a frame, px: where the playhead stands. */
export function frameCentre(axis: Axis, frame: number): number {
  return frameLeft(axis, frame + 0.5);
}

/** The frame under a pixel, or the nearest on show. */
export function frameAt({ span, width }: Axis, x: number): number {
  const [first, last] = span;
  const frame = Math.floor(first + (x / Math.max(1, width)) * visibleFrames(span));
  return Math.min(Math.floor(last), Math.max(Math.ceil(first), frame));
}

/**
 * Shows `factor` times as many frames, and keeps what lies at `anchor` (0..1 of the width) where it is as far as the
 * clip's ends allow.
 */
export function zoomSpan(span: AxisSpan, frameCount: number, anchor: number, factor: number): AxisSpan {
  const before = visibleFrames(span);
  const after = Math.min(frameCount, Math.max(Math.min(LEAST_FRAMES, frameCount), before * factor));
  return placed(span[0] + anchor * (before - after), after, frameCount);
}

/** Moves by frames, at most to the clip's ends. */
export function panSpan(span: AxisSpan, frameCount: number, frames: number): AxisSpan {
  return placed(span[0] + frames, visibleFrames(span), frameCount);
}

/** A stretch of frames with air around it. */
export function spanAround(start: number, end: number, frameCount: number): AxisSpan {
  const length = end - start + 1;
  const shown = Math.min(frameCount, Math.max(length * 2, LEAST_FRAMES * 4));
  return placed((start + end + 1 - shown) / 2, shown, frameCount);
}

/** The same length so that a frame is on show; unchanged if it already is. */
export function spanShowing(span: AxisSpan, frameCount: number, frame: number): AxisSpan {
  if (frame >= span[0] && frame + 1 <= span[1] + 1) return span;
  const shown = visibleFrames(span);
  // Playing on, the next page starts a little before the playhead; a step back puts it near the right end.
  const lead = frame > span[1] ? 0.1 : 0.9;
  return placed(frame - shown * lead, shown, frameCount);
}

export function isWhole(span: AxisSpan, frameCount: number): boolean {
  return visibleFrames(span) >= frameCount;
}

function placed(first: number, shown: number, frameCount: number): AxisSpan {
  const start = Math.min(Math.max(0, first), Math.max(0, frameCount - shown));
  return [start, start + shown - 1];
}
