/** Rows of the heat map, px at a scale of 1: as high as there is room for, at least so that every row is seen. */
const ROW_PX = { least: 9, most: 14 } as const;
/** Below this a row's name does not fit beside it. */
const NAMED_ROW_PX = 12;

export interface TrackHeights {
  /** Of one row of the heat map. */
  readonly row: number;
  /** Of the curves: as high as wished, and higher where the rows leave room. */
  readonly curves: number;
}

/**
 * Shares out the height below the strip.
 * @param available CSS px for rows and curves together, without their heads
 * @param rows rows on show, 0 with the heat map folded
 * @param wished height of the curves, CSS px, 0 with the curves folded
 */
export function trackHeights(available: number, rows: number, wished: number, scale: number): TrackHeights {
  const most = Math.round(ROW_PX.most * scale);
  if (rows === 0) return { row: most, curves: Math.max(wished, Math.floor(available)) };
  const fitting = Math.floor((available - wished) / rows);
  const row = Math.min(most, Math.max(Math.round(ROW_PX.least * scale), fitting));
  return { row, curves: wished === 0 ? 0 : Math.max(wished, Math.floor(available - row * rows)) };
}

/** Whether rows are too low for a name each. */
export function areRowsCompact(rowHeight: number, scale: number): boolean {
  return rowHeight < NAMED_ROW_PX * scale;
}
