/** Milliseconds by part of a pipeline. */
export interface Stopwatch<Part extends string> {
  readonly timings: Readonly<Record<Part, number>>;
  /** What went by since the last lap belongs to this part. */
  lap(part: Part): void;
  /** What went by since the last lap belongs to none. */
  skip(): void;
}

export function createStopwatch<Part extends string>(...parts: readonly Part[]): Stopwatch<Part> {
  const timings = Object.fromEntries(parts.map((part) => [part, 0])) as Record<Part, number>;
  let clock = performance.now();
  return {
    timings,
    lap: (part) => {
      const now = performance.now();
      timings[part] += now - clock;
      clock = now;
    },
    skip: () => {
      clock = performance.now();
    },
  };
}
