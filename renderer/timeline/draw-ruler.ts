import { type Axis, frameCentre, frameLeft } from './axis.ts';
import { dimOutsideRange, drawRangeOutline, type RangeLook } from './draw-range.ts';
import { rulerTicks } from './ruler-ticks.ts';
import type { TrackColors } from './track-colors.ts';

export interface RulerLook extends RangeLook {
  readonly axis: Axis;
  readonly frameTime: number;
  readonly colors: TrackColors;
  /** Of the user interface. */
  readonly scale: number;
}

/** Frames in the upper half, time in the lower, the range behind both. */
export function drawRuler(
  context: CanvasRenderingContext2D,
  width: number,
  height: number,
  look: RulerLook,
): void {
  const { axis, colors, frameTime, scale } = look;
  const { frames, minorFrames, seconds } = rulerTicks(axis.span, width / scale, frameTime);
  context.fillStyle = colors.panel2;
  context.fillRect(0, 0, width, height);
  drawRangeOutline(context, axis, height, look, colors);
  dimOutsideRange(context, axis, height, look, colors);

  const middle = Math.round(height / 2);
  context.fillStyle = colors.line;
  context.fillRect(0, middle, width, 1);
  context.fillStyle = colors.dim;
  for (const frame of minorFrames) context.fillRect(crisp(frameCentre(axis, frame)), middle - 3, 1, 3);
  context.font = `${11 * scale}px ${colors.fontFamily}`;
  context.textBaseline = 'middle';
  for (const { frame, label } of frames) {
    const x = crisp(frameCentre(axis, frame));
    context.fillStyle = colors.dim;
    context.fillRect(x, middle - 6, 1, 6);
    context.fillStyle = colors.text;
    drawLabel(context, label, x + 3, middle / 2, width);
  }
  for (const { frame, label } of seconds) {
    // Frame 0 is at 0 s: a time is where its frame has its middle.
    const x = crisp(frameLeft(axis, frame + 0.5));
    context.fillStyle = colors.dim;
    context.fillRect(x, middle + 1, 1, 5);
    drawLabel(context, label, x + 3, middle + (height - middle) / 2 + 1, width);
  }
}

/** Left out where the axis ends, rather than cut. */
function drawLabel(
  context: CanvasRenderingContext2D,
  label: string,
  x: number,
  y: number,
  width: number,
): void {
  if (x < 0 || x + context.measureText(label).width > width) return;
  context.fillText(label, x, y);
}

function crisp(x: number): number {
  return Math.round(x);
}
