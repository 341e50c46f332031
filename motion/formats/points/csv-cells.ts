import { FormatError } from '../../errors.ts';
import { quoteToken } from '../text-bytes.ts';
import { cellNumber } from './text-table.ts';

export const CSV_ADVICE =
  'name the columns left_hip_x, left_hip_y, left_hip_z and so on, or frame, keypoint, x, y, z';

/** Rates of film and television that are not whole. */
const BROKEN_RATES = [24_000 / 1001, 30_000 / 1001, 60_000 / 1001, 120_000 / 1001];

/** Frames a second from seconds per row; null where the times are none: they jump, stand still, or are in another unit. */
export function rateOfTimes(times: Float64Array): number | null {
  const last = times.length - 1;
  if (last < 1) return null;
  const step = (times[last] - times[0]) / last;
  // NaN is the time of a frame that is not there.
  for (let at = 1; at < last; at++) if (Math.abs(times[at] - times[0] - at * step) > step / 2) return null;
  const rate = 1 / step;
  if (!(rate >= 0.1 && rate <= 1000)) return null;
  // Times have at least three decimals: the rate is known to that part of the whole time. Over few frames 29.97 is not told from 30.
  const doubt = Math.max((1e-3 / (last * step)) * rate, 1e-5 * rate);
  const near = (nominal: number): boolean => Math.abs(rate - nominal) <= doubt;
  return [Math.round(rate), ...BROKEN_RATES].find((nominal) => nominal > 0 && near(nominal)) ?? rate;
}

export function splitCells(text: string, delimiter: string): string[] {
  if (!text.includes('"')) return text.split(delimiter);
  return text.split(delimiter).map((cell) => cell.trim().replace(/^"([^"]*)"$/, '$1'));
}

export function numberIn(
  cells: readonly string[],
  column: number,
  name: string,
  line: number,
  source: string,
): number {
  const value = cellNumber(cells[column] ?? '');
  if (value !== null) return value;
  const place = `${quoteToken(cells[column])} in column ${column + 1} (${name})`;
  throw new FormatError(source, line, `${place} is no number`, 'leave cells of missing joints empty');
}
