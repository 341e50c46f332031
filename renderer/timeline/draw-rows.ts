import type { AxisSpan } from './axis.ts';
import { type ColumnPick, fillColumns } from './column-values.ts';
import { paintRow } from './heat-image.ts';
import type { ValuePyramid } from './value-pyramid.ts';

/** How values become colours. */
export interface HeatScale {
  /** Value with the first, darkest colour. */
  readonly bad: number;
  /** Value with the last, brightest colour. */
  readonly good: number;
  /** Which value stands for a pixel that several frames share: the worse one. */
  readonly pick: ColumnPick;
}

let image: HTMLCanvasElement | null = null;

/**
 * Draws one row per pyramid over the whole canvas: an image with one pixel per device column and row, stretched in
 * height.
 */
export function drawRows(
  context: CanvasRenderingContext2D,
  rows: readonly ValuePyramid[],
  span: AxisSpan,
  { bad, good, pick }: HeatScale,
  width: number,
  height: number,
  ratio: number,
): void {
  const columns = Math.max(1, Math.round(width * ratio));
  const values = new Float32Array(columns);
  const pixels = new ImageData(columns, rows.length);
  const words = new Uint32Array(pixels.data.buffer);
  rows.forEach((row, at) => {
    fillColumns(row, span, pick, values);
    paintRow(values, bad, good, words, at * columns);
  });
  image ??= document.createElement('canvas');
  image.width = columns;
  image.height = rows.length;
  image.getContext('2d')?.putImageData(pixels, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(image, 0, 0, columns, rows.length, 0, 0, width, height);
}

const HATCH_STEP_PX = 6;

/** Slanted lines over the rows of joints that the file does not have itself. */
export function drawHatching(
  context: CanvasRenderingContext2D,
  isHatched: readonly boolean[],
  width: number,
  rowHeight: number,
  color: string,
): void {
  context.save();
  context.strokeStyle = color;
  context.globalAlpha = 0.75;
  context.lineWidth = 1.5;
  isHatched.forEach((hatched, row) => {
    if (!hatched) return;
    const top = row * rowHeight;
    context.save();
    context.beginPath();
    context.rect(0, top, width, rowHeight);
    context.clip();
    context.beginPath();
    for (let x = -rowHeight; x < width; x += HATCH_STEP_PX) {
      context.moveTo(x, top + rowHeight);
      context.lineTo(x + rowHeight, top);
    }
    context.stroke();
    context.restore();
  });
  context.restore();
}

/** A line under every row. */
export function drawRowGaps(
  context: CanvasRenderingContext2D,
  rows: number,
  width: number,
  rowHeight: number,
  color: string,
): void {
  context.fillStyle = color;
  for (let row = 1; row <= rows; row++) context.fillRect(0, row * rowHeight - 1, width, 1);
}
