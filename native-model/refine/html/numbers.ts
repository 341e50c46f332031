/** Numbers as a reader sees them. A value that is no finite number shows as a dash. */

const NONE = '–';

/** With a fixed number of decimals, thousands set apart by a thin space. */
export function decimal(value: number, digits = 0): string {
  if (!Number.isFinite(value)) return NONE;
  const [whole, rest] = Math.abs(value).toFixed(digits).split('.');
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(\d{3})+$)/g, '\u2009') : whole;
  const sign = value < 0 && Number(value.toFixed(digits)) !== 0 ? '−' : '';
  return sign + grouped + (rest === undefined ? '' : `.${rest}`);
}

/** Two or three significant places, which is what a measured length deserves. */
export function measured(value: number): string {
  return decimal(value, Math.abs(value) < 10 ? 2 : Math.abs(value) < 100 ? 1 : 0);
}

/** From here on, times are written in minutes. */
export const MINUTES_FROM = 120;

/** `12.43 s`, or `3:07.4` from two minutes on. */
export function clock(seconds: number): string {
  if (!Number.isFinite(seconds)) return NONE;
  return seconds < MINUTES_FROM ? `${seconds.toFixed(2)} s` : minutes(seconds, 1);
}

/** Minutes and seconds, `0:07`. */
export function minutes(seconds: number, digits = 0): string {
  const rounded = Number(seconds.toFixed(digits));
  const rest = (rounded % 60).toFixed(digits).padStart(digits === 0 ? 2 : 3 + digits, '0');
  return `${Math.floor(rounded / 60)}:${rest}`;
}

/** Milliseconds, or seconds from one second on. */
export function duration(milliseconds: number): string {
  return milliseconds < 1000 ? `${measured(milliseconds)} ms` : `${measured(milliseconds / 1000)} s`;
}

/** Mean of the finite values; NaN if there are none. */
export function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < values.length; at++) {
    if (!Number.isFinite(values[at])) continue;
    sum += values[at];
    count++;
  }
  return sum / count;
}

/** Evenly spaced round numbers from 0 to at least `most`, about `wanted` of them. */
export function roundTicks(most: number, wanted: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const ticks: number[] = [];
  for (let k = 0; k <= Math.ceil(most / step - 1e-9); k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
}
