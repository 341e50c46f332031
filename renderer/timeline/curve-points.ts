import { type AxisSpan, visibleFrames } from './axis.ts';
import { largestOf, leastOf, type ValuePyramid } from './value-pyramid.ts';

/** Points of curves over a common x, frames; null breaks a line. */
export interface CurvePoints {
  readonly x: readonly number[];
  readonly y: readonly (readonly (number | null)[])[];
  /** Largest value on show; 0 if there is none. */
  readonly peak: number;
}

/**
 * What is worth drawing of curves over the frames on show: every frame while there are at most two to a column, else
 * the least and the largest value of each column, in the order that makes the shorter line.
 */
export function curvePoints(curves: readonly ValuePyramid[], span: AxisSpan, columns: number): CurvePoints {
  const highest = Math.max(0, ...curves.map((curve) => curve.length - 1));
  const first = Math.max(0, Math.floor(span[0]) - 1);
  const last = Math.min(highest, Math.ceil(span[1]) + 1);
  const perColumn = visibleFrames(span) / Math.max(1, columns);
  const drawn = perColumn <= 2 ? everyFrame(curves, first, last) : extremes(curves, span, columns, highest);
  let peak = 0;
  for (const y of drawn.y) for (const value of y) if (value !== null && value > peak) peak = value;
  return { ...drawn, peak };
}

function everyFrame(curves: readonly ValuePyramid[], first: number, last: number) {
  const x = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  return { x, y: curves.map(({ least }) => x.map((frame) => present(least[0][frame]))) };
}

function extremes(curves: readonly ValuePyramid[], span: AxisSpan, columns: number, highest: number) {
  const perColumn = visibleFrames(span) / columns;
  const x: number[] = [];
  const y = curves.map((): (number | null)[] => []);
  for (let column = 0; column < columns; column++) {
    const left = span[0] + column * perColumn;
    const start = Math.max(0, Math.floor(left));
    const end = Math.min(highest, Math.ceil(left + perColumn) - 1);
    if (start > end) continue;
    // Half a frame back: x counts middles of frames, columns count edges.
    x.push(left + perColumn / 4 - 0.5, left + (perColumn * 3) / 4 - 0.5);
    for (let curve = 0; curve < curves.length; curve++) {
      const low = present(leastOf(curves[curve], start, end));
      const high = present(largestOf(curves[curve], start, end));
      const before = y[curve].at(-1);
      const isFalling = low !== null && high !== null && before != null && before > (low + high) / 2;
      if (isFalling) y[curve].push(high, low);
      else y[curve].push(low, high);
    }
  }
  return { x, y };
}

function present(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** Ends of a value axis that read well. */
const ROUND_PEAKS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];

/** The least round number that is not below `peak`; 1 for a flat 0. */
export function roundPeak(peak: number): number {
  if (!(peak > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(peak));
  return (ROUND_PEAKS.find((round) => round * power >= peak) ?? 10) * power;
}
