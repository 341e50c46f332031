interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Index of the span a frame lies in or, failing that, of the nearest one no more than `reach` frames away; -1 if none. */
export function spanIndexAt(spans: readonly Stretch[], frame: number, reach = 0): number {
  // Spans are in time order and do not overlap: halve down to the first that ends at or after the frame.
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[middle].end < frame) low = middle + 1;
    else high = middle;
  }
  let nearest = -1;
  let distance = reach;
  for (const index of [low, low - 1]) {
    const span = spans[index];
    if (span === undefined) continue;
    const away = Math.max(0, span.start - frame, frame - span.end);
    if (away > distance || (away === distance && nearest !== -1)) continue;
    nearest = index;
    distance = away;
  }
  return nearest;
}

/** Frames inside spans. */
export function markedFrames(spans: readonly Stretch[]): number {
  return spans.reduce((sum, span) => sum + span.end - span.start + 1, 0);
}

/** The joint with the largest error in a frame; `errors` is [frame][joint]. */
export function worstJointAt(errors: ArrayLike<number>, joints: number, frame: number): number {
  let worst = 0;
  for (let joint = 1; joint < joints; joint++) {
    if (errors[frame * joints + joint] > errors[frame * joints + worst]) worst = joint;
  }
  return worst;
}
