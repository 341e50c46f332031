import { quantile } from './pqe.ts';

/** A stretch of bad frames, both ends inclusive; `worst` is the frame with the largest value in it. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly worst: number;
}

export interface SpanOptions {
  /** Part of the frames that may be marked at most, before gaps are closed. */
  readonly part: number;
  /** Frames below this are never marked, in the values' unit. */
  readonly floor: number;
  /** Spans closer than this are one, seconds. */
  readonly gapSeconds: number;
}

/** The worst eighth of a clip at most, and nothing a user would call clean: 45 mm is a good estimator's error. */
export const DEFAULT_SPAN_OPTIONS: SpanOptions = { part: 0.12, floor: 45, gapSeconds: 0.1 };

/** Frames whose value (larger = worse) exceeds both the clip's own quantile and the floor, as spans in time order. */
export function lowQualitySpans(
  values: Float64Array,
  frameTime: number,
  options: SpanOptions = DEFAULT_SPAN_OPTIONS,
): Span[] {
  const threshold = Math.max(quantile(values, 1 - options.part), options.floor);
  const gap = Math.round(options.gapSeconds / frameTime);
  const spans: { start: number; end: number; worst: number }[] = [];
  for (let frame = 0; frame < values.length; frame++) {
    if (!(values[frame] > threshold)) continue;
    const last = spans.at(-1);
    if (last !== undefined && frame - last.end <= gap + 1) {
      last.end = frame;
      if (values[frame] > values[last.worst]) last.worst = frame;
    } else {
      spans.push({ start: frame, end: frame, worst: frame });
    }
  }
  return spans;
}
