import { type AxisSpan, visibleFrames } from './axis.ts';
import { largestOf, leastOf, type ValuePyramid } from './value-pyramid.ts';

/** Which value stands for a pixel column that several frames share. */
export type ColumnPick = 'least' | 'largest';

/**
 * One value for each pixel column: of all frames the column touches the least or the largest, so that a single bad
 * frame is seen at any zoom. Where frames are wider than a column, of the frame under the column's middle.
 * Fills `out`, whose length is the number of columns.
 */
export function fillColumns(
  pyramid: ValuePyramid,
  span: AxisSpan,
  pick: ColumnPick,
  out: Float32Array,
): void {
  const perColumn = visibleFrames(span) / out.length;
  const highest = pyramid.length - 1;
  const query = pick === 'least' ? leastOf : largestOf;
  for (let column = 0; column < out.length; column++) {
    if (perColumn <= 1) {
      const frame = Math.floor(span[0] + (column + 0.5) * perColumn);
      out[column] = frame >= 0 && frame <= highest ? pyramid.least[0][frame] : Number.NaN;
      continue;
    }
    const start = Math.max(0, Math.floor(span[0] + column * perColumn));
    const end = Math.min(highest, Math.ceil(span[0] + (column + 1) * perColumn) - 1);
    out[column] = start > end ? Number.NaN : query(pyramid, start, end);
  }
}
