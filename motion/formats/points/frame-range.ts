/** Smallest and largest of some frame numbers, of which there may be more than a call takes arguments. */
export function frameRange(
  frames: readonly { readonly frame: number }[],
): readonly [first: number, last: number] {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { frame } of frames) {
    first = Math.min(first, frame);
    last = Math.max(last, frame);
  }
  return [first, last];
}
