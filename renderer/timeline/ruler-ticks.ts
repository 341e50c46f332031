import { type AxisSpan, visibleFrames } from './axis.ts';

export interface Tick {
  /** Position on the axis, frames; a tick of seconds may stand between two. */
  readonly frame: number;
  readonly label: string;
}

export interface RulerTicks {
  /** Labelled frames. */
  readonly frames: readonly Tick[];
  /** Unlabelled frames between them. */
  readonly minorFrames: readonly number[];
  readonly seconds: readonly Tick[];
}

/** Labels closer than this run into each other, px. */
const LABEL_PX = 64;
/** Short ticks closer than this are grey mush, px. */
const MINOR_PX = 6;
/** Steps of time a reader counts in, seconds. */
const SECOND_STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400];

/** What a ruler of `width` px prints for the frames on show; `frameTime` in seconds. */
export function rulerTicks(span: AxisSpan, width: number, frameTime: number): RulerTicks {
  const perPixel = visibleFrames(span) / Math.max(1, width);
  const frameStep = roundFrameStep(perPixel * LABEL_PX);
  const minorStep = minorOf(frameStep, perPixel * MINOR_PX);
  const secondStep = roundSecondStep(perPixel * LABEL_PX * frameTime);
  const firstSecond = Math.ceil((span[0] * frameTime) / secondStep - 1e-9);
  const lastSecond = Math.floor(((span[1] + 1) * frameTime) / secondStep + 1e-9);
  const seconds: Tick[] = [];
  for (let n = firstSecond; n <= lastSecond; n++) {
    seconds.push({ frame: (n * secondStep) / frameTime, label: secondLabel(n * secondStep, secondStep) });
  }
  return {
    frames: multiples(span, frameStep).map((frame) => ({ frame, label: String(frame) })),
    minorFrames:
      minorStep === frameStep ? [] : multiples(span, minorStep).filter((frame) => frame % frameStep !== 0),
    seconds,
  };
}

/** The least of 1, 2, 5, 10, 20, ... that is not below `least`. */
export function roundFrameStep(least: number): number {
  if (least <= 1) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  for (const factor of [1, 2, 5]) {
    if (factor * power >= least) return factor * power;
  }
  return 10 * power;
}

/** A fifth of a step, a half of 2, 20, ...; the step itself where those would stand too close. */
function minorOf(step: number, least: number): number {
  const divisor = String(step).startsWith('2') ? 2 : 5;
  const minor = step / divisor;
  return Number.isInteger(minor) && minor >= least ? minor : step;
}

function roundSecondStep(least: number): number {
  return SECOND_STEPS.find((step) => step >= least) ?? roundFrameStep(least / 3600) * 3600;
}

function multiples([first, last]: AxisSpan, step: number): number[] {
  const found: number[] = [];
  for (let frame = Math.ceil(first / step) * step; frame <= last; frame += step) found.push(frame);
  return found;
}

/** `0.5 s`, `12 s`, `1:30`, `1:02:00`. */
function secondLabel(seconds: number, step: number): string {
  if (seconds < 60) return step < 1 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
  const whole = Math.floor(seconds + 1e-6);
  const pad = (value: number) => String(value).padStart(2, '0');
  const tenths = step < 1 ? `.${Math.round((seconds - whole) * 10)}` : '';
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const head = hours === 0 ? String(minutes) : `${hours}:${pad(minutes)}`;
  return `${head}:${pad(whole % 60)}${tenths}`;
}
