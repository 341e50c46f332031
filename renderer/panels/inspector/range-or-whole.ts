type Range = readonly [first: number, last: number];

/** A range that holds every frame is none. */
export function rangeOrWhole([first, last]: Range, frameCount: number): Range | null {
  return first <= 0 && last >= frameCount - 1 ? null : [first, last];
}
