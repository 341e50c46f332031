/** A measured value in as many digits as anyone would read: `0.42`, `15.3`, `1 240`. */
export function numberText(value: number): string {
  const size = Math.abs(value);
  if (size < 1) return value.toFixed(2);
  if (size < 100) return value.toFixed(1);
  return grouped(Math.round(value));
}

/** Unicode's narrow no-break space: a number never breaks over two lines. */
export const THIN_SPACE = '\u202f';

/** `12 400`: thousands apart, so that frame counts can be read. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, THIN_SPACE);
}

/** Part of one as a whole percentage: `80 %`. */
export function percentText(part: number): string {
  return `${Math.round(part * 100)} %`;
}

/** `4.2 s`, `1 min 05 s`. */
export function durationText(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 2 : 1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
}

/** Time of day of a moment in milliseconds since 1970: `14:03`. */
export function clockTime(milliseconds: number): string {
  return new Date(milliseconds).toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
}

/** `1 take`, `2 takes`. */
export function counted(count: number, thing: string): string {
  return `${grouped(count)} ${thing}${count === 1 ? '' : 's'}`;
}
