import { type Axis, frameLeft } from './axis.ts';
import { type FrameRange, rangeOutline } from './range-shape.ts';
import type { TrackColors } from './track-colors.ts';

/** What of a clip a refine works on. */
export interface RangeLook {
  readonly range: FrameRange | null;
  readonly featherFrames: number;
  readonly leadFrames: number;
  readonly frameCount: number;
}

/** Dims what a refine leaves alone: outside the range, and calibration frames. */
export function dimOutsideRange(
  context: CanvasRenderingContext2D,
  axis: Axis,
  height: number,
  { range, leadFrames, frameCount }: RangeLook,
  colors: TrackColors,
): void {
  const [first, last] = range ?? [0, frameCount - 1];
  const start = Math.max(0, Math.min(axis.width, frameLeft(axis, Math.max(first, leadFrames))));
  const end = Math.max(0, Math.min(axis.width, frameLeft(axis, last + 1)));
  context.save();
  context.globalAlpha = 0.6;
  context.fillStyle = colors.panel;
  context.fillRect(0, 0, start, height);
  context.fillRect(end, 0, axis.width - end, height);
  context.restore();
}

/** Fills the shape of the range, fades included. */
export function drawRangeOutline(
  context: CanvasRenderingContext2D,
  axis: Axis,
  height: number,
  { range, featherFrames, leadFrames, frameCount }: RangeLook,
  colors: TrackColors,
): void {
  if (range === null) return;
  const points = rangeOutline(range, featherFrames, frameCount, leadFrames);
  context.save();
  context.beginPath();
  for (const { frame, weight } of points) context.lineTo(frameLeft(axis, frame), height * (1 - weight));
  context.globalAlpha = 0.28;
  context.fillStyle = colors.accent;
  context.fill();
  context.globalAlpha = 0.9;
  context.strokeStyle = colors.accent;
  context.lineWidth = 1;
  context.stroke();
  context.restore();
}
