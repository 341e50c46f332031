/** At most this many columns stand for a clip, however long it is. */
export const MOST_COLUMNS = 600;

/** How the frames of a clip share out into columns of a chart; column `c` holds frames start(c)..start(c+1)-1. */
export interface Columns {
  readonly frameCount: number;
  readonly count: number;
  start(column: number): number;
}

export function columnsFor(frameCount: number): Columns {
  const count = Math.min(frameCount, MOST_COLUMNS);
  return { frameCount, count, start: (column) => Math.floor((column * frameCount) / count) };
}

/** The worst value of each column: `worse` says which of two counts. NaN where a column has no number. */
export function worstPerColumn(
  columns: Columns,
  valueAt: (frame: number) => number,
  worse: 'least' | 'most',
): Float64Array {
  const out = new Float64Array(columns.count).fill(Number.NaN);
  for (let column = 0; column < columns.count; column++) {
    for (let frame = columns.start(column); frame < columns.start(column + 1); frame++) {
      const value = valueAt(frame);
      const isWorse = worse === 'least' ? value < out[column] : value > out[column];
      if (Number.isFinite(value) && (isWorse || Number.isNaN(out[column]))) out[column] = value;
    }
  }
  return out;
}
