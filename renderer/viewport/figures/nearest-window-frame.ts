/** Index of the value nearest to `frame` in an ascending list; the earlier of two equally near; -1 for an empty list. */
export function nearestWindowFrame(frames: readonly number[], frame: number): number {
  let low = 0;
  let high = frames.length - 1;
  if (high < 0) return -1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (frames[middle] < frame) low = middle;
    else high = middle;
  }
  return frames[high] - frame < frame - frames[low] ? high : low;
}
