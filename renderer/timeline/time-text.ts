/** `12.345 s`. */
export function secondsText(frame: number, frameTime: number): string {
  return `${(frame * frameTime).toFixed(3)} s`;
}

/**
 * Minutes, seconds and frames within the second: `01:02:07`; a point before the frames would read as milliseconds.
 * Rates that are no whole number count up to their ceiling.
 */
export function clockText(frame: number, frameTime: number): string {
  const whole = wholeSecond(frame, frameTime);
  const rest = frame - firstFrameOf(whole, frameTime);
  const digits = Math.max(2, String(Math.ceil(1 / frameTime - ROUNDING) - 1).length);
  const pad = (value: number, length: number) => String(value).padStart(length, '0');
  return `${pad(Math.floor(whole / 60), 2)}:${pad(whole % 60, 2)}:${pad(rest, digits)}`;
}

/**
 * The frame a user means: `120` is a frame, `1.5s` seconds, `1:02` minutes and seconds, `1:02:07` or `1:02.07` with
 * frames. Null if it is none of them.
 */
export function parseFrameText(text: string, frameTime: number): number | null {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return Number(trimmed);
  const seconds = /^(\d+(?:\.\d+)?)\s*s$/.exec(trimmed);
  if (seconds !== null) return Math.round(Number(seconds[1]) / frameTime);
  const clock = /^(\d+):(\d{1,2})(?:[.:](\d+))?$/.exec(trimmed);
  if (clock === null) return null;
  const whole = Number(clock[1]) * 60 + Number(clock[2]);
  return firstFrameOf(whole, frameTime) + Number(clock[3] ?? 0);
}

/** `30`, `29.97`, `120`. */
export function fpsText(frameTime: number): string {
  return String(Number((1 / frameTime).toFixed(2)));
}

/** Frame times come rounded from files (0.0333333): a frame this close to a second belongs to it. */
const ROUNDING = 1e-3;

function wholeSecond(frame: number, frameTime: number): number {
  return Math.floor(frame * frameTime + ROUNDING * frameTime);
}

function firstFrameOf(second: number, frameTime: number): number {
  return Math.ceil(second / frameTime - ROUNDING);
}
