export type Range = readonly [first: number, last: number];

/** The range with its in point at `frame`; an out point before it goes to the end of the clip. */
export function withInPoint(range: Range | null, frame: number, frameCount: number): Range {
  const end = frameCount - 1;
  const last = range === null || range[1] < frame ? end : range[1];
  return [frame, last];
}

/** The range with its out point at `frame`; an in point after it goes to the start of the clip. */
export function withOutPoint(range: Range | null, frame: number): Range {
  const first = range === null || range[0] > frame ? 0 : range[0];
  return [first, frame];
}

/** The range from the start of the clip on; null where that is the whole clip. */
export function withoutInPoint([, last]: Range, frameCount: number): Range | null {
  return last >= frameCount - 1 ? null : [0, last];
}

/** The range up to the end of the clip; null where that is the whole clip. */
export function withoutOutPoint([first]: Range, frameCount: number): Range | null {
  return first <= 0 ? null : [first, frameCount - 1];
}
